"""The court's pages, `/court`: what a court looks at and does, by clicks. Each module puts its routes on the area."""

from livefreeze.web.court.console import (  # noqa: F401  each puts its routes on the area
    approvals,
    case_fund,
    change_order,
    new_order,
    sweep,
)
from livefreeze.web.court.console.area import console

__all__ = ["console"]
