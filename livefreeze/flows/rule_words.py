"""Rules in words, for the command: which there are, what to mind in one, in what two differ."""

import json
from typing import Any

from livefreeze.base.errors import Problem
from livefreeze.flows import evaluation
from livefreeze.rules import difference, document, law


def presets() -> list[dict[str, str]]:
    """The presets, by name."""
    found = document.documents()
    return [{"rule": name, "currency": found[name]["currency"], "method": found[name]["allowance"]["method"],
             "source": found[name]["source"]} for name in law.preset_names()]  # fmt: skip


def check(path: str) -> list[str]:
    """What to mind in a rule. Raises Problem where it is none."""
    rule = evaluation.read(path)
    found = law.parse(rule)
    cautions = []
    if "channels" in rule:
        live = document.parse(rule)
        cautions += [caution.sentence for caution in document.warnings(live)]
        allowances = [row.value for row in live.allowance_parameters.rows]
        if live.stand_in_limit_minor is not None and live.stand_in_limit_minor > max(allowances):
            cautions.append("The stand-in limit lies above every allowance, so it limits nothing.")
    elif not found.allowance.method.is_wage:
        cautions.append("Freezes cannot follow this rule live: it has no channels; evaluation works.")
    return cautions


def differences(before: str, after: str) -> list[dict[str, Any]]:
    """In what two rules differ, field by field, with a sentence each. Raises Problem where one cannot be read."""
    rows = []
    for one in difference.differences(_mapping(before), _mapping(after)):
        words = f"{one.field}: {_written(one.before)} becomes {_written(one.after)}."
        rows.append({"field": one.field, "before": one.before, "after": one.after, "words": words})
    return rows


def _mapping(path: str) -> dict[str, Any]:
    found = evaluation.read(path)
    if not isinstance(found, dict):
        raise Problem("FIELD_INVALID", "/rule")
    return found


def _written(value: Any) -> str:
    return "nothing" if value is None else json.dumps(value, ensure_ascii=False)
