"""The terms of a claim's interest as their JSON document, read strictly, and the reckoning as one."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from livefreeze.base import money
from livefreeze.base.errors import Problem
from livefreeze.rules import exact, fields
from livefreeze.rules.interest import Interest, Line, Part, Payment, Rate, Span, Terms, reckon

ROW_COUNT_MAX = 5000
COUNTS = ("both", "first")
PER = ("day", "year")
YEAR_DAYS = (360, 365)


def parse(document: object) -> Terms:
    """Read terms. Raises Problem naming the first field that is missing, unknown or wrong."""
    found = fields.members(
        document, "", required=("currency", "parts", "rates", "count"), optional=("payments", "suspensions")
    )
    currency = fields.currency(found["currency"], "/currency")

    def amount(value: object, pointer: str) -> int:
        return fields.amount(value, pointer, currency)

    parts = _rows(found, "parts", ("principal", "start"), is_needed=True)
    rates = _rows(found, "rates", ("from", "rate", "per"), ("to", "year_days"), is_needed=True)
    payments = _rows(found, "payments", ("on", "amount"))
    suspensions = _rows(found, "suspensions", ("from",), ("to",))
    return Terms(
        currency=currency,
        parts=tuple(Part(row.read("principal", amount), row.read("start", fields.calendar_day)) for row in parts),
        rates=_one_a_day([_rate(row) for row in rates]),
        counts_both_ends=fields.choice(found["count"], "/count", COUNTS) == "both",
        payments=tuple(Payment(row.read("on", fields.calendar_day), row.read("amount", amount)) for row in payments),
        suspensions=tuple(Span(*_days(row)) for row in suspensions),
    )


def document(terms: Terms, on: date) -> dict[str, Any]:
    """The reckoning on a day as JSON values; its shape is in tests/cases/README.md, section 5."""
    found: Interest = reckon(terms, on)

    def text(minor: int) -> str:
        return money.format_amount(minor, terms.currency)

    return {
        "currency": terms.currency,
        "on": on.isoformat(),
        "days": found.days,
        "interest": text(found.interest_minor),
        "interest_paid": text(found.interest_paid_minor),
        "interest_left": text(found.interest_left_minor),
        "principal_left": text(found.principal_left_minor),
        "lines": [_line(line, terms.currency) for line in found.lines],
    }


def _line(line: Line, currency: str) -> dict[str, Any]:
    return {
        "from": line.first.isoformat(),
        "to": line.last.isoformat(),
        "days": line.days,
        "principal": money.format_amount(line.principal_minor, currency),
        "rate": line.rate,
        "amount": unrounded(line.amount_minor, currency),
    }


def unrounded(minor: Fraction, currency: str) -> str:
    """An exact amount as text, with at least the decimals of the currency.

    Where no decimals end it, as after a division by 365 days, it is written as the fraction that it is: "1000/73".
    """
    digits = money.digits_of(currency)
    whole = Fraction(minor, 10**digits)
    decimals, rest = 0, whole.denominator
    for prime in (2, 5):
        power = 0
        while rest % prime == 0:
            rest, power = rest // prime, power + 1
        decimals = max(decimals, power)
    if rest != 1:
        return f"{whole.numerator}/{whole.denominator}"
    places = max(decimals, digits)
    scaled = whole * 10**places
    number = str(scaled.numerator).zfill(places + 1)
    return f"{number[:-places]}.{number[-places:]}" if places else number


class _Row(NamedTuple):
    """One row of a list, and where it stands."""

    found: Any
    pointer: str

    def read(self, key: str, how: Callable[[Any, str], Any]) -> Any:
        return how(self.found[key], f"{self.pointer}/{key}")

    def read_if_any(self, key: str, how: Callable[[Any, str], Any]) -> Any:
        return None if self.found.get(key) is None else self.read(key, how)


def _rows(
    found: Any, key: str, required: tuple[str, ...], optional: tuple[str, ...] = (), *, is_needed: bool = False
) -> list[_Row]:
    pointer = f"/{key}"
    rows = found.get(key, ())
    if isinstance(rows, list | tuple) and not rows and not is_needed:
        return []
    rows = fields.entries(rows, pointer, count_max=ROW_COUNT_MAX)
    return [
        _Row(fields.members(row, f"{pointer}/{index}", required=required, optional=optional), f"{pointer}/{index}")
        for index, row in enumerate(rows)
    ]


def _days(row: _Row) -> tuple[date, date | None]:
    first, last = row.read("from", fields.calendar_day), row.read_if_any("to", fields.calendar_day)
    if last is not None and last < first:
        raise fields.invalid(f"{row.pointer}/to", "This must not lie before from.", "截止日不得早于起始日。")
    return first, last


def _rate(row: _Row) -> Rate:
    first, last = _days(row)
    rate = row.read("rate", exact.share)  # 4.35 for 4.35 % would be a hundred times too much
    if row.read("per", lambda value, pointer: fields.choice(value, pointer, PER)) == "day":
        if "year_days" in row.found:
            reason = "A rate a day has no year; leave this out, or set per to year."
            reason_zh = "日利率不涉及年天数，请删除此项或将 per 设为 year。"
            raise fields.invalid(f"{row.pointer}/year_days", reason, reason_zh)
        return Rate(first, last, rate, row.found["rate"])
    if "year_days" not in row.found:
        raise Problem("FIELD_MISSING", f"{row.pointer}/year_days")
    year_days = row.found["year_days"]
    if type(year_days) is not int or year_days not in YEAR_DAYS:
        raise fields.invalid(f"{row.pointer}/year_days", "This must be 360 or 365.", "此处须为 360 或 365。")
    return Rate(first, last, Fraction(rate, year_days), row.found["rate"])


def _one_a_day(rates: list[Rate]) -> tuple[Rate, ...]:
    rates.sort(key=lambda rate: rate.first)
    for earlier, later in zip(rates, rates[1:], strict=False):
        if earlier.last is None or later.first <= earlier.last:
            raise fields.invalid(
                "/rates",
                f"Two rates hold on {later.first}; end the earlier one the day before.",
                f"{later.first} 有两个利率同时适用，请将前一利率的截止日设为前一日。",
            )
    return tuple(rates)
