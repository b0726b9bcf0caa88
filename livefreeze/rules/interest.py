"""Simple interest on a claim from day to day, exact until its end: how much, how much of it is paid, and by what lines.

For example the interest of 法释〔2014〕8号 for delayed performance: 0.000175 a day of the judgment money that is left.
"""

from bisect import bisect_right
from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from itertools import accumulate, pairwise
from typing import NamedTuple

from livefreeze.rules import exact

DAY = timedelta(days=1)


class Part(NamedTuple):
    """A sum that bears interest from its first day on."""

    principal_minor: int
    start: date


class Rate(NamedTuple):
    """What one unit of principal bears a day, between two days, both included."""

    first: date
    last: date | None  # None: until further notice
    a_day: Fraction
    text: str  # as the terms write it


class Payment(NamedTuple):
    """Money that came in, or that the court took."""

    on: date
    amount_minor: int


class Span(NamedTuple):
    """Days, both included, that bear no interest."""

    first: date
    last: date | None


class Terms(NamedTuple):
    """What bears interest, at which rates, and what was paid."""

    currency: str
    parts: tuple[Part, ...]
    rates: tuple[Rate, ...]  # by their first day, no two on one day
    counts_both_ends: bool  # the day of a payment and the day of reckoning bear interest, too
    payments: tuple[Payment, ...]
    suspensions: tuple[Span, ...]


class Line(NamedTuple):
    """Days in a row, both included, on which the principal and its rate did not change."""

    first: date
    last: date
    days: int
    principal_minor: int
    rate: str
    amount_minor: Fraction  # unrounded


class Interest(NamedTuple):
    """The reckoning on one day; amounts in minor units, rounded once, half up."""

    days: int
    interest_minor: int
    interest_paid_minor: int
    principal_left_minor: int
    lines: tuple[Line, ...]

    @property
    def interest_left_minor(self) -> int:
        """What of the interest is still owed."""
        return self.interest_minor - self.interest_paid_minor


def reckon(terms: Terms, on: date) -> Interest:
    """Reckon up to a day. Payments of later days have not happened yet; what is paid above all that is owed stays out.

    A payment goes to the principal of the parts by their first day, then to the interest of its day. So interest is
    paid only when no principal is left to bear more, and two sums are enough: what has begun, and what was paid.
    """
    # With both ends counted, money of a day works from the next day on, and the day of reckoning bears interest.
    shift = 1 if terms.counts_both_ends else 0
    begun = _Sums([(part.start, part.principal_minor) for part in terms.parts])
    paid = _Sums([(payment.on, payment.amount_minor) for payment in terms.payments])
    is_suspended, rate_on = _suspended(terms.suspensions), _rated(terms.rates)
    lines: list[Line] = []
    days = _turning_days(terms, shift, end=on.toordinal() + shift)
    for first, following in pairwise(days):
        principal = begun.until(first) - paid.until(first - shift)
        rate = rate_on(first)
        if principal > 0 and rate is not None and not is_suspended(first):
            count = following - first
            last = date.fromordinal(following - 1)
            amount = principal * rate.a_day * count
            _add(lines, Line(date.fromordinal(first), last, count, principal, rate.text, amount))
    interest = exact.half_up(sum((line.amount_minor for line in lines), Fraction(0)))
    owed, paid_until_now = sum(part.principal_minor for part in terms.parts), paid.until(on.toordinal())
    return Interest(
        days=sum(line.days for line in lines),
        interest_minor=interest,
        interest_paid_minor=min(interest, max(0, paid_until_now - owed)),
        principal_left_minor=max(0, owed - paid_until_now),
        lines=tuple(lines),
    )


class _Sums:
    """What has come up to a day, of amounts by day."""

    def __init__(self, rows: list[tuple[date, int]]) -> None:
        rows.sort()
        self._days = [day.toordinal() for day, _ in rows]
        self._sums = [0, *accumulate(amount for _, amount in rows)]

    def until(self, day: int) -> int:
        """The sum of this day and those before it."""
        return self._sums[bisect_right(self._days, day)]


def _turning_days(terms: Terms, shift: int, *, end: int) -> list[int]:
    """The days, sorted, from which on something may be otherwise; the last is the first day that is not reckoned.

    Days are ordinals here and below, because the day after 9999-12-31 is none.
    """
    turns = {part.start.toordinal() for part in terms.parts}
    begun = min(turns)
    turns.update(payment.on.toordinal() + shift for payment in terms.payments)
    for span in (*terms.rates, *terms.suspensions):
        turns.update((span.first.toordinal(), _last(span) + 1))
    return sorted({*(day for day in turns if begun <= day < end), end})


def _last(span: Rate | Span) -> int:
    return (span.last or date.max).toordinal()


def _suspended(suspensions: tuple[Span, ...]) -> Callable[[int], bool]:
    """Tell of a day whether it is suspended; suspensions may overlap."""
    spans = sorted((span.first.toordinal(), _last(span)) for span in suspensions)
    firsts = [first for first, _ in spans]
    lasts = [0, *accumulate((last for _, last in spans), max)]
    return lambda day: day <= lasts[bisect_right(firsts, day)]


def _rated(rates: tuple[Rate, ...]) -> Callable[[int], Rate | None]:
    """Tell of a day which rate holds."""
    firsts = [rate.first.toordinal() for rate in rates]

    def rate_on(day: int) -> Rate | None:
        place = bisect_right(firsts, day) - 1
        return rates[place] if place >= 0 and day <= _last(rates[place]) else None

    return rate_on


def _add(lines: list[Line], line: Line) -> None:
    """Add a line, or lengthen the one before where nothing but the days is another."""
    before = lines[-1] if lines else None
    if (
        before is not None and before.last + DAY == line.first
        and (before.principal_minor, before.rate) == (line.principal_minor, line.rate)
        and before.amount_minor * line.days == line.amount_minor * before.days  # a rate a day is not one a year
    ):  # fmt: skip
        lines[-1] = before._replace(
            last=line.last, days=before.days + line.days, amount_minor=before.amount_minor + line.amount_minor
        )
    else:
        lines.append(line)
