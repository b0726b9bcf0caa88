"""Exact numbers of the law: fractions of minor units, and the few ways in which a law rounds them."""

import re
from fractions import Fraction
from math import ceil, floor

from livefreeze.rules import fields

_DECIMAL = re.compile(r"(0|[1-9][0-9]{0,8})(\.[0-9]{1,8})?")
_RATIO = re.compile(r"([0-9]{1,9})/([1-9][0-9]{0,8})")


def number(value: object, pointer: str) -> Fraction:
    """A number from nothing on, written as "2.16665" or "1/20", exact. Raises Problem."""
    if isinstance(value, str):
        if _DECIMAL.fullmatch(value):
            return Fraction(value)
        if match := _RATIO.fullmatch(value):
            return Fraction(int(match[1]), int(match[2]))
    reason = 'This must be text such as "30", "2.16665" or "1/20".'
    raise fields.invalid(pointer, reason, "此处须为文本，例如“30”、“2.16665”或“1/20”。")


def share(value: object, pointer: str) -> Fraction:
    """A share of the whole, from nothing to one. Raises Problem."""
    found = number(value, pointer)
    if found > 1:
        raise fields.invalid(
            pointer, "A share must not be above 1; write one quarter as 0.25.", "比例不得大于 1，四分之一请写作 0.25。"
        )
    return found


def down(exact: Fraction | int, step: int = 1) -> int:
    """The greatest multiple of the step that is not above this."""
    return floor(Fraction(exact, step)) * step


def up(exact: Fraction | int, step: int = 1) -> int:
    """The least multiple of the step that is not below this."""
    return ceil(Fraction(exact, step)) * step


def half_up(exact: Fraction | int) -> int:
    """The nearest whole number, a half to the greater."""
    return floor(exact + Fraction(1, 2))


def half_down(exact: Fraction | int) -> int:
    """The nearest whole number, a half to the lesser."""
    return ceil(exact - Fraction(1, 2))


ROUNDINGS = {"down": down, "up": up, "half_up": half_up, "half_down": half_down}
"""The ways that a rule may name; each to a whole minor unit."""
