"""A fixed amount a period with more for each person supported, as the tables of many laws give it."""

from fractions import Fraction
from typing import Any, NamedTuple

from livefreeze.rules import dated, exact, fields
from livefreeze.rules.allowance.registry import Award, Case, Line, Method, register

DEPENDANT_COUNT_MAX = 100


class Amounts(NamedTuple):
    """One row of the table, in minor units."""

    base_minor: int
    first_minor: int  # for the first person supported
    further_minor: int  # for each of the others


class Parameters(NamedTuple):
    """The table, and for how many persons at most it gives more."""

    values: dated.Values
    dependants_max: int


def read(document: object, pointer: str, currency: str) -> Parameters:
    """Read the rows; `base_step` rounds the base up to its next multiple. Raises Problem."""
    found = fields.members(document, pointer, required=("method", "values"), optional=("dependants_max",))

    def row(entry: Any, place: str) -> Amounts:
        base, first, further = (
            fields.amount(entry.get(key, "0"), f"{place}/{key}", currency)
            for key in ("amount", "first_dependant", "further_dependant")
        )
        step = fields.amount(entry["base_step"], f"{place}/base_step", currency) if "base_step" in entry else 1
        if step == 0:
            raise fields.invalid(f"{place}/base_step", "This must be above nothing.", "此处须大于零。")
        return Amounts(exact.up(base, step), first, further)

    return Parameters(
        dated.read(
            found["values"], f"{pointer}/values", row,
            required=("amount",), optional=("first_dependant", "further_dependant", "base_step"),
        ),
        _count(found.get("dependants_max", DEPENDANT_COUNT_MAX), f"{pointer}/dependants_max"),
    )  # fmt: skip


def award(parameters: Parameters, case: Case) -> Award:
    """The base and what the dependants add, by the law of the day."""
    row = parameters.values.on(case.on).value
    persons = min(case.facts.dependants, parameters.dependants_max)
    return Award(row.base_minor + _added(row, persons))


def explain(parameters: Parameters, case: Case) -> list[Line]:
    """The base, then what the dependants add."""
    row = parameters.values.on(case.on)
    persons = min(case.facts.dependants, parameters.dependants_max)
    lines = [Line("amount of the debtor alone", row.value.base_minor, row.source)]
    if persons:
        lines.append(Line(f"for {persons} supported", _added(row.value, persons), row.source))
    return lines


def _added(row: Amounts, persons: int) -> Fraction | int:
    return row.first_minor + row.further_minor * (persons - 1) if persons else 0


def _count(value: object, pointer: str) -> int:
    if type(value) is not int or not 0 <= value <= DEPENDANT_COUNT_MAX:
        reason = f"This must be a whole number from 0 to {DEPENDANT_COUNT_MAX}."
        raise fields.invalid(pointer, reason, f"此处须为 0 至 {DEPENDANT_COUNT_MAX} 的整数。")
    return value


register("with_dependants", Method(read, award=award, explain=explain))
