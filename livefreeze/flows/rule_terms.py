"""The terms of a court's rule as a form shows them, and the document that comes of what was typed."""

from collections.abc import Mapping
from typing import Any

from livefreeze.base.money import format_amount
from livefreeze.flows import order_terms, rules
from livefreeze.flows.pointers import under
from livefreeze.rules import document as rule_documents

_PLAIN = ("anchor_day", "allowance", "reserve", "channels")
_OF_SWEEP = ("day", "minimum")
LIMIT = "stand_in_limit"


def of_document(document: Mapping[str, Any]) -> dict[str, Any]:
    """The terms that a rule's document has now: amounts as text, days as numbers, no limit as no text."""
    rule = rule_documents.parse(document)
    limit = "" if rule.stand_in_limit_minor is None else format_amount(rule.stand_in_limit_minor, rule.currency)
    return order_terms.of_document(document) | {
        LIMIT: limit, "source": rule.source, "currency": rule.currency, "time_zone": rule.time_zone,
    }


def of_preset(name: str) -> dict[str, Any]:
    """The terms of a preset, as the form of a new rule begins."""
    return of_document(rule_documents.preset_document(name)) | {"source": ""}


def base_of(preset: str | None) -> dict[str, Any]:
    """A preset's document. Raises Problem for one that there is not."""
    return rule_documents.preset_document(preset or rules.PRESETS[0])


def document(base: Mapping[str, Any], terms: Mapping[str, Any]) -> dict[str, Any]:
    """A rule's document with these terms; a number that stays the same keeps its source.

    Raises Problem, its field named as the form's.
    """
    own = of_document(base)
    given = {name: terms[name] for name in (*_PLAIN, *_OF_SWEEP) if _is_other(terms.get(name), own[name])}
    changes: dict[str, Any] = {name: given[name] for name in _PLAIN if name in given}
    if sweep := {name: given[name] for name in _OF_SWEEP if name in given}:
        changes["sweep"] = sweep
    if (terms.get(LIMIT) or "") != own[LIMIT]:
        changes[LIMIT] = terms.get(LIMIT) or None
    with under("/rule"):
        return rule_documents.changed_document(base, source=terms.get("source"), **changes)


def edited(before: Mapping[str, Any], terms: Mapping[str, Any]) -> dict[str, Any]:
    """A prepared rule's document with other terms, and, of a new rule, another name."""
    changed = {**before, "rule": document(before["rule"], terms)}
    return changed if before["from_version"] else {**changed, "name": terms["name"]}


def _is_other(typed: object, own: object) -> bool:
    if isinstance(typed, list):
        return sorted(typed) != own
    return typed is not None and typed != own
