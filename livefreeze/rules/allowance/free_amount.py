"""A free amount by table, a share of what is above it, and all above a cap: § 850c ZPO and its like."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from livefreeze.rules import dated, exact, facts, fields, pools
from livefreeze.rules.allowance.registry import Case, Line, Method, Taking, register


class Table(NamedTuple):
    """One row of the law for pays of one length, in minor units."""

    base_minor: int
    first_minor: int  # more for the first person supported
    further_minor: int  # more for each of the others
    cap_minor: int  # what is above is taken in full
    step_minor: int  # the pay up to the cap is rounded down to a multiple of it


class Parameters(NamedTuple):
    """Tables by pay frequency, and the share of what is above the free amount."""

    tables: Mapping[str, dated.Values]
    share: Fraction
    first_less: Fraction  # by how much the first person lowers the share
    further_less: Fraction
    dependants_max: int


class Parts(NamedTuple):
    """How the answer comes about, in minor units."""

    source: str
    free_minor: int
    above_cap_minor: int
    rounded_minor: int
    shared_minor: int


def read(document: object, pointer: str, currency: str) -> Parameters:
    """Read tables and shares. Raises Problem."""
    keys = ("method", "tables", "share", "first_dependant_less", "further_dependant_less", "dependants_max")
    found = fields.members(document, pointer, required=keys)
    tables = fields.members(found["tables"], f"{pointer}/tables", required=(), optional=facts.FREQUENCIES)

    def row(entry: Mapping[str, Any], place: str) -> Table:
        keys = ("amount", "first_dependant", "further_dependant", "cap", "step")
        table = Table(*(fields.amount(entry[key], f"{place}/{key}", currency) for key in keys))
        if table.step_minor == 0:
            raise fields.invalid(f"{place}/step", "This must be above nothing.", "此处须大于零。")
        return table

    required = ("amount", "first_dependant", "further_dependant", "cap", "step")
    shares = [exact.share(found[key], f"{pointer}/{key}") for key in keys[2:5]]
    count = found["dependants_max"]
    if type(count) is not int or count < 0:
        raise fields.invalid(
            f"{pointer}/dependants_max",
            "This must be a whole number such as 5, no text.",
            "此处须为整数，例如 5，不得为文本。",
        )
    if count and shares[0] < shares[1] + shares[2] * (count - 1):
        reason = f"With {count} persons the share would fall below nothing; lower this, or what a person takes off."
        raise fields.invalid(
            f"{pointer}/dependants_max", reason, f"{count} 名受扶养人时比例为负，请减少人数或扣减比例。"
        )
    return Parameters(
        {name: dated.read(rows, f"{pointer}/tables/{name}", row, required=required) for name, rows in tables.items()},
        *shares,
        count,
    )


def award(parameters: Parameters, case: Case) -> Taking:
    """What may be taken of the pay, shared by rank."""
    parts = _parts(parameters, case)
    attachable = parts.above_cap_minor + parts.shared_minor
    return Taking(attachable, pools.share_by_rank(case.facts.orders or (), attachable))


def explain(parameters: Parameters, case: Case) -> list[Line]:
    """The steps in the order of the law."""
    parts = _parts(parameters, case)
    return [
        Line("above the cap, taken in full", parts.above_cap_minor, parts.source),
        Line("the rest of the pay, rounded down", parts.rounded_minor, parts.source),
        Line("free amount", parts.free_minor, parts.source),
        Line("attachable share of what is above it", parts.shared_minor, parts.source),
    ]


def _parts(parameters: Parameters, case: Case) -> Parts:
    """Cap, rounding, free amount, share, in this order (§ 850c Abs. 3, 5 ZPO)."""
    row = parameters.tables[frequency_of(case, tuple(parameters.tables))].on(case.on)
    table, persons = row.value, min(case.facts.dependants, parameters.dependants_max)
    free, share = table.base_minor, parameters.share
    if persons:
        free += table.first_minor + table.further_minor * (persons - 1)
        share -= parameters.first_less + parameters.further_less * (persons - 1)
    above_cap = max(0, case.base_minor - table.cap_minor)
    rounded = exact.down(case.base_minor - above_cap, table.step_minor)
    return Parts(row.source, free, above_cap, rounded, exact.half_up(max(0, rounded - free) * share))


def frequency_of(case: Case, known: tuple[str, ...]) -> str:
    """The pay frequency, one of those for which the rule has values. Raises Problem."""
    return fields.choice(facts.needed(case.facts, "pay_frequency"), "/pay_frequency", known)


register("free_amount", Method(read, award=award, explain=explain, is_wage=True))
