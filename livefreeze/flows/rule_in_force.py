"""Which court's rule a pool is under: that of its first order; when that one ends, the next one's follows."""

from datetime import datetime

from sqlalchemy import Connection

from livefreeze.flows import periods, sweep
from livefreeze.store import orders, pools, sweeps
from livefreeze.store.pools import LockedPool
from livefreeze.store.record import Record


def follow(record: Record, pool_id: str) -> None:
    """Put the locked pool under the rule of its first order. Without an order the last rule stays, for late facts."""
    connection, now = record.connection, record.recorded_at
    standing = orders.live_of_pool(connection, pool_id)
    if not standing:
        return
    pool = pools.lock(connection, [pool_id])[pool_id]
    if standing[0].rule_id != pool.rule_id:
        pool = periods.put_under(connection, pool, standing[0].rule_id, at=now)
    schedule(connection, pool, at=now)


def schedule(connection: Connection, pool: LockedPool, *, at: datetime) -> None:
    """Write when the pool is swept next by its rule; a sweep that is due already is still to be done."""
    due_at = sweeps.next_sweep_at(connection, pool.pool_id)
    if due_at is None or due_at > at:
        sweep.schedule(connection, pool, after=at)
