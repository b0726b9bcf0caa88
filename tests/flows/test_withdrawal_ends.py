"""How a withdrawal of 100.00 ends where the bank tells it backwards: in the same books as in the right order.

`tests/rules` has every order, of the rows alone.
"""

import pytest

TOLD = [  # what the bank tells, the last thing first, and what is paid in the end
    (("reverses 100.00", "captures 100.00"), 0),
    (("reverses 40.00", "captures 100.00"), 60_00),
    (("reverses 60.00", "captures 100.00", "reverses 40.00"), 0),
    (("captures 100.00", "reverses 40.00", "reverses 60.00"), 0),
    (("reverses 60.00", "captures 60.00"), 0),
    (("reverses 20.00", "captures 60.00"), 40_00),
    (("reverses 130.00", "captures 130.00"), 0),
    (("reverses 40.00", "captures 130.00"), 90_00),
    (("reverses 60.00", "says paid 60.00"), 0),
]


def tell(frozen, reference, said):
    verb, amount = said.rsplit(" ", 1)
    bank, account = frozen.bank, frozen.account
    if verb == "captures":
        bank.captures(reference, amount)
    elif verb == "reverses":
        bank.reports(bank.reversal(account, reference, amount))
    else:
        bank.reports(bank.status(account, reference, "paid", amount=amount, currency="CNY"))


@pytest.mark.parametrize(("order", "paid"), TOLD)
def test_the_books_do_not_depend_on_the_order(world, order, paid):
    frozen = world.freezes()
    reference = frozen.bank.withdraws(frozen.account, "100.00").reference
    for said in order:
        tell(frozen, reference, said)
    account, pool = world.books.account(frozen.account.id), world.books.pool_of(frozen.account.id)
    assert (account.balance, account.held, pool.taken) == (8_000_00 - paid, 0, paid)


def test_what_was_paid_is_told_once_even_after_its_reversal(world):
    frozen = world.freezes()
    bank = frozen.bank
    reference = bank.withdraws(frozen.account, "100.00").reference
    bank.reports(bank.reversal(frozen.account, reference, "60.00"))
    state = bank.captures(reference, "60.00")
    assert (state.status, state.captured_amount) == ("reversed", "60.00")
    again = bank.sends(f"/withdrawals/{reference}/capture", bank.says("withdrawal.capture", reference=reference))
    assert (again.status, again.document["code"]) == (409, "WITHDRAWAL_STATE")
    assert world.books.account(frozen.account.id) == (8_000_00, 0, 0)


@pytest.mark.parametrize("end", ["voids", "captures"])
def test_cash_that_comes_back_twice_is_an_alert_and_no_money(world, end):
    frozen = world.freezes()
    bank = frozen.bank
    reference = bank.withdraws(frozen.account, "100.00").reference
    getattr(bank, end)(reference)
    for _ in range(2):
        bank.reports(bank.reversal(frozen.account, reference, "100.00"))
    assert world.books.account(frozen.account.id) == (8_000_00, 0, 0)
    assert "REVERSED_UNPAID" in world.books.alerts()


def test_cash_that_was_told_as_a_debit_first_counts_once_and_can_come_back(world):
    frozen = world.freezes()
    bank, account = frozen.bank, frozen.account
    reference = bank.withdraws(account, "100.00").reference
    bank.reports(bank.debit(account, "100.00", "customer", transaction_reference="CORE-1"))
    bank.captures(reference, transaction_reference="CORE-1")
    assert world.books.account(account.id) == (7_900_00, 0, 0)
    bank.reports(bank.reversal(account, reference, "100.00"))
    assert world.books.account(account.id) == (8_000_00, 0, 0)
