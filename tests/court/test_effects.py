"""What an act would change, told before it is done: it is what happens when it is."""

import pytest

from livefreeze.base.errors import Problem
from livefreeze.flows import sweep
from livefreeze.flows.orders import effects
from livefreeze.flows.transaction import reading
from livefreeze.store import courts
from tests.court.world import freeze


@pytest.fixture(scope="module")
def court_id(court) -> str:
    with reading() as connection:
        return courts.by_code(connection, court.code).id


def after(told: dict) -> dict[str, str]:
    (pool,) = told["pools"]
    return {name: figure["after"] for name, figure in pool["figures"].items()}


def now(court, account: str) -> dict[str, str]:
    pool = court.auditor.get(f"/accounts/{account}/position")["pool"]
    return {name: pool[name] for name in ("spendable", "surplus", "reserved", "quota_left")}


@pytest.mark.parametrize("quota", ["50000.00", "4000.00", "70000.00"])
def test_an_amendment_does_what_was_told(court, bank, court_id, quota):
    frozen = freeze(court, bank)
    told = effects.of_amendment(frozen.order, quota, court_id=court_id)
    court.approves(court.clerk.post(f"/orders/{frozen.order}/amend", quota=quota))
    assert now(court, frozen.account) == after(told)
    assert (told["ends"], told["claim"]["target"]["after"]) == (False, quota)


def test_a_release_tells_what_becomes_free(court, bank, court_id):
    frozen = freeze(court, bank)
    told = effects.of_release(frozen.order, court_id=court_id)
    assert told["pools"][0]["figures"]["spendable"] == {
        "before": "2500.00", "after": "8000.00", "change": "5500.00", "way": "more"
    }
    assert (told["becomes"], told["has_transfers"]) == ("released", False)


def test_of_two_orders_the_other_goes_on(court, other_court, bank, court_id):
    frozen = freeze(court, bank)
    debtor = other_court.registers_debtor(id_number=court_debtor_number(frozen))
    case = other_court.opens_case(debtor)
    second = other_court.serves_order(case, debtor, frozen.account)
    bank.accepts(second, account=frozen.number)
    told = effects.of_release(frozen.order, court_id=court_id)
    assert told["pools"][0]["figures"]["spendable"]["way"] == "same"
    assert told["pools"][0]["figures"]["quota_left"]["after"] == "60000.00"


def test_before_a_receipt_nothing_is_known_of_the_account(court, bank, court_id):
    debtor = court.registers_debtor()
    case, account = court.opens_case(debtor), court.registers_account(debtor)
    order = court.serves_order(case, debtor, account)
    told = effects.of_release(order, court_id=court_id)
    assert (told["becomes"], told["pools"]) == ("revoked", [])


def test_a_sweep_does_what_was_told(court, bank, court_id):
    court.registers_fund()
    frozen = freeze(court, bank)
    told = sweep.preview(frozen.case, court_id=court_id)
    court.finance.post(f"/cases/{frozen.case}/sweeps", preview=told["preview"])
    assert now(court, frozen.account) == after({"pools": told["effects"]})


@pytest.mark.parametrize("act", [
    lambda order, court_id: effects.of_amendment(order, "1.00", court_id=court_id),
    lambda order, court_id: effects.of_release(order, court_id=court_id),
], ids=["amendment", "release"])
def test_of_another_courts_order_nothing_is_told(other_court, bank, court_id, act):
    order = freeze(other_court, bank).order
    with pytest.raises(Problem, match="NOT_FOUND"):
        act(order, court_id)


def court_debtor_number(frozen) -> str:
    from livefreeze.store import debtors

    with reading() as connection:
        return debtors.by_id(connection, frozen.debtor).id_number
