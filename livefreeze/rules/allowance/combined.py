"""Methods made of others: the least, the greatest or the sum of their amounts."""

from collections.abc import Callable
from typing import Any

from livefreeze.rules import fields
from livefreeze.rules.allowance import reading
from livefreeze.rules.allowance.registry import Award, Case, Line, Method, register

PART_COUNT_MAX = 20


def read(document: object, pointer: str, currency: str) -> tuple[reading.Read, ...]:
    """Read the parts under `of`. Raises Problem for a part that judges wages or accounts one by one."""
    found = fields.members(document, pointer, required=("method", "of"))
    rows = fields.entries(found["of"], f"{pointer}/of", count_max=PART_COUNT_MAX)
    parts = tuple(reading.read(row, f"{pointer}/of/{index}", currency) for index, row in enumerate(rows))
    for index, part in enumerate(parts):
        if part.method.is_wage or part.name == "look_back":
            place = f"{pointer}/of/{index}/method"
            raise fields.invalid(
                place, "This method cannot be combined with others; use it alone.", "此方法不能与其他方法组合。"
            )
    return parts


def _register(name: str, words: str, choose: Callable[[Any], Any]) -> None:
    def award(parts: tuple[reading.Read, ...], case: Case) -> Award:
        return Award(choose([part.award(case).amount_minor for part in parts]))

    def explain(parts: tuple[reading.Read, ...], case: Case) -> list[Line]:
        lines = [line for part in parts for line in part.explain(case)]
        amounts = [(part.award(case).amount_minor, part) for part in parts]
        return [*lines, Line(words, choose([amount for amount, _ in amounts]), lines[-1].source)]

    register(name, Method(read, award=award, explain=explain))


_register("least_of", "the least of these", min)
_register("greatest_of", "the greatest of these", max)
_register("sum_of", "the sum of these", sum)
