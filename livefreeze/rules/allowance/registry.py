"""The methods by which an allowance is found, by name."""

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple


class AllowanceFacts(NamedTuple):
    """What a method may look at."""

    on: date  # the day whose law applies


class Allowance(NamedTuple):
    """How much may be taken in the period, and by which law."""

    amount_minor: int
    source: str


class Method(NamedTuple):
    """A way to find the allowance: read its parameters once, evaluate them for many facts."""

    read: Callable[[object, str, str], Any]  # parameters' document, its JSON pointer, currency
    evaluate: Callable[[Any, AllowanceFacts], Allowance]
    nearest_day: Callable[[Any, date], date]  # this day, else the last before it with a law, else the first


_methods: dict[str, Method] = {}


def register(name: str, method: Method) -> None:
    """Make a method known by this name. Raises ValueError where the name is taken."""
    if name in _methods:
        raise ValueError(f"two allowance methods are called {name}")
    _methods[name] = method


def names() -> tuple[str, ...]:
    """The names that a rule may use, sorted."""
    return tuple(sorted(_methods))


def method(name: str) -> Method:
    """The method of this name. Raises LookupError."""
    return _methods[name]
