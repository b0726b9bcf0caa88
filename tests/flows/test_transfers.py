"""Transfers to the case fund after the bank has reported on them."""

import pytest

from tests.flows.conftest import SWEEP_DAY


@pytest.fixture
def swept(world):
    """An account of 8,000.00 from which 5,500.00 are on their way; with them the claim is met."""
    frozen = world.freezes(quota="5500.00")
    world.clock.reaches(SWEEP_DAY)
    world.ticks()
    (transfer,) = frozen.bank.instructed()
    return frozen, transfer


def tells(swept, became, **fields):
    frozen, transfer = swept
    return frozen.bank.reports(
        frozen.bank.transfer(became, frozen.account, transfer.transfer, transfer.amount, **fields))[0]


def test_money_that_comes_back_when_the_freeze_has_lifted_is_shown_to_the_court(world, swept):
    frozen, _ = swept
    tells(swept, "settled")
    assert world.books.order_status(frozen.order) == "satisfied"
    tells(swept, "returned")
    assert world.books.account(frozen.account.id) == (8_000_00, 0, 0)
    assert world.books.alerts() == ["RETURNED_UNFROZEN"]


def test_a_contradiction_is_shown_to_the_court_that_swept_and_to_no_other(world, swept):
    frozen, _ = swept
    other = world.court()
    debtor = other.names(frozen.debtor.name, frozen.debtor.id_number)
    account = other.finds_account(debtor, frozen.bank, account=frozen.account.number)
    other.serves(other.opens_case(debtor, amount="100.00"), debtor, [account], quota="100.00")
    tells(swept, "failed")
    tells(swept, "settled")
    assert [row.court_id for row in world.books.rows("alert")] == [frozen.court.id]


def test_a_transfer_that_is_told_as_a_debit_too_counts_once(world, swept):
    frozen, transfer = swept
    tells(swept, "settled", transaction_reference="CORE-1")
    frozen.bank.reports(
        frozen.bank.debit(frozen.account, transfer.amount, "other_authority", transaction_reference="CORE-1"))
    assert world.books.account(frozen.account.id) == (2_500_00, 0, 0)
