"""The debtor's pages, `/debtor`: plain words, made for a phone."""

from livefreeze.web.debtor import home, log_in  # noqa: F401  each puts its pages on the area
from livefreeze.web.debtor.area import debtor

__all__ = ["debtor"]
