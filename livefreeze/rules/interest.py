"""Simple interest on a claim from day to day, exact until its end: how much, how much of it is paid, and by what lines.

For example the interest of 法释〔2014〕8号 for delayed performance: 0.000175 a day of the judgment money that is left.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
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

    A payment goes to the principal of the parts by their first day, then to the interest of its day.
    """
    # With both ends counted, money of a day works from the next day on, and the day of reckoning bears interest.
    shift = DAY if terms.counts_both_ends else timedelta(0)
    end = on + shift
    paid_on: dict[date, int] = {}
    for payment in terms.payments:
        if payment.on <= on:
            works_from = payment.on + shift
            paid_on[works_from] = paid_on.get(works_from, 0) + payment.amount_minor
    parts = [[part.start, part.principal_minor] for part in sorted(terms.parts, key=lambda part: part.start)]
    lines: list[Line] = []
    interest = paid = Fraction(0)
    days = _turning_days(terms, paid_on, end)
    for first, following in zip(days, [*days[1:], None], strict=True):
        rest = _pay_principal(parts, paid_on.get(first, 0))
        paid += min(Fraction(rest), interest - paid)
        if following is None:
            break
        rate = _rate_on(terms, first)
        principal = sum(left for start, left in parts if start <= first)
        if rate is not None and principal:
            count = (following - first).days
            amount = principal * rate.a_day * count
            interest += amount
            _add(lines, Line(first, following - DAY, count, principal, rate.text, amount))
    return Interest(
        days=sum(line.days for line in lines),
        interest_minor=exact.half_up(interest),
        interest_paid_minor=exact.half_up(paid),
        principal_left_minor=sum(left for _, left in parts),
        lines=tuple(lines),
    )


def _turning_days(terms: Terms, paid_on: Iterable[date], end: date) -> list[date]:
    """The days, sorted, from which on something may be otherwise; the last is the first day that is not reckoned."""
    first = min(part.start for part in terms.parts)
    turns = {first, *(part.start for part in terms.parts), *paid_on}
    for span in (*terms.rates, *terms.suspensions):
        turns.add(span.first)
        if span.last is not None:
            turns.add(span.last + DAY)
    begun = min((day for day in turns if day <= end), default=end)
    return sorted({*(day for day in turns if begun <= day < end), end})


def _pay_principal(parts: list[list], amount: int) -> int:
    """Pay the parts by their first day; what is left of the money."""
    for part in parts:
        taken = min(amount, part[1])
        part[1] -= taken
        amount -= taken
    return amount


def _rate_on(terms: Terms, day: date) -> Rate | None:
    if any(_holds(span.first, span.last, day) for span in terms.suspensions):
        return None
    return next((rate for rate in terms.rates if _holds(rate.first, rate.last, day)), None)


def _holds(first: date, last: date | None, day: date) -> bool:
    return first <= day and (last is None or day <= last)


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
