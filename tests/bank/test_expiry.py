"""An approved withdrawal of which nothing more is heard: the bank is asked, and the money stays held until it says."""

import pytest

from bank_adapters.contract import WithdrawalQueried
from tests.bank.refusals import assert_refused


def expired(world, frozen, amount="1000.00"):
    """A withdrawal that the service has asked the bank about."""
    reference = frozen.bank.withdraws(frozen.account, amount).reference
    world.clock.passes(minutes=31)
    world.ticks()
    return reference


def test_the_bank_is_asked_what_became_of_it(world):
    frozen = world.freezes()
    reference = expired(world, frozen)
    (query,) = [notice for notice in frozen.bank.reads() if isinstance(notice, WithdrawalQueried)]
    assert (query.reference, query.account, query.amount, query.currency) == \
        (reference, frozen.account.number, "1000.00", "CNY")
    assert frozen.bank.asks_about(reference).status == "queried"


def test_before_its_time_nobody_is_asked(world):
    frozen = world.freezes()
    reference = frozen.bank.withdraws(frozen.account, "1000.00").reference
    world.clock.passes(minutes=28)
    world.ticks()
    assert frozen.bank.reads() == []
    assert frozen.bank.asks_about(reference).status == "authorised"


def test_the_bank_is_asked_once(world):
    frozen = world.freezes()
    expired(world, frozen)
    for _ in range(3):
        world.clock.passes(hours=1)
        world.ticks()
    assert len([notice for notice in frozen.bank.reads() if isinstance(notice, WithdrawalQueried)]) == 1


def test_until_it_answers_the_money_stays_held(world):
    frozen = world.freezes()
    expired(world, frozen, "2000.00")
    world.clock.passes(days=5)
    world.ticks()
    assert world.books.account(frozen.account.id).held == 2000_00
    assert frozen.bank.withdraws(frozen.account, "600.00").decision == "declined"


@pytest.mark.parametrize(("status", "amount", "becomes", "balance", "taken"), [
    pytest.param("paid", None, "captured", 7000_00, 1000_00, id="paid"),
    pytest.param("paid", "1000.00", "captured", 7000_00, 1000_00, id="paid, the amount named"),
    pytest.param("paid", "400.00", "captured", 7600_00, 400_00, id="paid less"),
    pytest.param("paid", "1100.00", "captured", 6900_00, 1100_00, id="paid more"),
    pytest.param("not_paid", None, "voided", 8000_00, 0, id="not paid"),
])
def test_the_banks_answer_ends_it(world, status, amount, becomes, balance, taken):
    frozen = world.freezes()
    reference = expired(world, frozen)
    told = {} if amount is None else {"amount": amount, "currency": "CNY"}
    (result,) = frozen.bank.reports(frozen.bank.status(frozen.account, reference, status, **told))
    assert result.outcome == "applied"
    assert frozen.bank.asks_about(reference).status == becomes
    account = world.books.account(frozen.account.id)
    assert (account.balance, account.held, world.books.pool_of(frozen.account.id).taken) == (balance, 0, taken)


@pytest.mark.parametrize(("call", "becomes"), [("capture", "captured"), ("void", "voided")])
def test_a_capture_or_void_that_comes_late_ends_it_too(world, call, becomes):
    frozen = world.freezes()
    reference = expired(world, frozen)
    message = frozen.bank.says(f"withdrawal.{call}", reference=reference)
    assert frozen.bank.sends(f"/withdrawals/{reference}/{call}", message).message.status == becomes


def test_an_answer_that_crosses_a_capture_counts_once(world):
    """The capture was on its way when we asked; then the bank answers our question as well."""
    frozen = world.freezes()
    reference = expired(world, frozen)
    frozen.bank.captures(reference, transaction_reference="CORE-1")
    (result,) = frozen.bank.reports(frozen.bank.status(frozen.account, reference, "paid",
                                                       transaction_reference="CORE-1"))
    assert result.outcome == "applied"
    account = world.books.account(frozen.account.id)
    assert (account.balance, account.held, world.books.pool_of(frozen.account.id).taken) == (7000_00, 0, 1000_00)


@pytest.mark.parametrize(("first", "then"), [("paid", "not_paid"), ("not_paid", "paid")])
def test_an_answer_that_contradicts_an_earlier_one_is_shown_to_the_court_and_never_refused(world, first, then):
    frozen = world.freezes()
    reference = expired(world, frozen)
    frozen.bank.reports(frozen.bank.status(frozen.account, reference, first))
    (result,) = frozen.bank.reports(frozen.bank.status(frozen.account, reference, then))
    assert result.outcome == "applied"
    assert frozen.court.sees_alerts()


def test_after_its_answer_it_does_not_end_again(world):
    frozen = world.freezes()
    reference = expired(world, frozen)
    frozen.bank.reports(frozen.bank.status(frozen.account, reference, "not_paid"))
    message = frozen.bank.says("withdrawal.capture", reference=reference)
    assert_refused(frozen.bank.sends(f"/withdrawals/{reference}/capture", message), 409, "WITHDRAWAL_STATE")
