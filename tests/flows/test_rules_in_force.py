"""The first court in force sets the allowance; when its order ends, the next court's rule follows."""

import pytest

from tests.support.world import World

APRIL = "2026-04-10T09:00:00+08:00"


def second_order(world: World, frozen, *, quota="10000.00", balance="0.00", prior_holds=None, **rule):
    """Another court's order on the same account, accepted by the bank."""
    court = world.court()
    debtor = court.names(frozen.debtor.name, frozen.debtor.id_number)
    account = court.finds_account(debtor, frozen.bank, account=frozen.account.number)
    order = court.serves(court.opens_case(debtor, amount=quota), debtor, [account], quota=quota, **rule)
    world.delivers()
    frozen.bank.reads()
    frozen.bank.accepts(account, balance, prior_holds=prior_holds)
    return court, order


@pytest.mark.parametrize(("allowance", "left"), [("3000.00", "2900.00"), ("2000.00", "1900.00")])
def test_the_next_courts_rule_follows(world, allowance, left):
    frozen = world.freezes()
    assert frozen.bank.withdraws(frozen.account, "100.00").allowance_left == "2400.00"
    second_order(world, frozen, allowance=allowance)
    assert frozen.bank.withdraws(frozen.account, "9000.00").allowance_left == "2400.00"
    frozen.court.releases(frozen.order)
    assert frozen.bank.withdraws(frozen.account, "9000.00").allowance_left == left


def test_a_lower_allowance_than_was_taken_begins_with_the_next_period(world):
    frozen = world.freezes()
    frozen.bank.withdraws(frozen.account, "2400.00")
    second_order(world, frozen, allowance="1000.00")
    frozen.court.releases(frozen.order)
    assert frozen.bank.withdraws(frozen.account, "1.00").decision == "declined"
    world.clock.moves_to(APRIL)
    assert frozen.bank.withdraws(frozen.account, "600.00").allowance_left == "400.00"


def test_a_lower_allowance_pays_back_no_excess_twice(world):
    frozen = world.freezes(balance="20000.00")
    frozen.bank.reports(frozen.bank.stand_in(frozen.account, "3500.00"))  # 1,000 above the allowance of 2,500
    world.clock.moves_to(APRIL)
    assert frozen.bank.withdraws(frozen.account, "9999.00").allowance_left == "1500.00"
    second_order(world, frozen, allowance="1000.00")
    frozen.court.releases(frozen.order)
    assert frozen.bank.withdraws(frozen.account, "9999.00").allowance_left == "500.00"
    world.clock.moves_to("2026-05-10T09:00:00+08:00")
    assert frozen.bank.withdraws(frozen.account, "9999.00").allowance_left == "500.00"
    world.clock.moves_to("2026-06-10T09:00:00+08:00")
    assert frozen.bank.withdraws(frozen.account, "9999.00").allowance_left == "1000.00"


def test_another_anchor_day_begins_where_the_period_ended(world):
    frozen = world.freezes()
    second_order(world, frozen, anchor_day=25)
    frozen.court.releases(frozen.order)
    frozen.bank.withdraws(frozen.account, "100.00")
    world.clock.moves_to(APRIL)
    frozen.bank.withdraws(frozen.account, "200.00")
    closed = world.books.rows("allowance_period")[-1]
    (pool,) = world.books.rows("pool")
    assert pool.period_start == closed.period_end
    assert (closed.taken_minor, pool.taken_minor) == (100_00, 200_00)


def test_the_state_of_a_withdrawal_after_payday_shows_the_whole_allowance(world):
    frozen = world.freezes()
    reference = frozen.bank.withdraws(frozen.account, "100.00").reference
    world.clock.reaches(APRIL)
    assert frozen.bank.asks_about(reference).allowance_left == "2500.00"
