"""The counter's pages, `/counter`: for tellers of a bank without a system that speaks with us."""

from livefreeze.web.counter import accounts, home, reversals, withdrawals  # noqa: F401  each puts its pages on the area
from livefreeze.web.counter.area import counter

__all__ = ["counter"]
