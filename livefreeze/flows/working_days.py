"""Working days of China by the calendar that the State Council publishes year by year."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from holidays.countries import China

ZONE = ZoneInfo("Asia/Shanghai")
PUBLISHED, NOT_PUBLISHED = "published", "not_published"


class Deadline(NamedTuple):
    """The last moment of a working day, and whether the calendar of all days until then was published."""

    at: datetime
    calendar: str


def deadline(asked_at: datetime, *, working_days: int) -> Deadline:
    """The end of the so-manieth working day after this moment.

    For a year that is not published yet, weekends and the holidays of the law count, but no days that are moved:
    the deadline stands, and says so.
    """
    day, calendar = asked_at.astimezone(ZONE).date(), PUBLISHED
    while working_days:
        day += timedelta(days=1)
        if not is_published(day.year):
            calendar = NOT_PUBLISHED
        working_days -= is_working_day(day)
    return Deadline(datetime.combine(day, time(23, 59, 59), ZONE), calendar)


def is_working_day(day: date) -> bool:
    """Do offices work on this day?"""
    return _of_year(day.year).is_working_day(day)


def is_published(year: int) -> bool:
    """Is the year's calendar known? A published one makes up for holidays by working on weekends."""
    return any(day.year == year for day in _of_year(year).weekend_workdays)


@lru_cache(maxsize=16)
def _of_year(year: int) -> China:
    return China(years=year)
