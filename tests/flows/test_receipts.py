"""Receipts: the balance from which the books start, and start again."""

from tests.flows.test_rules_in_force import second_order


def test_a_new_freeze_starts_from_the_balance_of_its_receipt(world):
    """Between two freezes the bank reports nothing."""
    frozen = world.freezes(balance="8000.00")
    held = frozen.bank.withdraws(frozen.account, "100.00").reference
    frozen.court.releases(frozen.order)
    second_order(world, frozen, balance="3000.00")
    assert world.books.account(frozen.account.id) == (2_900_00, 100_00, 0)
    frozen.bank.captures(held)
    assert world.books.account(frozen.account.id) == (2_900_00, 0, 0)


def test_a_second_order_on_a_frozen_account_changes_no_balance(world):
    frozen = world.freezes(balance="8000.00")
    second_order(world, frozen, balance="3000.00")
    assert world.books.account(frozen.account.id) == (8_000_00, 0, 0)


def test_the_prior_holds_of_an_earlier_freeze_are_forgotten(world):
    frozen = world.serves()
    frozen.bank.accepts(frozen.account, "8000.00", prior_holds=[{"holder": "示例区人民法院", "amount": "50000.00"}])
    assert world.books.pool_of(frozen.account.id).quota_left == 110_000_00
    frozen.court.releases(frozen.order)
    second_order(world, frozen, balance="8000.00", prior_holds=[{"holder": "示例区人民法院", "amount": "7.00"}])
    assert world.books.pool_of(frozen.account.id).quota_left == 10_007_00
