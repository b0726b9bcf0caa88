"""How long a claim may take to be paid, at the pace of the last months. A figure to plan by, never a promise."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

MONTHS_MAX = 6  # the pace is that of the last half-year: what was earned long ago says little


class Payment(NamedTuple):
    """What arrived at the case fund at one time, in minor units."""

    arrived_at: datetime
    amount_minor: int


class Pace(NamedTuple):
    """Over how many months it was measured, what they brought on average, and how many more it takes."""

    months: int
    per_month_minor: int  # rounded down
    months_left: int


def of_payments(payments: Iterable[Payment], *, left_minor: int, now: datetime, time_zone: str) -> Pace | None:
    """The pace from the first month of the window in which something arrived; None where nothing did.

    The current month counts only once something has arrived in it: before payday it says nothing.
    """
    current = _month(now, time_zone)
    by_month: dict[int, int] = {}
    for payment in payments:
        month = _month(payment.arrived_at, time_zone)
        if current - MONTHS_MAX < month <= current:
            by_month[month] = by_month.get(month, 0) + payment.amount_minor
    arrived_minor = sum(by_month.values())
    if arrived_minor <= 0:
        return None
    months = current - min(by_month) + (1 if current in by_month else 0)
    return Pace(months, arrived_minor // months, -(-left_minor * months // arrived_minor))


def _month(instant: datetime, time_zone: str) -> int:
    local = instant.astimezone(ZoneInfo(time_zone))
    return local.year * 12 + local.month
