"""A recognised income as a value, and the days that it suggests for a freeze rule."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from livefreeze.analysis.evidence import Kind
from livefreeze.analysis.reasons import Code, Reason
from livefreeze.analysis.rhythm import Pattern, Payday

_DAYS_TO_SWEEP = 2  # by then a payment that was booked late has come, and the debtor could fetch the living money


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One payer that pays income into one account; amounts in minor units of the account's currency."""

    account: str
    currency: str
    payer: str  # as banks write the name
    payer_account: str | None
    kind: Kind
    pattern: Pattern
    payday: Payday
    confidence: int  # from 0 to 100
    typical_minor: int  # the usual payment
    monthly_minor: int  # what comes in a month
    months_seen: int
    months_expected: int
    bonus_months: tuple[str, ...]  # as 2026-01
    first_day: date  # of the payments seen
    last_day: date
    is_current: bool  # False: it has ended before the period did
    follows: str | None  # the payer before, after a change of employer
    by_month: tuple[tuple[str, int], ...]  # month as 2026-01 and what came in it
    reasons: tuple[Reason, ...]


class NotIncome(NamedTuple):
    """One payer that is no candidate, and why."""

    account: str
    currency: str
    payer: str
    code: Code
    sentence: str
    sentence_zh: str
    count: int
    total_minor: int
    confidence: int  # below what a candidate needs; 0 where it was not weighed


class Suggestion(NamedTuple):
    """Days of the month for a freeze rule."""

    anchor_day: int  # the allowance is whole again
    sweep_day: int


def suggestion_for(candidate: Candidate) -> Suggestion | None:
    """The payday as anchor day and two days later as sweep day; None where there is no day of the month.

    Of two paydays the first is the anchor, and the sweep waits for the second.
    """
    days = candidate.payday.days_of_month
    if not days or candidate.pattern == Pattern.FEW:
        return None
    return Suggestion(days[0], (min(days[-1], 30) + _DAYS_TO_SWEEP - 1) % 30 + 1)
