"""The local minimum living standard times the persons who live on it; the standard comes with the facts."""

from livefreeze.rules import dated, facts, fields
from livefreeze.rules.allowance.registry import Award, Case, Line, Method, register


def read(document: object, pointer: str, currency: str) -> dated.Values:
    """Read since when, and by which law, the local standard counts. Raises Problem."""
    found = fields.members(document, pointer, required=("method", "values"))
    return dated.read(found["values"], f"{pointer}/values", lambda entry, place: None, required=())


def award(values: dated.Values, case: Case) -> Award:
    """The standard for the debtor and each dependant. Raises Problem where the facts lack the standard."""
    values.on(case.on)
    return Award(facts.needed(case.facts, "local_standard") * (1 + case.facts.dependants))


def explain(values: dated.Values, case: Case) -> list[Line]:
    """The standard of one person, then of all."""
    source = values.on(case.on).source
    one = facts.needed(case.facts, "local_standard")
    persons = 1 + case.facts.dependants
    return [
        Line("local minimum living standard of one person", one, source),
        Line(f"for {persons} in all", one * persons, source),
    ]


register("local_standard", Method(read, award=award, explain=explain))
