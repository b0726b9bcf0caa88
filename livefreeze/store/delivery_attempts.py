"""How the last attempts to deliver a message went."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, delete

from livefreeze.store.outbox import Leased
from livefreeze.store.tables import delivery_attempt

KEPT_MAX = 20  # of each message; a bank that is silent for days makes hundreds


class Attempt(NamedTuple):
    """What came of one attempt; neither field holds anything of the message."""

    http_status: int | None
    error: str | None
    duration_ms: int


def note(connection: Connection, message: Leased, attempt: Attempt, outcome: str, *, ended_at: datetime) -> None:
    """Keep an attempt, and of those before it only the last ones. A lease is for one attempt, so its fence names it."""
    row = {"message_id": message.id, "fence": message.fence, "bank_id": message.bank_id, "outcome": outcome,
           "ended_at": ended_at, **attempt._asdict()}
    connection.execute(delivery_attempt.insert().values(**row))
    if message.fence > KEPT_MAX:
        t = delivery_attempt.c
        old = delete(delivery_attempt).where(t.message_id == message.id, t.fence <= message.fence - KEPT_MAX)
        connection.execute(old)
