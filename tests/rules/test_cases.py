"""Published law, case by case: every binding case of a preset that stands ready, text for text."""

import json
from datetime import date
from pathlib import Path

import pytest

from livefreeze.base.errors import Problem
from livefreeze.rules import evaluation, facts, law, result

FOLDER = Path(__file__).parents[1] / "cases"
CASES = [
    case
    for path in sorted(FOLDER.glob("*.json"))
    for case in json.loads(path.read_text("utf-8"))
    if isinstance(case, dict) and case.get("rule") in law.preset_names() and case.get("binding", True)
]
NAMED = {"accounts": "account", "orders": "order"}  # lists whose rows are found by name


def answer(case):
    try:
        day = date.fromisoformat(case["on"])
        found = evaluation.evaluate(law.preset(case["rule"]), facts.parse(case["facts"]), day)
    except Problem:
        return {"refused": True}
    return result.document(found)


def expected_of(case):
    return {"refused": True} if case.get("refused") else case["expect"]


def narrowed(actual, expected, key=None):
    """The actual result, as far as the case names its keys."""
    if isinstance(expected, dict):
        return {name: narrowed(actual.get(name), value, name) for name, value in expected.items()} if actual else actual
    if isinstance(expected, list) and isinstance(actual, list):
        if key in NAMED:
            rows = {row[NAMED[key]]: row for row in actual}
            return [narrowed(rows.get(row[NAMED[key]]), row) for row in expected]
        return [narrowed(*pair) for pair in zip(actual, expected, strict=True)]
    return actual


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_case(case):
    assert narrowed(answer(case), expected_of(case)) == expected_of(case)


@pytest.mark.parametrize("case", CASES[::7], ids=lambda case: case["id"])
def test_the_order_of_rows_never_matters(case):
    turned = {key: value[::-1] if isinstance(value, list) else value for key, value in case["facts"].items()}
    assert answer(case | {"facts": turned}) == answer(case)
