"""docs/rules.md is enough: rules written from it alone, cases computed by hand, and what is refused of them.

The Austrian and the Polish document and their expected amounts in tests/cases/guide were written by a reader who knew
the guide and the shape of facts, no code and no preset; the Portuguese one was written later, when the reader had seen
the code. Each case shows its arithmetic. Austrian pay: free amounts by pay frequency, seven tenths of what is above, a
tenth less for each of five persons, a cap; its law rounds the whole pay down, the method only what is up to the cap, so
the case above the cap is a round one. Polish accounts: three quarters of the minimum wage each month. Portuguese pay: a
third, between one and three minimum wages stay. The amounts are from memory: test data, no statement of those laws.
"""

import json
import re
from copy import deepcopy
from pathlib import Path

import pytest
from click.testing import CliRunner

from livefreeze.cli import main

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "tests" / "cases" / "guide"
CASES = json.loads((FOLDER / "cases.json").read_text("utf-8"))
RULES = {name: json.loads((FOLDER / f"{name}.json").read_text("utf-8")) for name in {case["rule"] for case in CASES}}
EXAMPLES = [
    json.loads(text) for text in re.findall(r"```json\n(.*?)```", (ROOT / "docs/rules.md").read_text("utf-8"), re.S)
]
PAY, ACCOUNT = "at-existenzminimum", "pl-kwota-wolna"
FACTS = {
    PAY: {"currency": "EUR", "pay_frequency": "monthly", "disposable_earnings": "2345.67"},
    ACCOUNT: {"currency": "PLN", "accounts": [{"account": "a1", "balance": "5000.00"}]},
}
DESCENDING = {
    "method": "brackets",
    "shares": ["0", "1/2", "1"],
    "rounding": "down",
    "values": [{"valid_from": "2024-01-01", "source": "Act 1, section 1", "bounds": ["2.00", "1.00"]}],
}
BY_NAME = {"method": "least_of", "of": ["least_of"]}
ITSELF = {"method": "sum_of", "of": [{"method": "pl-kwota-wolna"}]}
VALUES = ("allowance", "values")


@pytest.fixture
def evaluate(tmp_path):
    def answers(items):
        path = tmp_path / "batch.json"
        path.write_text(json.dumps(items), "utf-8")
        ran = CliRunner().invoke(main, ["rules", "evaluate", "--facts", str(path)])
        assert ran.exit_code == 0
        return json.loads(ran.stdout)

    return answers


def changed(rule, path, value):
    """The rule with one field set otherwise; `...` takes the field away."""
    document = deepcopy(rule)
    *above, last = path
    place = document
    for key in above:
        place = place[key]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return document


@pytest.mark.parametrize("name", sorted(RULES))
def test_the_rules_are_rules(name):
    assert CliRunner().invoke(main, ["rules", "check", str(FOLDER / f"{name}.json")]).exit_code == 0


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_hand_computed(evaluate, case):
    [answer] = evaluate([{"rule": RULES[case["rule"]], "on": case["on"], "facts": case["facts"]}])
    assert {key: answer.get(key) for key in case["expect"]} == case["expect"]


def test_the_examples_of_the_guide_do_what_it_says(evaluate):
    whole, pay = EXAMPLES
    accounts = {"currency": "EUR", "accounts": [{"account": "a1", "balance": "5000.00"}], "dependants": 2}
    earned = {"currency": "EUR", "pay_frequency": "monthly", "disposable_earnings": "3010.00", "dependants": 2}
    items = [(whole, accounts), (whole | {"allowance": pay}, earned)]
    found = evaluate([{"rule": rule, "facts": facts, "on": "2026-11-12"} for rule, facts in items])
    assert [(one["protected"], one["attachable"]) for one in found] == [("1350.00", "3650.00"), ("2400.50", "609.50")]


