"""Paydays: months of a period, days that a month lacks, and the working day before or after."""

import calendar
from collections.abc import Iterator
from datetime import date, timedelta

DAY = timedelta(days=1)
# Closed besides weekends. Only feasts with fixed dates: enough to move a payday, and nobody's official calendar.
_FEASTS = {(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3), (10, 4), (10, 5), (10, 6), (10, 7)}


def months(first: date, last: date) -> Iterator[tuple[int, int]]:
    """Year and month of every month that the period touches."""
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month):
        yield year, month
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def in_month(year: int, month: int, day: int) -> date:
    """That day of the month, or its last where the month lacks the day."""
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def is_working(day: date) -> bool:
    """Whether banks book on that day."""
    return day.weekday() < 5 and (day.month, day.day) not in _FEASTS


def moved(day: date, way: str) -> date:
    """The payday as paid: `way` is "before", "after" or "never" moved to a working day."""
    step = {"before": -DAY, "after": DAY, "never": None}[way]
    while step is not None and not is_working(day):
        day += step
    return day


def months_before(last: date, count: int) -> date:
    """The first day of the month that lies `count` - 1 months before that of `last`."""
    place = last.year * 12 + last.month - 1 - (count - 1)
    return date(place // 12, place % 12 + 1, 1)
