"""Who waited for a lock goes by what is true after the wait, never by what was true before."""

import threading

import pytest
from sqlalchemy import text

from livefreeze.flows import periods, transaction
from livefreeze.store import pools
from tests.support.world import World

APRIL = "2026-04-10T09:00:00+08:00"
_WAITERS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


@pytest.fixture
def world(postgres_url, tmp_path):
    """SQLite has one writer at a time, so nobody waits there with a picture of before."""
    opened = World(postgres_url, tmp_path)
    yield opened
    opened.close()


class Waiting:
    """Starts `act` in a thread, and goes on once it waits for a lock; its result when the lock is free."""

    def __init__(self, act) -> None:
        self.result = None
        self._thread = threading.Thread(target=self._run, args=[act])
        self._thread.start()
        with transaction.engine().connect() as connection:
            while not connection.scalar(_WAITERS):
                connection.rollback()

    def _run(self, act) -> None:
        self.result = act()

    def ends(self):
        self._thread.join()
        return self.result


def test_a_withdrawal_that_waited_counts_in_the_period_that_began_meanwhile(world):
    frozen = world.freezes()
    frozen.bank.withdraws(frozen.account, "2500.00")
    world.clock.reaches(APRIL)
    with transaction.transaction() as connection:
        (pool_id,) = connection.scalars(text("SELECT id FROM pool"))
        pool = pools.lock(connection, [pool_id])[pool_id]
        waiting = Waiting(lambda: frozen.bank.withdraws(frozen.account, "100.00"))
        periods.roll(connection, pool, pool.read_at)
    assert waiting.ends().allowance_left == "2400.00"


def test_what_a_pool_derives_is_counted_after_the_wait(world):
    """A row that touches the pool, written while another movement changes the pool's claim."""
    frozen = world.freezes(quota="60000.00")

    def adds_a_prior_hold():
        with transaction.transaction() as connection:
            connection.execute(text("INSERT INTO prior_hold (account_id, position, holder_sealed, amount_minor,"
                                    " recorded_at) SELECT id, 0, '\\x00', 100, now() FROM account"))

    with transaction.transaction() as connection:
        connection.execute(text("SELECT id FROM pool FOR NO KEY UPDATE"))
        connection.execute(text("UPDATE claim SET target_minor = 7000000, quota_minor = 7000000"))
        waiting = Waiting(adds_a_prior_hold)
    waiting.ends()
    assert world.books.pool_of(frozen.account.id).quota_left == 70_001_00


def test_a_draft_that_is_withdrawn_waits_for_no_movement_of_the_pool(world):
    frozen = world.freezes()
    court = frozen.court
    draft = court.posts("clerk", "/orders", {
        "case": frozen.case, "debtor": frozen.debtor.id, "accounts": [frozen.account.id], "quota": "60000.00",
        "notice_number": "another", "rule": {"preset": "cn-live-freeze"},
    })
    with transaction.transaction() as connection:
        connection.execute(text("SELECT id FROM pool FOR NO KEY UPDATE"))
        court.posts("clerk", f"/proposals/{draft['proposal']['id']}/withdraw", {})
    assert world.books.order_status(draft["order"]) == "revoked"
