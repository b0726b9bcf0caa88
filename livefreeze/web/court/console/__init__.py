"""The court's pages, `/court`: what a court looks at and does, by clicks. Each module puts its routes on the area."""

from livefreeze.web.court.console import (  # noqa: F401  each puts its routes on the area
    accounts,
    approvals,
    case_fund,
    cases,
    change_order,
    home,
    inquiries,
    inquiry_answers,
    movements,
    new_inquiry,
    new_order,
    orders,
    rules,
    search,
    sweep,
)
from livefreeze.web.court.console.area import console

__all__ = ["console"]
