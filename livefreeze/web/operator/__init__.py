"""The administrators' pages, `/operator`: users, courts, banks, messages, and what two of them decide together."""

from livefreeze.web.operator import (  # noqa: F401  each puts its pages on the area
    banks,
    courts,
    home,
    messages,
    proposals,
    users,
)
from livefreeze.web.operator.area import operator

__all__ = ["operator"]
