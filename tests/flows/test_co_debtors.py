"""Two debtors owe one claim: one ceiling over both, whoever pays."""

from decimal import Decimal
from typing import NamedTuple

import pytest

from tests.flows.conftest import SWEEP_DAY
from tests.support.world import PAYDAY, Account, Bank, Court, World


class Together(NamedTuple):
    court: Court
    bank: Bank
    case: str
    orders: list[str]
    accounts: list[Account]


@pytest.fixture
def together(world: World) -> Together:
    """A claim of 6,000.00 against two debtors, each with 8,000.00 and an allowance of 2,500.00."""
    court, bank = world.court(), world.bank()
    debtors = [court.names(), court.names()]
    case = court.opens_case(*debtors, amount="6000.00")
    accounts = [court.finds_account(debtor, bank) for debtor in debtors]
    orders = [court.serves(case, debtor, [account], quota="6000.00")
              for debtor, account in zip(debtors, accounts, strict=True)]
    world.delivers()
    bank.reads()
    for account in accounts:
        bank.accepts(account)
    world.clock.moves_to(PAYDAY)
    for account in accounts:
        bank.pays_salary(account, "8000.00")
    world.clock.moves_to(SWEEP_DAY)
    return Together(court, bank, case, orders, accounts)


def settles(bank, transfer, became="settled"):
    account = Account("", transfer.account, transfer.currency)
    return bank.reports(bank.transfer(became, account, transfer.transfer, transfer.amount))[0]


def test_a_click_sends_no_more_than_the_claim_lacks(world, together):
    preview = together.court.previews(together.case)
    assert preview["total"] == "6000.00"
    sent = together.court.clicks(together.case, preview["preview"])
    assert sorted(transfer["amount"] for transfer in sent["transfers"]) == ["500.00", "5500.00"]
    assert world.books.claim_of(together.case).in_transit == 6_000_00


def test_the_timetable_sends_no_more_than_the_claim_lacks(world, together):
    world.ticks()
    assert sum(Decimal(transfer.amount) for transfer in together.bank.instructed()) == 6_000


def test_every_order_ends_when_the_claim_is_met(world, together):
    world.ticks()
    for transfer in together.bank.instructed():
        settles(together.bank, transfer)
    assert [world.books.order_status(order) for order in together.orders] == ["satisfied", "satisfied"]


def test_an_order_that_waits_is_revoked_when_the_claim_is_met(world):
    court, bank = world.court(), world.bank()
    debtors = [court.names(), court.names()]
    case = court.opens_case(*debtors, amount="100.00")
    accounts = [court.finds_account(debtor, bank) for debtor in debtors]
    orders = [court.serves(case, debtor, [account], quota="100.00")
              for debtor, account in zip(debtors, accounts, strict=True)]
    world.delivers()
    bank.reads()
    bank.accepts(accounts[0], "8000.00")
    world.clock.moves_to(SWEEP_DAY)
    world.ticks()
    for transfer in bank.instructed():
        settles(bank, transfer)
    assert [world.books.order_status(order) for order in orders] == ["satisfied", "revoked"]
    assert bank.accepts(accounts[1]).problem.code == "ORDER_STATE"
