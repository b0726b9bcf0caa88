"""What a debtor sees: how much may be taken and where, what is frozen and why, and how long it may take."""

import pytest

from livefreeze.flows import debtor_view
from livefreeze.flows.transaction import reading
from livefreeze.store.queries import debtor as queries
from tests.support.world import SWEEP_DAY

APRIL = "2026-04-10T09:00:00+08:00"


def sees(debtor) -> dict:
    return debtor_view.of_debtor(debtor.id)


def sweeps(world, frozen) -> None:
    world.clock.reaches(SWEEP_DAY)
    world.ticks()
    (transfer,) = frozen.bank.instructed()
    frozen.bank.reports(frozen.bank.transfer("settled", frozen.account, transfer.transfer, transfer.amount))


def test_the_story_as_the_debtor_sees_it(world):
    frozen = world.freezes()
    frozen.bank.withdraws(frozen.account, "1000.00")
    (pool,) = sees(frozen.debtor)["pools"]
    assert (pool["allowance"], pool["taken"], pool["allowance_left"], pool["spendable"]) == (
        "2500.00", "1000.00", "1500.00", "1500.00")
    assert [account["limit"] for account in pool["accounts"]] == ["1500.00"]
    assert pool["period"]["end"].isoformat() == "2026-04-09T16:00:00+00:00"
    (order,) = pool["orders"]
    assert (order["court"], order["status"], order["target"], order["settled"]) == (
        "示例市人民法院", "in_force", "60000.00", "0.00")
    assert order["pace"] is None  # cannot be said yet


def test_the_pace_is_that_of_what_arrived(world):
    frozen = world.freezes()
    frozen.bank.withdraws(frozen.account, "1000.00")
    sweeps(world, frozen)
    (order,) = sees(frozen.debtor)["pools"][0]["orders"]
    assert (order["settled"], order["left"]) == ("5500.00", "54500.00")
    assert order["pace"] == {"months": 1, "months_left": 10, "per_month": "5500.00"}


def test_a_freeze_that_no_bank_has_answered_is_not_given_away(world):
    waiting = world.serves()
    assert sees(waiting.debtor)["pools"] == []


def test_another_order_on_its_way_is_not_given_away_either(world):
    frozen = world.freezes()
    court = world.court()
    court.names(frozen.debtor.name, frozen.debtor.id_number)
    case = court.opens_case(frozen.debtor)
    court.serves(case, frozen.debtor, [frozen.account])
    assert len(sees(frozen.debtor)["pools"][0]["orders"]) == 1


def test_when_the_freeze_is_lifted_the_page_says_so(world):
    frozen = world.freezes()
    frozen.court.releases(frozen.order)
    (pool,) = sees(frozen.debtor)["pools"]
    assert not pool["is_frozen"]
    assert [(order["status"], order["is_live"]) for order in pool["orders"]] == [("released", False)]


def test_nothing_of_another_debtor_is_there(world):
    mine, theirs = world.freezes(), world.freezes()
    theirs.bank.withdraws(theirs.account, "1000.00")
    seen = repr(sees(mine.debtor))
    assert theirs.account.id not in seen and theirs.order not in seen
    with reading() as connection:
        assert queries.withdrawals(connection, mine.debtor.id, limit=20)["withdrawals"] == []


def test_what_was_taken_is_listed_newest_first_and_page_by_page(world):
    frozen = world.freezes()
    for amount in ("100.00", "200.00", "9000.00"):
        frozen.bank.withdraws(frozen.account, amount)
    with reading() as connection:
        first = queries.withdrawals(connection, frozen.debtor.id, limit=2)
        second = queries.withdrawals(connection, frozen.debtor.id, limit=2, before=first["next"])
    listed = [(one["amount"], one["status"]) for one in first["withdrawals"] + second["withdrawals"]]
    assert listed == [("9000.00", "declined"), ("200.00", "authorised"), ("100.00", "authorised")]
    assert second["next"] is None


def test_what_the_bank_paid_without_asking_is_listed_too(world):
    frozen = world.freezes()
    frozen.bank.reports(frozen.bank.stand_in(frozen.account, "300.00", grant=None))
    with reading() as connection:
        (one,) = queries.stand_ins(connection, frozen.debtor.id, count_max=10)
    assert one["amount"] == "300.00"


@pytest.mark.parametrize("balance", ["8000.00", "0.00"])
def test_no_personal_number_is_shown_whole(world, balance):
    frozen = world.freezes(balance=balance)
    seen = repr(sees(frozen.debtor))
    assert frozen.account.number not in seen and frozen.debtor.id_number not in seen
