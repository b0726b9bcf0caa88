"""Messages to banks, written in the transaction of the state they speak of."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select, text, update

from livefreeze.base import clock, ids
from livefreeze.base.crypto import vault
from livefreeze.store.columns import Instant
from livefreeze.store.engine import lease_until, locking, skip_locked
from livefreeze.store.tables import bank, outbound_message


class Outgoing(NamedTuple):
    """A message to send. Messages of one lane (an account) are delivered one after the other, in order."""

    bank_id: str
    lane: str
    type: str
    body: bytes  # the exact bytes that will be signed


def rows(messages: Iterable[Outgoing], *, recorded_at: datetime) -> list[dict]:
    """Rows of outbound_message, for store.append. Whoever appends them holds the lock of the lane's pool."""
    made = []
    for message in messages:
        message_id = ids.new("msg")
        sealed = vault().encrypt(message.body, table="outbound_message", column="body_sealed", row=message_id)
        made.append({
            "id": message_id, "bank_id": message.bank_id, "lane": message.lane, "type": message.type,
            "body_sealed": sealed, "due_at": clock.wall(), "recorded_at": recorded_at,
        })
    return made


LEASE_S = 30  # longer than a delivery may take; a worker that dies lets go after it

_LEASABLE = """
m.bank_id = b.id AND m.delivered_at IS NULL AND m.dead_at IS NULL AND m.due_at <= :now
  AND (m.leased_until IS NULL OR m.leased_until < :now) AND (b.closed_until IS NULL OR b.closed_until < :now)
  AND NOT EXISTS (SELECT 1 FROM outbound_message o
                  WHERE o.lane = m.lane AND o.position < m.position AND o.delivered_at IS NULL)
"""
_WAITING_BANKS = text(
    f"SELECT b.id FROM bank b WHERE EXISTS (SELECT 1 FROM outbound_message m WHERE {_LEASABLE}) ORDER BY b.id"
).bindparams(bindparam("now", type_=Instant))
_OF_BANK = f"""
SELECT m.position FROM bank b JOIN outbound_message m ON {_LEASABLE}
WHERE b.id = :bank_id ORDER BY m.position LIMIT :count_max
"""


class Leased(NamedTuple):
    """A message that is ours to deliver until the lease ends; the fence tells a worker that came too late."""

    position: int
    id: str
    bank_id: str
    bank_code: str
    type: str
    body: bytes
    attempts: int  # this one included
    fence: int
    leased_until: datetime


def waiting_banks(connection: Connection) -> list[str]:
    """The banks for which a message is due."""
    return list(connection.scalars(_WAITING_BANKS, {"now": clock.wall()}))


def lease(connection: Connection, bank_id: str, *, count_max: int) -> list[Leased]:
    """Lease the oldest undelivered message of each of the bank's lanes that is due; a dead letter stops its lane."""
    query = text(_OF_BANK + skip_locked(connection, "m")).bindparams(bindparam("now", type_=Instant))
    wanted = {"now": clock.wall(), "bank_id": bank_id, "count_max": count_max}
    positions = list(connection.scalars(query, wanted))
    if not positions:
        return []
    t = outbound_message.c
    connection.execute(
        update(outbound_message).where(t.position.in_(positions))
        .values(leased_until=lease_until(LEASE_S), attempts=t.attempts + 1, fence=t.fence + 1)
    )
    leased = (
        select(t.position, t.id, t.bank_id, bank.c.code, t.type, t.body_sealed, t.attempts, t.fence, t.leased_until)
        .join(bank, bank.c.id == t.bank_id).where(t.position.in_(positions)).order_by(t.position)
    )
    return [Leased(*row[:5], _opened(row), *row[6:]) for row in connection.execute(leased)]


def give_back(connection: Connection, messages: Iterable[Leased]) -> None:
    """Leased, and not tried after all."""
    for message in messages:
        values = {"leased_until": None, "attempts": message.attempts - 1}
        connection.execute(_ours(message).values(**values))


def delivered(connection: Connection, message: Leased) -> None:
    """The bank has taken it over; it answers again, so its breaker opens."""
    connection.execute(_ours(message).values(delivered_at=clock.wall(), leased_until=None, last_error=None))
    connection.execute(update(bank).where(bank.c.id == message.bank_id, bank.c.failures > 0)
                       .values(failures=0, closed_until=None))


def failed(connection: Connection, message: Leased, error: str, *, retry_at: datetime, is_dead: bool) -> None:
    """Not taken over: to be tried again, or a dead letter for a person to look at."""
    values = {"leased_until": None, "due_at": retry_at, "last_error": error}
    connection.execute(_ours(message).values(**values, **({"dead_at": clock.wall()} if is_dead else {})))


def count_failure(connection: Connection, bank_id: str) -> int:
    """One more failure of this bank in a row; returns how many."""
    counted = update(bank).where(bank.c.id == bank_id).values(failures=bank.c.failures + 1)
    return connection.scalar(counted.returning(bank.c.failures))


def close_bank(connection: Connection, bank_id: str, *, until: datetime) -> None:
    """Ask this bank nothing until then."""
    connection.execute(update(bank).where(bank.c.id == bank_id).values(closed_until=until))


class DeadLetter(NamedTuple):
    """A message that was given up: its lane stands still until somebody replays it."""

    id: str
    bank_id: str
    lane: str
    type: str
    dead_at: datetime


def dead_letter(connection: Connection, message_id: str) -> DeadLetter | None:
    """The dead letter of this id, locked; None where there is no such message, or it is not one (any more)."""
    t = outbound_message.c
    query = select(t.id, t.bank_id, t.lane, t.type, t.dead_at).where(
        t.id == message_id, t.dead_at.is_not(None), t.delivered_at.is_(None)
    )
    row = connection.execute(locking(query)).one_or_none()
    return None if row is None else DeadLetter(*row)


def replay(connection: Connection, message_id: str) -> None:
    """Let a dead letter be delivered again, as often as a new message and under the same id; its lane goes on."""
    revive = update(outbound_message).where(outbound_message.c.id == message_id)
    connection.execute(revive.values(dead_at=None, attempts=0, due_at=clock.wall(), leased_until=None))


def bank_of(connection: Connection, message_id: str) -> str | None:
    """To which bank a message goes; None where there is no such message."""
    return connection.scalar(select(outbound_message.c.bank_id).where(outbound_message.c.id == message_id))


def body(connection: Connection, message_id: str) -> bytes | None:
    """The exact bytes of a message, opened."""
    t = outbound_message.c
    row = connection.execute(select(t.id, t.body_sealed).where(t.id == message_id)).one_or_none()
    return None if row is None else _opened(row)


def _ours(message: Leased):
    t = outbound_message.c
    return update(outbound_message).where(t.position == message.position, t.fence == message.fence)


def _opened(row) -> bytes:
    return vault().decrypt(row.body_sealed, table="outbound_message", column="body_sealed", row=row.id)
