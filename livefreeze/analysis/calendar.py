"""Paydays of a month: the day that a month may lack, and the working day before or after a weekend."""

from datetime import date
from functools import lru_cache

SATURDAY, SUNDAY = 5, 6


def month_of(day: int) -> int:
    """The month of an ordinal day, counted from the year 0."""
    found = date.fromordinal(day)
    return found.year * 12 + found.month - 1


def month_name(month: int) -> str:
    """A counted month as 2026-01."""
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


@lru_cache(maxsize=4096)
def payday_in(month: int, day_of_month: int) -> tuple[int, int, int]:
    """The payday of a month, the working day before and the one after, as ordinal days.

    The three are one where the payday is a working day. A day that the month lacks is its last day. Public holidays
    are not known here: a payday moved by one is only near.
    """
    year, index = divmod(month, 12)
    first = date(year, index + 1, 1).toordinal()
    following = date(year + (index + 1) // 12, (index + 1) % 12 + 1, 1).toordinal()
    day = min(first + day_of_month - 1, following - 1)
    weekday = date.fromordinal(day).weekday()
    return day, day - max(0, weekday - 4), day + (7 - weekday if weekday >= SATURDAY else 0)
