"""The allowance period: from one anchor day to the next, at midnight of the rule's time zone."""

from calendar import monthrange
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo


class Period(NamedTuple):
    """A stretch of time as aware UTC instants; the end belongs to the next period."""

    start: datetime
    end: datetime


def period_of(instant: datetime, *, anchor_day: int, time_zone: str) -> Period:
    """The period in which an aware instant lies, from payday to payday.

    An anchor day that a month lacks is its last day. The same function with the day of a sweep instead of
    the anchor day tells since when that sweep is due. Raises ValueError for an instant without a zone or a
    day outside 1 to 31.
    """
    if instant.tzinfo is None:
        raise ValueError("an instant without a time zone")
    local = instant.astimezone(ZoneInfo(time_zone))
    months = local.year * 12 + local.month - 1
    # Compared as instants: where midnight does not exist, or exists twice, local times mislead.
    first = months if instant >= _anchor(months, anchor_day, time_zone) else months - 1
    return Period(_anchor(first, anchor_day, time_zone), _anchor(first + 1, anchor_day, time_zone))


def following(period: Period, *, anchor_day: int, time_zone: str) -> Period:
    """The period after this one: up to the next anchor day, shorter where the rule has another one than before."""
    return Period(period.end, period_of(period.end, anchor_day=anchor_day, time_zone=time_zone).end)


@lru_cache(maxsize=4096)
def _anchor(months: int, anchor_day: int, time_zone: str) -> datetime:
    """Midnight of the anchor day in the month counted from the year 0, as a UTC instant."""
    if not 1 <= anchor_day <= 31:
        raise ValueError(f"no month has a day {anchor_day}")
    year, month = divmod(months, 12)
    day = min(anchor_day, monthrange(year, month + 1)[1])
    return datetime(year, month + 1, day, tzinfo=ZoneInfo(time_zone)).astimezone(UTC)
