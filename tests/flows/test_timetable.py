"""The timetable: what is due is done, whatever is the matter with another debtor's pool."""

from sqlalchemy import text

from livefreeze.flows import rules, transaction
from tests.flows.conftest import SWEEP_DAY


def spoil_rule(order):
    """Make the rule of an order one that nobody can read."""
    with transaction.transaction() as connection:
        connection.execute(text(
            "UPDATE rule SET document = '{}' WHERE id = (SELECT rule_id FROM freeze_order WHERE id = :order)"),
            {"order": order})
    rules._by_id.clear()


def test_a_pool_that_cannot_be_swept_holds_up_no_other(world):
    spoiled, sound = world.freezes(), world.freezes()
    spoil_rule(spoiled.order)
    world.clock.reaches(SWEEP_DAY)
    world.ticks()
    assert [transfer.amount for transfer in sound.bank.instructed()] == ["5500.00"]
    assert spoiled.bank.instructed() == []


def test_after_a_long_downtime_a_pool_is_swept_once_and_then_on_its_day(world):
    frozen = world.freezes()
    world.clock.reaches("2026-07-20T09:00:00+08:00")
    world.ticks()
    world.ticks()
    assert [transfer.amount for transfer in frozen.bank.instructed()] == ["5500.00"]
    frozen.bank.pays_salary(frozen.account, "1000.00")
    world.clock.reaches("2026-08-12T09:00:00+08:00")
    world.ticks()
    assert [transfer.amount for transfer in frozen.bank.instructed()] == ["1000.00"]
