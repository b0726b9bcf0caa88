"""How much the worker has left to do at this moment, over all courts and banks."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, text

from livefreeze.store.columns import Instant

_COUNTS = text(
    """
SELECT (SELECT count(*) FROM pool WHERE next_sweep_at <= :at) AS sweeps,
       (SELECT count(*) FROM withdrawal WHERE status = 'authorised' AND expires_at <= :at) AS queries,
       (SELECT count(*) FROM outbound_message m
        WHERE m.delivered_at IS NULL AND m.dead_at IS NULL
          AND NOT EXISTS (SELECT 1 FROM outbound_message o
                          WHERE o.lane = m.lane AND o.position < m.position AND o.dead_at IS NOT NULL
                            AND o.delivered_at IS NULL)) AS messages
"""
).bindparams(bindparam("at", type_=Instant))


def on_the_way(connection: Connection) -> int:
    """How many transfers to case funds no bank has reported on yet, over all courts."""
    return int(connection.scalar(text("SELECT count(*) FROM sweep WHERE status = 'instructed'")))


def counts(connection: Connection, at: datetime) -> dict[str, int]:
    """Pools whose sweep is due, withdrawals to be asked about, messages to be delivered; what lies behind a dead
    letter waits for a person and does not count. One query."""
    return dict(connection.execute(_COUNTS, {"at": at}).one()._mapping)
