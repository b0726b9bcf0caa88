"""A rate on the whole pay by the band in which it lies, from the table of the day on which the order was made."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from livefreeze.base.errors import Problem
from livefreeze.rules import dated, exact, facts, fields, pools
from livefreeze.rules.allowance import reading
from livefreeze.rules.allowance.registry import Case, Line, Method, Taking, register

BAND_COUNT_MAX = 20
TABLES = ("daily", "weekly", "monthly")
_UNITS = {"daily": ("daily", 1), "weekly": ("weekly", 1), "biweekly": ("weekly", 2), "monthly": ("monthly", 1),
          "yearly": ("monthly", 12)}  # fmt: skip


class Parameters(NamedTuple):
    """Bounds by table and by the day of the order, rates, and the share of what is above the last bound."""

    values: dated.Values  # each value: table name -> upper ends of the bands, in minor units
    rates: tuple[Fraction, ...]
    above_top: Fraction
    to_minor: Any


def read(document: object, pointer: str, currency: str) -> Parameters:
    """Read bands. Raises Problem where bounds do not ascend or a rate is above 1."""
    found = fields.members(document, pointer, required=("method", "values", "rates", "above_top", "rounding"))
    rows = fields.entries(found["rates"], f"{pointer}/rates", count_max=BAND_COUNT_MAX)
    rates = tuple(exact.share(row, f"{pointer}/rates/{index}") for index, row in enumerate(rows))

    def tables(entry: Mapping[str, Any], place: str) -> dict[str, tuple[int, ...]]:
        return {name: _bounds(entry[name], f"{place}/{name}", currency, len(rates)) for name in TABLES if name in entry}

    return Parameters(
        dated.read(found["values"], f"{pointer}/values", tables, required=(), optional=TABLES),
        rates,
        exact.share(found["above_top"], f"{pointer}/above_top"),
        exact.ROUNDINGS[fields.choice(found["rounding"], f"{pointer}/rounding", tuple(exact.ROUNDINGS))],
    )


def award(parameters: Parameters, case: Case) -> Taking:
    """Orders by the day they were made, each by its own table on what the earlier ones leave of the pay."""
    orders = sorted(case.facts.orders or (), key=lambda order: (_made_on(order), order.rank, order.order))

    def limit(made_on: date, pointer: str, pay: int) -> int:
        return min(pay, parameters.to_minor(_deduction(parameters, case, made_on, pointer, pay)))

    shares = pools.share_in_turn(
        orders, lambda order, taken: limit(_made_on(order), _pointer(order), case.base_minor - taken)
    )
    left = case.base_minor
    for made_on, pointer in [(_made_on(order), _pointer(order)) for order in orders] or [(case.on, "/on")]:
        left -= limit(made_on, pointer, left)  # as if no quota ended an order
    return Taking(max(case.base_minor - left, sum(amount for _, amount in shares)), shares)


def explain(parameters: Parameters, case: Case) -> list[Line]:
    """For each order its table and what it takes."""
    taken = dict(award(parameters, case).orders)
    lines = []
    for order in case.facts.orders or ():
        row = parameters.values.on(_made_on(order), _pointer(order))
        lines.append(Line(f"by the table for orders made on {_made_on(order)}", taken[order.order], row.source))
    if not lines:
        row = parameters.values.on(case.on)
        lines.append(Line("by the table of the day", award(parameters, case).attachable_minor, row.source))
    return lines


def _deduction(parameters: Parameters, case: Case, made_on: date, pointer: str, pay_minor: int) -> Fraction:
    """The pay is cut into its weeks, months or days, the table read, the result multiplied; exact."""
    table, times = _table(case)
    bounds = parameters.values.on(made_on, pointer).value.get(table)
    if bounds is None:
        reason = f"The rule has no {table} table for orders made on {made_on}; add it, or give another pay frequency."
        raise fields.invalid("/pay_frequency", reason, f"规则没有适用于 {made_on} 裁定的此类表格（{table}）。")
    one = Fraction(pay_minor, times)
    for bound, rate in zip(bounds, parameters.rates, strict=True):
        if one <= bound:
            return one * rate * times
    return (bounds[-1] * parameters.rates[-1] + (one - bounds[-1]) * parameters.above_top) * times


def _table(case: Case) -> tuple[str, int]:
    frequency, days = case.facts.pay_frequency, case.facts.pay_period
    if frequency is None and days is not None:
        return "daily", (days.end - days.start).days
    return _UNITS[fields.choice(facts.needed(case.facts, "pay_frequency"), "/pay_frequency", tuple(_UNITS))]


def _made_on(order: facts.Order) -> date:
    if order.made_on is None:
        raise Problem("FIELD_MISSING", _pointer(order))
    return order.made_on


def _pointer(order: facts.Order) -> str:
    return f"/orders/{order.order}/made_on"


def _bounds(value: object, pointer: str, currency: str, count: int) -> tuple[int, ...]:
    rows = fields.entries(value, pointer, count_max=BAND_COUNT_MAX)
    bounds = [fields.amount(row, f"{pointer}/{index}", currency) for index, row in enumerate(rows)]
    reading.refuse_disorder(bounds, pointer)
    if len(bounds) != count:
        reason = f"There are {count} rates, so {count} bounds are needed."
        raise fields.invalid(pointer, reason, f"共有 {count} 个比例，应有 {count} 个上限。")
    return tuple(bounds)


register("bands", Method(read, award=award, explain=explain, is_wage=True))
