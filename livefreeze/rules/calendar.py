"""The period of a rule as days: months by an anchor, weeks, half months, paydays, moved by working days."""

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from livefreeze.rules import fields

KINDS = ("month", "week", "fortnight", "half_month", "paydays")
DAY_COUNT_MAX = 2000
_DAY = timedelta(days=1)
_SATURDAY = 5
_FIRST_DAY = date(2024, 1, 1)  # a Monday


class Days(NamedTuple):
    """A period; the end is the first day of the next."""

    start: date
    end: date


class Calendar(NamedTuple):
    """How a rule cuts time into periods: see docs/rules.md, "The period"."""

    kind: str
    anchor_day: int = 1  # of months and half months
    first_day: date = _FIRST_DAY  # from which weeks and fortnights are counted
    paydays: tuple[date, ...] = ()
    moved: str = "none"  # where the first day is no working day: "before", "after"
    holidays: frozenset[date] = frozenset()
    published_to: date | None = None  # the last day that the list of holidays tells about
    is_unpublished_accepted: bool = False  # a court says: beyond that day only weekends are no working days


def read(document: object, pointer: str) -> Calendar:
    """Read a rule's `period`. Raises Problem."""
    found = fields.mapping(document, pointer)
    kind = fields.choice(found.get("kind", "month"), f"{pointer}/kind", KINDS)
    own = {"month": ("anchor_day",), "half_month": ("anchor_day",), "paydays": ("days",)}.get(kind, ("first_day",))
    optional = ("kind", "moved", "holidays", "holidays_published_to", "accept_unpublished")
    fields.members(found, pointer, required=own, optional=optional)
    anchor, first_day, paydays = 1, _FIRST_DAY, ()
    if "anchor_day" in found:
        anchor = fields.day_of_month(found["anchor_day"], f"{pointer}/anchor_day")
    if "first_day" in found:
        first_day = fields.calendar_day(found["first_day"], f"{pointer}/first_day")
    if "days" in found:
        paydays = _days(found["days"], f"{pointer}/days")
    return Calendar(kind, anchor, first_day, paydays, *_moving(found, pointer))


def period_of(calendar: Calendar, day: date) -> Days:
    """The period in which the day lies. Raises Problem where the calendar does not reach so far."""
    starts = _starts_around(calendar, day)
    index = bisect_right(starts, day) - 1
    if index < 0 or index + 1 >= len(starts):
        raise _invalid_day(f"No payday is named around {day}; add the paydays before and after it.", day)
    return Days(starts[index], starts[index + 1])


def before(calendar: Calendar, period: Days, count: int) -> date:
    """The first day of the period that lies this many periods earlier; the earliest one named if there are fewer."""
    start = period.start
    for _ in range(count):
        if calendar.kind == "paydays" and start <= calendar.paydays[0]:
            break
        start = period_of(calendar, start - _DAY).start
    return start


def _starts_around(calendar: Calendar, day: date) -> list[date]:
    """First days of periods in their order, from before the day to after it, however far they are moved."""
    match calendar.kind:
        case "paydays":
            plain = list(calendar.paydays)
        case "month" | "half_month":
            months = day.year * 12 + day.month - 1
            plain = [
                start
                for number in range(months - 2, months + 3)
                for start in _month_starts(number, calendar.anchor_day, halves=calendar.kind == "half_month")
            ]
        case _:
            length = 7 if calendar.kind == "week" else 14
            here = day - timedelta(days=(day - calendar.first_day).days % length)
            plain = [here + timedelta(days=length * step) for step in range(-3, 4)]
    return sorted({_moved(calendar, start) for start in plain})


def _month_starts(number: int, anchor_day: int, *, halves: bool) -> list[date]:
    year, month = divmod(number, 12)
    last = monthrange(year, month + 1)[1]
    days = [anchor_day, (anchor_day + 14) % 31 + 1] if halves else [anchor_day]
    return [date(year, month + 1, min(day, last)) for day in days]


def _moved(calendar: Calendar, day: date) -> date:
    if calendar.moved == "none":
        return day
    step = _DAY if calendar.moved == "after" else -_DAY
    while not _is_working_day(calendar, day):
        day += step
    return day


def _is_working_day(calendar: Calendar, day: date) -> bool:
    known = calendar.published_to is not None and day <= calendar.published_to
    if not known and not calendar.is_unpublished_accepted:
        raise _invalid_day(
            f"The calendar of holidays is not published for {day}; add it, or set accept_unpublished in the rule.", day
        )
    return day.weekday() < _SATURDAY and day not in calendar.holidays


def _moving(found: Mapping[str, Any], pointer: str) -> tuple[str, frozenset[date], date | None, bool]:
    moved = fields.choice(found.get("moved", "none"), f"{pointer}/moved", ("none", "before", "after"))
    holidays = frozenset(_days(found["holidays"], f"{pointer}/holidays") if "holidays" in found else ())
    to = found.get("holidays_published_to")
    published = None if to is None else fields.calendar_day(to, f"{pointer}/holidays_published_to")
    accepted = found.get("accept_unpublished", False)
    if type(accepted) is not bool:
        raise fields.invalid(f"{pointer}/accept_unpublished", "This must be true or false.", "此处须为 true 或 false。")
    return moved, holidays, published, accepted


def _days(value: object, pointer: str) -> tuple[date, ...]:
    rows = fields.entries(value, pointer, count_max=DAY_COUNT_MAX)
    return tuple(sorted({fields.calendar_day(row, f"{pointer}/{index}") for index, row in enumerate(rows)}))


def _invalid_day(reason: str, day: date) -> Exception:
    return fields.invalid("/on", reason, f"{day}：周期日历未公布或未列明，请补充。")
