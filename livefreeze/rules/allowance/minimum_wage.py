"""A multiple of the minimum wage a period."""

from fractions import Fraction
from typing import NamedTuple

from livefreeze.rules import dated, exact, fields
from livefreeze.rules.allowance.registry import Award, Case, Line, Method, register


class Parameters(NamedTuple):
    """The wage by its days, and how many of it a period grants."""

    wages: dated.Values
    multiple: Fraction


def read(document: object, pointer: str, currency: str) -> Parameters:
    """Read wages and multiple. Raises Problem."""
    found = fields.members(document, pointer, required=("method", "values", "multiple"))
    wages = dated.read(
        found["values"],
        f"{pointer}/values",
        lambda entry, place: fields.amount(entry["amount"], f"{place}/amount", currency),
        required=("amount",),
    )
    return Parameters(wages, exact.number(found["multiple"], f"{pointer}/multiple"))


def award(parameters: Parameters, case: Case) -> Award:
    """The multiple of the day's wage, exact."""
    return Award(parameters.wages.on(case.on).value * parameters.multiple)


def explain(parameters: Parameters, case: Case) -> list[Line]:
    """The wage and its multiple."""
    row = parameters.wages.on(case.on)
    amount = row.value * parameters.multiple
    return [Line("minimum wage", row.value, row.source), Line(f"times {parameters.multiple}", amount, row.source)]


register("minimum_wage", Method(read, award=award, explain=explain))
