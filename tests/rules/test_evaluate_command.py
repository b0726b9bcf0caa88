"""The commands of rules, claims and distributions: JSON only, one or many, refusals in their place."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from livefreeze.cli import main

CASES = Path(__file__).parents[1] / "cases"
ONE = json.loads((CASES / "cn-live-freeze.json").read_text("utf-8"))[0]


@pytest.fixture
def run(tmp_path):
    def call(command, document=None, *more):
        arguments = command.split()
        if document is not None:
            path = tmp_path / "document.json"
            path.write_text(document if isinstance(document, str) else json.dumps(document), "utf-8")
            arguments.append(str(path))
        return CliRunner().invoke(main, [*arguments, *more])

    return call


def test_one(run):
    ran = run("rules evaluate --rule cn-live-freeze --on 2026-11-12 --facts", ONE["facts"])
    assert ran.exit_code == 0
    assert json.loads(ran.stdout)["allowance_left"] == "1500.00"


def test_a_refusal_names_the_field(run):
    ran = run("rules evaluate --rule us-ccpa --on 2026-03-15 --facts", {"currency": "USD", "pay_frequency": "weekly"})
    assert ran.exit_code == 1
    assert json.loads(ran.stdout) == {"error": "This field is required.", "field": "disposable_earnings"}


def test_a_bad_item_of_many_is_answered_in_its_place(run):
    good = json.dumps({"rule": "cn-live-freeze", "on": "2026-11-12", "facts": ONE["facts"]})
    deep = '{"rule": ' + '{"of": [' * 10_000 + "]}" * 10_000 + ', "note": "]\\"}"}'
    ran = run("rules evaluate --facts", f'[{good}, {{"rule": "none"}}, 5, {deep}, {{"rule": {{}}}}, {good}]')
    answers = json.loads(ran.stdout)
    assert ran.exit_code == 0
    assert [answer.get("field") for answer in answers] == [None, "rule", "", "", "rule/preset", None]


@pytest.mark.parametrize(
    ("text", "count"), [("[]", 0), ("[] x", 1), ("[1", 2), ("[1] x", 2), ("[NaN]", 1), ("[{]", 1), (" [ ]", 0)]
)
def test_a_list_that_is_none(run, text, count):
    answers = json.loads(run("rules evaluate --facts", text).stdout)
    assert len(answers) == count


@pytest.mark.parametrize("text", ["{", '{"currency": NaN}', "{" * 3, '{"a":' * 100_000])
def test_facts_that_are_no_json(run, text):
    ran = run("rules evaluate --rule cn-live-freeze --facts", text)
    assert (ran.exit_code, json.loads(ran.stdout)["field"]) == (1, "facts")


def test_a_file_that_is_not_there(run):
    ran = run("rules evaluate --rule cn-live-freeze --facts", None, "/none.json")
    assert (ran.exit_code, json.loads(ran.stdout)["field"]) == (1, "facts")


def test_a_rule_from_a_file(run, tmp_path):
    shown = run("rules show", None, "cn-live-freeze").stdout
    (tmp_path / "rule.json").write_text(shown.replace("2500.00", "3000.00"), "utf-8")
    ran = run("rules evaluate --on 2026-11-12 --facts", ONE["facts"], "--rule", str(tmp_path / "rule.json"))
    assert json.loads(ran.stdout)["allowance"] == "3000.00"
    assert run("rules check", None, str(tmp_path / "rule.json")).exit_code == 0
    words = run("rules diff cn-live-freeze", None, str(tmp_path / "rule.json")).stdout
    assert words == 'allowance: "2500.00" becomes "3000.00".\n'


def test_list_names_every_preset(run):
    rows = json.loads(run("rules list --json").stdout)["rules"]
    assert [row["rule"] for row in rows] == [
        "cn-live-freeze", "cn-subsistence", "de-850c", "de-p-konto", "es-607", "fr-sbi", "fr-wages", "gb-ctaeo",
        "gb-ctaeo-wales", "us-31cfr212", "us-ccpa", "us-va-wages",
    ]  # fmt: skip


@pytest.mark.parametrize("rule", ["cn-live-freeze", "cn-subsistence", "de-850c"])
def test_check_warns(run, rule):
    assert run("rules check --json", None, rule).exit_code == 0


def test_explain(run):
    ran = run("rules explain --rule cn-live-freeze --on 2026-11-12 --facts", ONE["facts"])
    assert "allowance left" in ran.stdout


@pytest.mark.parametrize(("command", "file"), [
    ("rules evaluate --rule cn-live-freeze --on 2026-11-12", "--facts"),
    ("claims interest --on 2026-11-12", "--terms"),
    ("distribution evaluate", "--facts"),
])
def test_the_file_that_the_help_shows_is_taken(run, command, file):
    shown = run(f"{command} --help").stdout
    example = shown[shown.index('{"currency"') : shown.index("Options:")]
    ran = run(f"{command} {file}", json.loads(example))
    assert (ran.exit_code, json.loads(ran.stdout)["currency"]) == (0, "CNY")


def test_interest(run):
    case = json.loads((CASES / "claims-cn-delay-interest.json").read_text("utf-8"))[0]
    assert json.loads(run("claims interest --on 2022-01-01 --terms", case["terms"]).stdout)["interest"] == "1.75"
    many = json.loads(run("claims interest --terms", [{"on": case["on"], "terms": case["terms"]}, {}]).stdout)
    assert [answer.get("field") for answer in many] == [None, "terms"]
    assert run("claims interest --terms", case["terms"]).exit_code == 1


def test_distribution(run):
    case = json.loads((CASES / "split-support.json").read_text("utf-8"))[0]
    assert json.loads(run("distribution evaluate --facts", case["facts"]).stdout)["paid"] == "425.00"
    many = json.loads(run("distribution evaluate --facts", [{"facts": case["facts"]}, {}]).stdout)
    assert [answer.get("field") for answer in many] == [None, "facts"]


@pytest.mark.parametrize("on", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("rule", ["us-31cfr212", "fr-wages", "de-p-konto"])
def test_the_ends_of_time_stop_no_batch(run, rule, on):
    facts = {"currency": "EUR", "accounts": [], "incomes": [], "pay_frequency": "monthly"}
    facts["currency"] = "USD" if rule.startswith("us") else "EUR"
    answers = json.loads(run("rules evaluate --facts", [{"rule": rule, "on": on, "facts": facts}]).stdout)
    assert len(answers) == 1


def test_half_a_character_is_written_all_the_same(run):
    facts = {"currency": "CNY", "accounts": [{"account": "\ud800", "balance": "1.00"}]}
    found = json.loads(run("rules evaluate --rule cn-live-freeze --on 2026-11-12 --facts", facts).stdout)
    assert found["accounts"][0]["account"] == "\ud800"