@pytest.mark.parametrize(
    ("name", "path", "value", "field", "remedy"),
    [
        (ACCOUNT, ("allowance", "method"), "min_wage", "allowance/method", "one of: bands"),
        (ACCOUNT, ("allowance", "multiples"), "0.75", "allowance/multiples", "leave it out"),
        (ACCOUNT, ("allowance", "multiple"), ..., "allowance/multiple", "required"),
        (ACCOUNT, ("currancy",), "PLN", "currancy", "leave it out"),
        (ACCOUNT, (*VALUES, 1, "ammount"), "1.00", "allowance/values/1/ammount", "leave it out"),
        (ACCOUNT, (*VALUES, 1, "source"), ..., "allowance/values/1/source", "required"),
        (ACCOUNT, (*VALUES, 1, "valid_to"), "2025-01-01", "allowance/values", "end the earlier one on 2024-12-31"),
        (ACCOUNT, (*VALUES, 1, "valid_to"), "2024-12-30", "allowance/values", "close the gap"),
        (ACCOUNT, (*VALUES, 1, "amount"), 4300.0, "allowance/values/1/amount", 'such as "2500.00"'),
        (ACCOUNT, ("allowance", "multiple"), 0.75, "allowance/multiple", "must be text"),
        (ACCOUNT, ("currency",), "PLX", "currency", "ISO 4217"),
        (ACCOUNT, ("currency",), "JPY", "allowance/values/0/amount", "0 after it"),
        (PAY, ("allowance", "share"), "1.10", "allowance/share", "write one quarter as 0.25"),
        (PAY, ("allowance", "dependants_max"), "5", "allowance/dependants_max", "whole number such as 5"),
        (PAY, ("allowance", "dependants_max"), -1, "allowance/dependants_max", "whole number such as 5"),
        (PAY, ("allowance", "dependants_max"), 9, "allowance/dependants_max", "With 9 persons"),
        (PAY, ("allowance",), DESCENDING, "allowance/values/0/bounds/1", "must ascend"),
        (PAY, ("allowance",), BY_NAME, "allowance/of/0", "method with its parameters"),
        (ACCOUNT, ("allowance",), ITSELF, "allowance/of/0/method", "one of: bands"),
        (ACCOUNT, ("time_zone",), "Europe/Warszawa", "time_zone", "time zone such as"),
        (ACCOUNT, ("title",), {"en": "Free amount"}, "title", "text"),
        (ACCOUNT, ("sweep",), "daily", "sweep", "object"),
        (ACCOUNT, ("sweep",), {"day": 28, "minimum": 1}, "sweep/minimum", "2500.00"),
        (ACCOUNT, ("channels",), ["cheque"], "channels/0", "one of: counter"),
        (ACCOUNT, ("excess_share",), "2", "excess_share", "from \"0\" to \"1\""),
        (ACCOUNT, ("stand_in_limit",), 5, "stand_in_limit", "2500.00"),
    ],
)  # fmt: skip
def test_a_bad_rule_names_field_and_remedy(evaluate, name, path, value, field, remedy):
    rule = changed(RULES[name], path, value)
    [answer] = evaluate([{"rule": rule, "facts": FACTS[name], "on": "2026-02-10"}])
    assert answer.keys() == {"error", "field"}
    assert (answer["field"], remedy in answer["error"]) == (f"rule/{field}", True), answer


@pytest.mark.parametrize(
    ("name", "facts", "on", "field", "remedy"),
    [
        (ACCOUNT, FACTS[ACCOUNT] | {"currency": "EUR"}, "2026-02-10", "currency", "The rule is for PLN"),
        (ACCOUNT, {"currency": "PLN"}, "2026-02-10", "accounts", "required"),
        (ACCOUNT, [], "2026-02-10", "facts", "object"),
        (PAY, {"currency": "EUR", "pay_frequency": "monthly"}, "2026-02-10", "disposable_earnings", "required"),
        (PAY, {"currency": "EUR", "disposable_earnings": "1.00"}, "2026-02-10", "pay_frequency", "required"),
        (
            PAY,
            FACTS[PAY] | {"pay_frequency": "yearly"},
            "2026-02-10",
            "pay_frequency",
            "one of: monthly, weekly, daily",
        ),
        (ACCOUNT, FACTS[ACCOUNT], "2023-12-31", "on", "its first day is 2024-01-01"),
        (ACCOUNT, FACTS[ACCOUNT], None, "on", "required"),
    ],
)
def test_bad_facts_name_field_and_remedy(evaluate, name, facts, on, field, remedy):
    [answer] = evaluate([{"rule": RULES[name], "facts": facts, "on": on}])
    assert (answer["field"], remedy in answer["error"]) == (field, True), answer


def test_a_day_after_the_last_row_is_told_the_last_day(evaluate):
    rule = changed(RULES[ACCOUNT], (*VALUES, 3, "valid_to"), "2026-12-31")
    [answer] = evaluate([{"rule": rule, "facts": FACTS[ACCOUNT], "on": "2027-01-01"}])
    assert (answer["field"], "its last day is 2026-12-31" in answer["error"]) == ("on", True)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[1]", "must be an object"),
        ('{"preset": "a",\n "version" }', "line 2, column 12"),
        ('{"version": "1", "version": "2"}', '"version" stands twice'),
        ('{"allowance": ' + '{"method": "least_of", "of": [' * 10_000 + "]}" * 10_000 + "}", "combine fewer"),
    ],
    ids=["list", "syntax", "twice", "deep"],
)
def test_a_file_that_is_no_rule(tmp_path, text, words):
    path = tmp_path / "rule.json"
    path.write_text(text, "utf-8")
    ran = CliRunner().invoke(main, ["rules", "check", str(path)])
    assert ran.exit_code == 1
    assert words in ran.output


def test_a_live_rule_may_say_that_its_period_is_a_month(tmp_path):
    rule = json.loads(CliRunner().invoke(main, ["rules", "show", "cn-live-freeze"]).stdout)
    path = tmp_path / "rule.json"
    path.write_text(json.dumps(rule | {"period": {"kind": "month", "anchor_day": 10}}), "utf-8")
    assert CliRunner().invoke(main, ["rules", "check", str(path)]).exit_code == 0
    path.write_text(json.dumps(rule | {"period": {"kind": "week", "anchor_day": 10}}), "utf-8")
    assert CliRunner().invoke(main, ["rules", "check", str(path)]).exit_code == 1
