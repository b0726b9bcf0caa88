"""Marginal shares of a monthly pay by brackets, whose bounds are a table or multiples of a minimum wage."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from livefreeze.rules import dated, exact, fields, pools
from livefreeze.rules.allowance import reading
from livefreeze.rules.allowance.free_amount import frequency_of
from livefreeze.rules.allowance.registry import Case, Line, Method, Taking, register
from livefreeze.rules.facts import KINDS

BRACKET_COUNT_MAX = 20


class Bounds(NamedTuple):
    """The upper ends of all brackets but the last, in minor units, exact; and what each dependant adds."""

    ends: tuple[Fraction, ...]
    per_dependant: Fraction


class Parameters(NamedTuple):
    """The law of the brackets; see docs/rules.md, `brackets`."""

    values: dated.Values
    shares: tuple[Fraction, ...]  # one more than bounds
    floor: dated.Values | None  # what must stay in any case
    extra_pays: Mapping[str, Fraction]  # how often the first bound counts in a month with extra pay
    reduced_count: int  # how many shares above nothing a court may cut
    refused_kinds: tuple[str, ...]
    to_minor: Callable[[Fraction], int]


class Parts(NamedTuple):
    """How the answer comes about."""

    row: dated.Row
    ends: tuple[Fraction, ...]
    sum_minor: int
    floor: dated.Row | None
    attachable_minor: int


def read(document: object, pointer: str, currency: str) -> Parameters:
    """Read brackets. Raises Problem where bounds do not ascend or a share is above 1."""
    optional = ("divided_by", "multiples", "floor", "extra_pay", "reduced_count", "refused_kinds")
    found = fields.members(document, pointer, required=("method", "values", "shares", "rounding"), optional=optional)
    rows = fields.entries(found["shares"], f"{pointer}/shares", count_max=BRACKET_COUNT_MAX)
    shares = tuple(exact.share(row, f"{pointer}/shares/{index}") for index, row in enumerate(rows))
    divisor = exact.number(found.get("divided_by", "1"), f"{pointer}/divided_by")
    if divisor == 0:
        raise fields.invalid(f"{pointer}/divided_by", "This must be above nothing.", "此处须大于零。")
    values = _values(found, pointer, currency, len(shares) - 1, Fraction(divisor.denominator, divisor.numerator))
    rounding = fields.choice(found["rounding"], f"{pointer}/rounding", tuple(exact.ROUNDINGS))
    extra = fields.members(
        found.get("extra_pay", {}), f"{pointer}/extra_pay", required=(), optional=("in_period", "spread")
    )
    kinds = found.get("refused_kinds", [])
    if not isinstance(kinds, list):
        raise fields.invalid(f"{pointer}/refused_kinds", "This must be a list.", "此处须为列表。")
    return Parameters(
        values,
        shares,
        _floor(found["floor"], f"{pointer}/floor", currency) if "floor" in found else None,
        {key: exact.number(value, f"{pointer}/extra_pay/{key}") for key, value in extra.items()},
        _count(found.get("reduced_count", 0), f"{pointer}/reduced_count", len(shares)),
        tuple(fields.choice(kind, f"{pointer}/refused_kinds/{index}", KINDS) for index, kind in enumerate(kinds)),
        exact.ROUNDINGS[rounding],
    )


def award(parameters: Parameters, case: Case) -> Taking:
    """What may be taken of the pay, shared by rank."""
    attachable = _parts(parameters, case).attachable_minor
    return Taking(attachable, pools.share_by_rank(case.facts.orders or (), attachable))


def explain(parameters: Parameters, case: Case) -> list[Line]:
    """Each bracket with what falls into it, their sum, and what must stay."""
    parts = _parts(parameters, case)
    lines, before = [], Fraction(0)
    for end, share in zip((*parts.ends, None), _shares(parameters, case), strict=True):
        inside = max(Fraction(0), (case.base_minor if end is None else min(end, case.base_minor)) - before)
        if inside:
            lines.append(Line(f"{share} of the pay within this bracket", inside * share, parts.row.source))
        before = before if end is None else end
    lines.append(Line("sum of the brackets, rounded once", parts.sum_minor, parts.row.source))
    if parts.floor is not None:
        lines.append(Line("must stay in any case", parts.floor.value, parts.floor.source))
    return lines


def _parts(parameters: Parameters, case: Case) -> Parts:
    frequency_of(case, ("monthly",))
    for order in case.facts.orders or ():
        if order.kind in parameters.refused_kinds:
            reason = f"This rule does not judge orders of the kind {order.kind}; choose a rule that does."
            raise fields.invalid(f"/orders/{order.order}/kind", reason, f"该规则不适用于此类裁定（{order.kind}）。")
    row = parameters.values.on(case.on)
    ends = tuple(end + row.value.per_dependant * case.facts.dependants for end in row.value.ends)
    times = parameters.extra_pays.get(case.facts.extra_pay)
    if times is not None:  # the first bound is raised, the others follow it
        ends = tuple(end + ends[0] * (times - 1) for end in ends)
    exactly, before = Fraction(0), Fraction(0)
    for end, share in zip(ends, _shares(parameters, case), strict=False):
        exactly += max(Fraction(0), min(end, case.base_minor) - before) * share
        before = end
    exactly += max(Fraction(0), case.base_minor - before) * parameters.shares[-1]
    total = parameters.to_minor(exactly)
    floor = None if parameters.floor is None else parameters.floor.on(case.on)
    attachable = total if floor is None else max(0, min(total, case.base_minor - floor.value))
    return Parts(row, ends, total, floor, attachable)


def _shares(parameters: Parameters, case: Case) -> list[Fraction]:
    """The shares, the first ones above nothing lowered by as much as a court has cut them."""
    shares, cut = [], parameters.reduced_count
    for share in parameters.shares:
        is_cut = share > 0 and cut > 0
        cut -= is_cut
        shares.append(share * (1 - case.facts.court_reduction) if is_cut else share)
    return shares


def _values(found: Mapping[str, Any], pointer: str, currency: str, count: int, factor: Fraction) -> dated.Values:
    if "multiples" in found:
        rows = fields.entries(found["multiples"], f"{pointer}/multiples", count_max=BRACKET_COUNT_MAX)
        multiples = [exact.number(row, f"{pointer}/multiples/{index}") for index, row in enumerate(rows)]
        _refuse_bounds(multiples, f"{pointer}/multiples", count)

        def unit(entry: Mapping[str, Any], place: str) -> Bounds:
            amount = fields.amount(entry["amount"], f"{place}/amount", currency)
            return Bounds(tuple(amount * multiple * factor for multiple in multiples), Fraction(0))

        return dated.read(found["values"], f"{pointer}/values", unit, required=("amount",))

    def bounds(entry: Mapping[str, Any], place: str) -> Bounds:
        rows = fields.entries(entry["bounds"], f"{place}/bounds", count_max=BRACKET_COUNT_MAX)
        ends = [fields.amount(row, f"{place}/bounds/{index}", currency) for index, row in enumerate(rows)]
        _refuse_bounds(ends, f"{place}/bounds", count)
        more = fields.amount(entry.get("per_dependant", "0"), f"{place}/per_dependant", currency)
        return Bounds(tuple(end * factor for end in ends), more * factor)

    return dated.read(found["values"], f"{pointer}/values", bounds, required=("bounds",), optional=("per_dependant",))


def _refuse_bounds(ends: list, pointer: str, count: int) -> None:
    reading.refuse_disorder(ends, pointer)
    if len(ends) != count:
        reason = f"There are {count + 1} shares, so {count} bounds are needed: the last bracket has no end."
        raise fields.invalid(pointer, reason, f"共有 {count + 1} 个比例，应有 {count} 个上限。")


def _floor(value: object, pointer: str, currency: str) -> dated.Values:
    return dated.read(
        value,
        pointer,
        lambda entry, place: fields.amount(entry["amount"], f"{place}/amount", currency),
        required=("amount",),
    )


def _count(value: object, pointer: str, count_max: int) -> int:
    if type(value) is not int or not 0 <= value <= count_max:
        reason = f"This must be a whole number from 0 to {count_max}."
        raise fields.invalid(pointer, reason, f"此处须为 0 至 {count_max} 的整数。")
    return value


register("brackets", Method(read, award=award, explain=explain, is_wage=True))
