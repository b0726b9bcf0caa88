"""Read what methods have in common: one with its parameters, nested but not too deep, and bounds that ascend."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any, NamedTuple

from livefreeze.base.errors import Problem
from livefreeze.rules import fields
from livefreeze.rules.allowance import registry

DEPTH_MAX = 8


class Read(NamedTuple):
    """A method by name, with its parameters as it has read them."""

    name: str
    parameters: Any

    @property
    def method(self) -> registry.Method:
        """What can be asked of it."""
        return registry.method(self.name)

    def award(self, case: registry.Case) -> registry.Award | registry.Taking:
        """The method's answer for this case."""
        return self.method.award(self.parameters, case)

    def explain(self, case: registry.Case) -> list[registry.Line]:
        """The steps that lead to the answer."""
        return self.method.explain(self.parameters, case)


def read(document: object, pointer: str, currency: str) -> Read:
    """Read `{"method": name, …}`. Raises Problem, also where methods nest deeper than eight."""
    if pointer.count("/of/") >= DEPTH_MAX:
        reason = f"Methods are nested deeper than {DEPTH_MAX}, or one refers to itself; combine fewer."
        raise fields.invalid(pointer, reason, f"方法嵌套超过 {DEPTH_MAX} 层或引用自身，请减少嵌套。")
    if not isinstance(document, Mapping):
        reason = 'This must be a method with its parameters, such as {"method": "fixed", …}; no rule stands in for one.'
        raise fields.invalid(pointer, reason, '此处须为方法及其参数，例如 {"method": "fixed", …}；不得引用规则名称。')
    found = document
    if "method" not in found:
        raise Problem("FIELD_MISSING", f"{pointer}/method")
    name = fields.choice(found["method"], f"{pointer}/method", registry.names())
    return Read(name, registry.method(name).read(found, pointer, currency))


def refuse_disorder(bounds: Sequence[int | Fraction], pointer: str) -> None:
    """Refuse bounds of which one is not above the one before. Raises Problem naming it."""
    for index, (lower, upper) in enumerate(pairwise(bounds), start=1):
        if upper <= lower:
            reason = "Bounds must ascend; put this one in its place."
            raise fields.invalid(f"{pointer}/{index}", reason, "各级上限须递增，请更正顺序。")
