"""What came in this period from sources that the law protects."""

from typing import NamedTuple

from livefreeze.rules import dated, fields
from livefreeze.rules.allowance.registry import Award, Case, Line, Method, register
from livefreeze.rules.facts import SOURCES


class Parameters(NamedTuple):
    """The protected sources, and since when they are."""

    values: dated.Values
    sources: frozenset[str]


def read(document: object, pointer: str, currency: str) -> Parameters:
    """Read the sources of income and the law's days. Raises Problem."""
    found = fields.members(document, pointer, required=("method", "values", "sources"))
    return Parameters(
        dated.read(found["values"], f"{pointer}/values", lambda entry, place: None, required=()),
        read_sources(found["sources"], f"{pointer}/sources"),
    )


def read_sources(value: object, pointer: str) -> frozenset[str]:
    """Read a list of sources of income. Raises Problem."""
    rows = fields.entries(value, pointer, count_max=len(SOURCES))
    return frozenset(fields.choice(row, f"{pointer}/{index}", SOURCES) for index, row in enumerate(rows))


def award(parameters: Parameters, case: Case) -> Award:
    """The sum of what came in by that day; nothing where the facts name no income."""
    parameters.values.on(case.on)
    return Award(
        sum(
            income.amount_minor
            for income in case.facts.incomes or ()
            if income.source in parameters.sources and case.period.start <= income.day <= case.on
        )
    )


def explain(parameters: Parameters, case: Case) -> list[Line]:
    """The sum."""
    source = parameters.values.on(case.on).source
    return [Line("protected income of this period", award(parameters, case).amount_minor, source)]


register("protected_income", Method(read, award=award, explain=explain))
