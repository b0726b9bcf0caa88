"""A fixed amount a period, whatever comes in: amounts one after the other, each with its law's dates."""

from datetime import date
from typing import Any

from livefreeze.rules import dated, fields
from livefreeze.rules.allowance.registry import Allowance, AllowanceFacts, Award, Case, Line, Method, register


def read(document: object, pointer: str, currency: str) -> dated.Values:
    """The amounts, in minor units. Raises Problem, also where two are law on one day, or none between two."""
    parameters = fields.members(document, pointer, required=("method", "amounts"))

    def amount(entry: Any, place: str) -> int:
        return fields.amount(entry["amount"], f"{place}/amount", currency)

    return dated.read(parameters["amounts"], f"{pointer}/amounts", amount, required=("amount",))


def evaluate(amounts: dated.Values, facts: AllowanceFacts) -> Allowance:
    """The amount of the day. Raises Problem on a day for which no amount is law."""
    found = amounts.on(facts.on)
    return Allowance(found.value, found.source)


def nearest_day(amounts: dated.Values, day: date) -> date:
    """This day if an amount is law on it, else the last day on which one was, else the first of all."""
    first, last = amounts.rows[0].valid_from, amounts.rows[-1].valid_to
    return max(first, day if last is None else min(day, last))


def _award(amounts: dated.Values, case: Case) -> Award:
    return Award(amounts.on(case.on).value)


def _explain(amounts: dated.Values, case: Case) -> list[Line]:
    found = amounts.on(case.on)
    return [Line("fixed amount of a period", found.value, found.source)]


register("fixed", Method(read, evaluate, nearest_day, _award, _explain))
