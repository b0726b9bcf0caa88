"""`livefreeze claims interest` and `livefreeze distribution evaluate`: JSON alone, refusals in their place."""

import json

import pytest
from click.testing import CliRunner

from livefreeze.cli import main

TERMS = {
    "currency": "CNY", "parts": [{"principal": "10000.00", "start": "2024-01-01"}],
    "rates": [{"from": "2014-08-01", "rate": "0.000175", "per": "day"}], "count": "both",
}  # fmt: skip
FACTS = {
    "currency": "USD", "amount": "3.00", "classes": ["current"], "method": "equal",
    "creditors": [{"creditor": "A", "claims": [{"class": "current", "amount": "2.00"}]}],
}  # fmt: skip


@pytest.fixture
def run(tmp_path):
    def run(document, *arguments, option):
        file = tmp_path / "document.json"
        file.write_text(document if isinstance(document, str) else json.dumps(document), "utf-8")
        done = CliRunner().invoke(main, [*arguments, option, str(file)])
        return done.exit_code, json.loads(done.stdout)

    return run


def test_interest_of_one_claim(run):
    status, found = run(TERMS, "claims", "interest", "--on", "2024-01-02", option="--terms")
    assert (status, found["interest"], found["days"]) == (0, "3.50", 2)


def test_a_list_is_answered_in_its_order_and_a_bad_item_stops_no_other(run):
    day = {"on": "2024-01-01"}
    items = [{**day, "terms": TERMS}, {**day, "terms": TERMS | {"count": 1}}, {"terms": TERMS}, 7]
    status, found = run(items, "claims", "interest", option="--terms")
    assert status == 0
    assert [one.get("interest", one.get("field")) for one in found] == ["1.75", "count", "on", ""]


@pytest.mark.parametrize(("document", "field"), [(TERMS | {"count": 1}, "count"), ("{", "terms")])
def test_a_refusal_is_json_and_ends_with_one(run, document, field):
    status, found = run(document, "claims", "interest", "--on", "2024-01-01", option="--terms")
    assert (status, found["field"]) == (1, field)


def test_a_distribution_and_a_list_of_them(run):
    status, found = run(FACTS, "distribution", "evaluate", option="--facts")
    assert (status, found["paid"], found["left"]) == (0, "2.00", "1.00")
    status, listed = run([{"facts": FACTS}, {}], "distribution", "evaluate", option="--facts")
    assert (status, listed) == (0, [found, {"error": listed[1]["error"], "field": "facts"}])


def test_half_a_character_in_a_name_is_written_as_an_escape(run):
    document = json.dumps(FACTS).replace('"A"', '"\\ud800"')
    status, found = run(document, "distribution", "evaluate", option="--facts")
    assert (status, found["shares"][0]["creditor"]) == (0, "\ud800")
