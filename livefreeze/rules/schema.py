"""The JSON Schema of a rule's document, made from what the methods are called and how values are written."""

from typing import Any

from livefreeze.rules import allowance, calendar, facts, fields
from livefreeze.rules.document import CHANNELS
from livefreeze.rules.exact import ROUNDINGS

_TEXT = {"type": "string", "minLength": 1, "maxLength": fields.TEXT_LENGTH_MAX}
_AMOUNT = {"type": "string", "pattern": r"^(0|[1-9][0-9]{0,14})(\.[0-9]{1,3})?$"}
_NUMBER = {"type": "string", "pattern": r"^((0|[1-9][0-9]{0,8})(\.[0-9]{1,8})?|[0-9]{1,9}/[1-9][0-9]{0,8})$"}
_DAY = {"type": "string", "format": "date"}
_COUNT = {"type": "integer", "minimum": 0}


def _object(required: dict[str, Any], optional: dict[str, Any] | None = None) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(required),
        "properties": required | (optional or {}),
    }


def _list(item: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "minItems": 1, "items": item}


def _rows(own: dict[str, Any], optional: dict[str, Any] | None = None) -> dict[str, Any]:
    last = {"anyOf": [_DAY, {"type": "null"}]}
    return _list(_object({"valid_from": _DAY, "source": _TEXT} | own, {"valid_to": last} | (optional or {})))


def _methods() -> dict[str, dict[str, Any]]:
    """What each method is written with, beside its name."""
    amounts = _rows({"amount": _AMOUNT})
    dependants = {"first_dependant": _AMOUNT, "further_dependant": _AMOUNT}
    bounds = _list(_AMOUNT)
    sources = _list({"enum": list(facts.SOURCES)})
    rounding = {"enum": list(ROUNDINGS)}
    combined = _object({"of": _list({"$ref": "#/$defs/method"})})
    tables = _rows({"amount": _AMOUNT} | dependants | {"cap": _AMOUNT, "step": _AMOUNT})
    support = _object({"share": _NUMBER, "with_other_family": _NUMBER, "arrears_more": _NUMBER})
    return {
        "bands": _object(
            {"values": _rows({}, {"daily": bounds, "weekly": bounds, "monthly": bounds}), "rates": _list(_NUMBER),
             "above_top": _NUMBER, "rounding": rounding}
        ),
        "brackets": _object(
            {"values": _rows({}, {"bounds": bounds, "per_dependant": _AMOUNT, "amount": _AMOUNT}),
             "shares": _list(_NUMBER), "rounding": rounding},
            {"divided_by": _NUMBER, "multiples": _list(_NUMBER), "floor": amounts, "reduced_count": _COUNT,
             "extra_pay": _object({}, {"in_period": _NUMBER, "spread": _NUMBER}),
             "refused_kinds": {"type": "array", "items": {"enum": list(facts.KINDS)}}},
        ),
        "fixed": _object({"amounts": amounts}),
        "free_amount": _object(
            {"tables": _object({}, dict.fromkeys(facts.FREQUENCIES, tables)), "share": _NUMBER,
             "first_dependant_less": _NUMBER, "further_dependant_less": _NUMBER, "dependants_max": _COUNT}
        ),
        "greatest_of": combined,
        "least_of": combined,
        "local_standard": _object({"values": _rows({})}),
        "look_back": _object({"values": _rows({}), "sources": sources, "months": _COUNT}),
        "minimum_wage": _object({"values": amounts, "multiple": _NUMBER}),
        "protected_income": _object({"values": _rows({}), "sources": sources}),
        "share_above_floor": _object(
            {"values": amounts, "hours": _NUMBER, "share": _NUMBER, "support": support,
             "weeks": _object({}, dict.fromkeys(facts.FREQUENCIES, _NUMBER))},
            {"weeks_decimals": _COUNT, "floor_rounding": rounding},
        ),
        "sum_of": combined,
        "with_dependants": _object(
            {"values": _rows({"amount": _AMOUNT}, dependants | {"base_step": _AMOUNT})}, {"dependants_max": _COUNT}
        ),
    }  # fmt: skip


def _named(name: str, written: dict[str, Any]) -> dict[str, Any]:
    properties = {"method": {"const": name}} | written["properties"]
    return written | {"required": ["method", *written["required"]], "properties": properties}


def document() -> dict[str, Any]:
    """The schema. Sense beyond shape (gaps in dates, order of brackets) is checked by `livefreeze rules check`."""
    written = _methods()
    period = {
        "kind": {"enum": list(calendar.KINDS)},
        "anchor_day": {"type": "integer", "minimum": 1, "maximum": 31},
        "first_day": _DAY,
        "days": _list(_DAY),
        "moved": {"enum": ["none", "before", "after"]},
        "holidays": _list(_DAY),
        "holidays_published_to": _DAY,
        "accept_unpublished": {"type": "boolean"},
    }
    whole = _object(
        {
            "preset": _TEXT,
            "version": _TEXT,
            "currency": {"type": "string", "pattern": "^[A-Z]{3}$"},
            "period": _object({}, period),
            "allowance": {"$ref": "#/$defs/method"},
            "source": _TEXT,
        },
        {
            "title": _TEXT,
            "time_zone": _TEXT,
            "carry_over": _rows({"periods": _COUNT}),
            "reserve": _AMOUNT,
            "channels": _list({"enum": list(CHANNELS)}),
            "sweep": _object({"day": period["anchor_day"], "minimum": _AMOUNT}),
            "excess_share": _NUMBER,
            "stand_in_limit": {"anyOf": [_AMOUNT, {"type": "null"}]},
        },
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Freeze rule",
        **whole,
        "$defs": {"method": {"oneOf": [_named(name, written[name]) for name in allowance.names()]}},
    }
