"""The pay of which a wage rule takes: told, or the salary of the pay's days added up."""

from datetime import date

from livefreeze.base.errors import Problem
from livefreeze.rules.calendar import Calendar, Days, period_of
from livefreeze.rules.facts import Facts


def of(found: Facts, on: date) -> int:
    """The pay in minor units. Raises Problem naming the fact that is missing."""
    if found.disposable_earnings_minor is not None:
        return found.disposable_earnings_minor
    if found.incomes is None:
        raise Problem("FIELD_MISSING", "/disposable_earnings")
    days = _days(found, on)
    return sum(
        income.amount_minor
        for income in found.incomes
        if income.source == "salary" and days.start <= income.day < days.end
    )


def _days(found: Facts, on: date) -> Days:
    if found.pay_period is not None:
        return Days(*found.pay_period)
    if found.pay_frequency not in (None, "monthly"):
        raise Problem("FIELD_MISSING", "/pay_period")
    return period_of(Calendar("month"), on)
