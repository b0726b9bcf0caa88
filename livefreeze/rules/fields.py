"""Strict reading of a rule's JSON document: every fault is a Problem that names its field."""

import re
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from livefreeze.base import money
from livefreeze.base.errors import FieldError, Problem, invalid_fields

TEXT_LENGTH_MAX = 500


def invalid(pointer: str, reason: str, reason_zh: str, *, code: str = "FIELD_INVALID") -> Problem:
    """The problem of one field, in its own words."""
    return invalid_fields([FieldError(pointer, code, reason, reason_zh)])


def mapping(value: object, pointer: str) -> Mapping[str, Any]:
    """An object with any keys."""
    if not isinstance(value, Mapping):
        raise invalid(pointer, "This must be an object.", "此处须为对象。")
    return value


def members(
    value: object, pointer: str, *, required: tuple[str, ...], optional: tuple[str, ...] = ()
) -> Mapping[str, Any]:
    """An object with exactly these keys."""
    found = mapping(value, pointer)
    for key in found:
        if key not in required and key not in optional:
            escaped = str(key).replace("~", "~0").replace("/", "~1")  # RFC 6901
            raise Problem("FIELD_UNKNOWN", f"{pointer}/{escaped}")
    for key in required:
        if key not in found:
            raise Problem("FIELD_MISSING", f"{pointer}/{key}")
    return found


def entries(value: object, pointer: str, *, count_max: int) -> list:
    """A list that is neither empty nor longer than this."""
    if not isinstance(value, list | tuple) or not value:
        raise invalid(pointer, "This must be a list with at least one entry.", "此处须为非空列表。")
    if len(value) > count_max:
        raise Problem("LIST_TOO_LONG", pointer, count_max=count_max)
    return list(value)


def text(value: object, pointer: str) -> str:
    """Text with something in it."""
    if not isinstance(value, str) or not value.strip() or len(value) > TEXT_LENGTH_MAX:
        raise Problem("TEXT_INVALID", pointer)
    return value


def choice(value: object, pointer: str, choices: tuple[str, ...]) -> str:
    """One of these words."""
    if not isinstance(value, str) or value not in choices:
        listed = ", ".join(choices)
        raise invalid(pointer, f"This must be one of: {listed}.", f"取值须为：{listed}。", code="CHOICE_UNKNOWN")
    return value


def amount(value: object, pointer: str, currency: str) -> int:
    """An amount from nothing on, in minor units."""
    try:
        return money.parse_amount(value, currency)
    except Problem as problem:
        raise problem.at(pointer) from None


def currency(value: object, pointer: str) -> str:
    """A known currency code."""
    try:
        money.digits_of(value)
    except Problem as problem:
        raise problem.at(pointer) from None
    return str(value)


def day_of_month(value: object, pointer: str) -> int:
    """A day from 1 to 31; in a month that lacks it, its last day is meant."""
    if type(value) is not int or not 1 <= value <= 31:
        raise invalid(pointer, "This must be a whole number from 1 to 31.", "此处须为 1 至 31 的整数。")
    return value


def share(value: object, pointer: str) -> Fraction:
    """A share of the whole, from "0" to "1" with at most four decimals, exact."""
    if not isinstance(value, str) or not re.fullmatch(r"0(\.[0-9]{1,4})?|1(\.0{1,4})?", value):
        reason = 'This must be text from "0" to "1" with at most four decimals, such as "0.5".'
        raise invalid(pointer, reason, "此处须为“0”至“1”之间的文本，最多四位小数，例如“0.5”。")
    return Fraction(value)


def calendar_day(value: object, pointer: str) -> date:
    """A day written as 2026-01-31."""
    problem = invalid(pointer, "This must be a day such as 2026-01-31.", "此处须为日期，例如 2026-01-31。")
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise problem
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise problem from None


def time_zone(value: object, pointer: str) -> str:
    """The name of a time zone that this machine knows."""
    problem = invalid(
        pointer, "This must be a time zone such as Asia/Shanghai.", "此处须为时区名称，例如 Asia/Shanghai。"
    )
    if not isinstance(value, str) or not re.fullmatch(r"[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*", value):
        raise problem
    try:
        return ZoneInfo(value).key
    except (OSError, ValueError, LookupError):  # unknown, a folder, not a zone's file
        raise problem from None
