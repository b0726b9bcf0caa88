"""The terms of an order as a form shows them: what a rule says, and what is set otherwise than its preset."""

from collections.abc import Mapping
from typing import Any

from livefreeze.base import clock, ids
from livefreeze.base.money import format_amount
from livefreeze.flows import rules
from livefreeze.rules import document as rule_documents

_PLAIN = ("anchor_day", "allowance", "reserve", "channels")
_OF_SWEEP = ("day", "minimum")


def of_preset(name: str) -> dict[str, Any]:
    """The terms of a preset, as a form begins."""
    return of_document(rule_documents.preset_document(name))


def of_document(document: Mapping[str, Any]) -> dict[str, Any]:
    """The terms that a rule's document has now: amounts as text, days as numbers, channels as a list."""
    rule = rule_documents.parse(document)
    allowance = rules.allowance_in_force(rule, clock.now())
    return {
        "preset": rule.preset, "anchor_day": rule.anchor_day,
        "allowance": format_amount(allowance.amount_minor, rule.currency),
        "reserve": format_amount(rule.reserve_minor, rule.currency), "channels": sorted(rule.channels),
        "day": rule.sweep_day, "minimum": format_amount(rule.sweep_minimum_minor, rule.currency),
    }


def set_otherwise(terms: Mapping[str, Any]) -> dict[str, Any]:
    """What `flows.orders.serve` takes as an order's rule: the preset, and only what is not its own anyway.

    A number that stays the preset's keeps the law's source. Where `preset` is a rule of the court, the order follows
    that, and has no terms of its own.
    """
    if is_court_rule(terms["preset"]):
        return {"court_rule": terms["preset"]}
    own = of_preset(terms["preset"]) if terms["preset"] in rules.PRESETS else {}
    differs = {name: value for name, value in terms.items() if value is not None and value != own.get(name)}
    if "channels" in differs and sorted(differs["channels"]) == own.get("channels"):
        del differs["channels"]
    sweep = {name: differs[name] for name in _OF_SWEEP if name in differs}
    plain = {name: differs[name] for name in _PLAIN if name in differs}
    return {"preset": terms["preset"], **plain, **({"sweep": sweep} if sweep else {})}


def is_court_rule(chosen: str) -> bool:
    """Is it a rule of the court that was chosen, and no preset?"""
    return ids.is_id("crl", chosen)


def edited(document: Mapping[str, Any], terms: Mapping[str, Any]) -> dict[str, Any]:
    """A prepared order's document with other terms, accounts, quota and notice number.

    Raises Problem, its field named as the form's.
    """
    changed = {**document, **{name: terms[name] for name in ("accounts", "quota", "notice_number")}}
    chosen = set_otherwise({name: terms.get(name) for name in ("preset", *_PLAIN, *_OF_SWEEP)})
    if "court_rule" in chosen:
        return changed | {"court_rule": {"id": chosen["court_rule"]}}
    source = f"{document['case_number']}, {terms['notice_number']}"
    rule = rule_documents.preset_document(chosen.pop("preset"), source=source, **chosen)
    return changed | {"rule": rule, "court_rule": None}
