"""A case fund is closed once a day, and its balance is the sum of its entries whether it was closed or not."""

from sqlalchemy import text

from livefreeze.flows import transaction
from tests.flows.conftest import SWEEP_DAY


def sweeps(frozen, amount):
    """Tell that what was last instructed has arrived."""
    transfer = frozen.bank.instructed()[-1]
    assert transfer.amount == amount
    frozen.bank.reports(frozen.bank.transfer("settled", frozen.account, transfer.transfer, amount))


def closings():
    query = text("SELECT balance_minor FROM case_fund_closing ORDER BY closed_at")
    with transaction.reading() as connection:
        return connection.execute(query).scalars().all()


def test_the_balance_is_the_closing_and_what_came_after(world):
    frozen = world.freezes()
    world.clock.reaches(SWEEP_DAY)
    world.ticks()
    sweeps(frozen, "5500.00")
    assert frozen.court.sees_fund()["balance"] == "5500.00"
    world.clock.reaches("2026-03-20T09:00:00+08:00")
    world.ticks()
    assert closings()[-1] == 5500_00
    assert frozen.court.sees_fund()["balance"] == "5500.00"
    frozen.bank.pays_salary(frozen.account, "8000.00")
    world.clock.reaches("2026-04-12T09:00:00+08:00")
    world.ticks()
    sweeps(frozen, "8000.00")
    together = frozen.court.sees_fund()["balance"]
    world.clock.reaches("2026-04-14T09:00:00+08:00")
    world.ticks()
    assert frozen.court.sees_fund()["balance"] == together
    assert f"{closings()[-1] / 100:.2f}" == together


def test_within_a_day_a_fund_is_closed_once(world):
    world.freezes()
    world.clock.reaches(SWEEP_DAY)
    world.ticks()
    before = closings()
    world.clock.passes(minutes=30)
    world.ticks()
    assert closings() == before
