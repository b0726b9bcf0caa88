"""The methods by which an allowance is found, by name, and what each of them may be asked.

A method is a module with pure functions, registered by name when the package is imported:

- `read(document, pointer, currency)` reads its parameters once, strictly, and returns them in a form of its own.
  Values of the law are rows read by `rules.dated`, each with source and days. Combinators read what they combine by
  `reading.below`, which bounds how deep a rule may nest.
- `award(parameters, case)` answers for one debtor and one day. A method of accounts (a fixed amount, a local
  standard, a look-back) returns an `Award`: the amount of the period, before rests of earlier periods. A method of
  wages (brackets, shares, bands of the pay) returns a `Taking`: what may be taken of the base, as the widest limit
  among the kinds of order, and for each order by rank, none above its quota left. `case.base_minor` is the pay,
  `case.facts` the rest: orders already stand by rank, each with its kind and `made_on`, pay frequency and period.
  Where the pay is missing or the law has no table for its frequency, raise the Problem of that field
  (`facts.needed`, `fields.invalid`); never fall back silently.
- `explain(parameters, case)` makes the steps that lead to the answer, each with the source of its figure. It is
  called only when somebody asks, so `award` builds no text.
- `evaluate(parameters, AllowanceFacts)` and `nearest_day` exist only on methods that a live freeze can follow: those
  that need nothing but the day. Other methods leave them None and are refused for live freezes.
- `is_wage` says that there must be a pay, and that the allowance is what is left of it.
"""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from livefreeze.rules.calendar import Days
from livefreeze.rules.facts import Facts


class AllowanceFacts(NamedTuple):
    """What a method may look at in a live freeze."""

    on: date  # the day whose law applies


class Allowance(NamedTuple):
    """How much may be taken in the period, and by which law."""

    amount_minor: int
    source: str


class Case(NamedTuple):
    """What a method may look at when a rule is evaluated for facts."""

    facts: Facts
    on: date  # the day whose law applies
    period: Days  # in which that day lies
    base_minor: int  # the pay, else the money there with what was used of it


class Award(NamedTuple):
    """What a period grants, whatever money is there; a look-back rule also says it account by account."""

    amount_minor: Fraction | int
    by_account: tuple[tuple[str, int], ...] | None = None
    window: Days | None = None


class Taking(NamedTuple):
    """What may be taken of a pay: the widest limit, and what each order takes, by rank."""

    attachable_minor: int
    orders: tuple[tuple[str, int], ...]


class Line(NamedTuple):
    """One step of an explanation; the amount in minor units."""

    step: str
    amount_minor: Fraction | int
    source: str


class Method(NamedTuple):
    """A way to find the allowance: read its parameters once, evaluate them for many facts."""

    read: Callable[[object, str, str], Any]  # parameters' document, its JSON pointer, currency
    evaluate: Callable[[Any, AllowanceFacts], Allowance] | None = None
    nearest_day: Callable[[Any, date], date] | None = None  # this day, else the last before it with a law, else first
    award: Callable[[Any, Case], Award | Taking] | None = None
    explain: Callable[[Any, Case], list[Line]] | None = None
    is_wage: bool = False


_methods: dict[str, Method] = {}


def register(name: str, method: Method) -> None:
    """Make a method known by this name. Raises ValueError where the name is taken."""
    if name in _methods:
        raise ValueError(f"two allowance methods are called {name}")
    _methods[name] = method


def names() -> tuple[str, ...]:
    """The names that a rule may use, sorted."""
    return tuple(sorted(_methods))


def live_names() -> tuple[str, ...]:
    """The methods that a live freeze can follow, sorted."""
    return tuple(name for name in names() if _methods[name].evaluate is not None)


def method(name: str) -> Method:
    """The method of this name. Raises LookupError."""
    return _methods[name]
