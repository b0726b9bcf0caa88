"""The API of courts, `/court/v1`: what they prepare, approve, look at. Asked with a token of a member of staff."""

from livefreeze.web.court import (  # noqa: F401  each puts its routes on the blueprint
    accounts,
    alerts,
    audit,
    case_fund,
    cases,
    debtors,
    inquiries,
    inquiry_evidence,
    inquiry_findings,
    orders,
    proposals,
    rules,
    sweeps,
    withdrawals,
)
from livefreeze.web.court.blueprint import court

__all__ = ["court"]
