"""The position of an account, with the figures of the story and the steps by which they came."""

from datetime import datetime

import pytest

from livefreeze.base import clock
from tests.court.world import freeze


@pytest.fixture
def frozen(court, bank):
    return freeze(court, bank)


def test_the_storys_figures(court, frozen):
    shown = court.auditor.get(f"/accounts/{frozen.account}/position")
    assert (shown["balance"], shown["held"], shown["in_transit"]) == ("8000.00", "0.00", "0.00")
    assert shown["position"] == {
        "spendable": "2500.00", "free": "0.00", "allowance_left": "2500.00", "quota_left": "60000.00",
        "surplus": "5500.00", "reserved": "0.00", "shortfall": "0.00",
    }
    assert shown["pool"]["present"] == "8000.00"


def test_every_step_is_told_in_both_languages_with_its_source(court, frozen):
    steps = court.auditor.get(f"/accounts/{frozen.account}/position")["explanation"]
    assert {"step": "surplus", "step_zh": "盈余", "amount": "5500.00", "source": steps[-2]["source"]} in steps
    assert all(step["step"] and step["step_zh"] and step["source"] for step in steps)
    assert "法释〔2004〕15号" in steps[1]["source"]


def test_two_accounts_of_a_debtor_are_one_pool(court, bank):
    debtor = court.registers_debtor()
    bodies = [court.account_body(debtor, allowance_account=True), court.account_body(debtor)]
    accounts = [court.clerk.post("/accounts", **body)["id"] for body in bodies]
    order = court.serves_order(court.opens_case(debtor), debtor, *accounts)
    for body, balance in zip(bodies, ("1000.00", "5000.00"), strict=True):
        bank.accepts(order, account=body["account"], balance=balance)
    shown = [court.auditor.get(f"/accounts/{account}/position") for account in accounts]
    assert [one["pool"]["spendable"] for one in shown] == ["2500.00", "2500.00"]
    assert [one["position"]["spendable"] for one in shown] == ["1000.00", "2500.00"]
    assert [one["position"]["surplus"] for one in shown] == ["0.00", "3500.00"]  # the allowance account last


def test_a_new_period_is_shown_before_any_movement_has_begun_it(court, frozen, monkeypatch):
    path = f"/accounts/{frozen.account}/position"
    period = court.auditor.get(path)["period"]
    later = clock.parse_instant(period["end"])
    monkeypatch.setattr(clock, "now", lambda: later)
    shown = court.auditor.get(path)
    assert shown["period"]["start"] == period["end"]
    assert datetime.fromisoformat(shown["period"]["end"]) > later


def test_an_account_that_is_not_frozen_has_only_its_balances(court, bank):
    account = court.registers_account(court.registers_debtor())
    shown = court.auditor.get(f"/accounts/{account}/position")
    assert (shown["is_frozen"], shown["balance"]) == (False, "0.00")
    assert (shown["position"], shown["pool"], shown["period"], shown["explanation"]) == (None, None, None, [])
