"""Messages to banks and the attempts to deliver them; what a message says stays sealed."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, Row, func, select

from livefreeze.store import tables as t
from livefreeze.store.queries.operator.banks import number_of

STATES = ("all", "waiting", "dead")

_M, _D = t.outbound_message.c, t.delivery_attempt.c
_MESSAGE = (
    select(_M.position, _M.id, _M.lane, _M.type, _M.attempts, _M.due_at, _M.delivered_at, _M.dead_at, _M.last_error,
           _M.recorded_at, _M.leased_until, t.bank.c.code.label("bank"), t.bank.c.name.label("bank_name"),
           t.account.c.number_sealed)
    .join(t.bank, t.bank.c.id == _M.bank_id).outerjoin(t.account, t.account.c.id == _M.lane)
)


class Wanted(NamedTuple):
    """Which messages: of which bank, of which lane, in which of STATES, below which position, how many at most."""

    limit: int
    bank: str | None = None
    lane: str | None = None
    state: str = "all"
    before: int | None = None


def page(connection: Connection, wanted: Wanted) -> dict:
    """Messages, newest first, and the position below which the next page begins: one query."""
    query = _MESSAGE
    if wanted.bank is not None:
        bank_id = select(t.bank.c.id).where(t.bank.c.code == wanted.bank).scalar_subquery()
        query = query.where(_M.bank_id == bank_id)
    if wanted.lane is not None:
        query = query.where(_M.lane == wanted.lane)
    if wanted.state == "waiting":
        query = query.where(_M.delivered_at.is_(None))
    elif wanted.state == "dead":
        query = query.where(_M.dead_at.is_not(None), _M.delivered_at.is_(None))
    if wanted.before is not None:
        query = query.where(_M.position < wanted.before)
    rows = connection.execute(query.order_by(_M.position.desc()).limit(wanted.limit + 1)).all()
    return {"messages": [_shown(row) for row in rows[: wanted.limit]],
            "next": rows[wanted.limit - 1].position if len(rows) > wanted.limit else None}


def one(connection: Connection, message_id: str) -> dict | None:
    """One message with its last attempts, newest first, and how many wait behind it in its lane: three queries."""
    row = connection.execute(_MESSAGE.where(_M.id == message_id)).one_or_none()
    if row is None:
        return None
    attempts = connection.execute(
        select(_D.fence, _D.outcome, _D.http_status, _D.error, _D.duration_ms, _D.ended_at)
        .where(_D.message_id == message_id).order_by(_D.fence.desc())
    ).all()
    behind = connection.scalar(
        select(func.count()).select_from(t.outbound_message)
        .where(_M.lane == row.lane, _M.position > row.position, _M.delivered_at.is_(None))
    )
    return _shown(row) | {"behind": int(behind), "tries": _tries(attempts)}


def dead(connection: Connection, *, count_max: int) -> list[dict]:
    """The oldest dead letters of all banks: one query."""
    query = _MESSAGE.where(_M.dead_at.is_not(None), _M.delivered_at.is_(None))
    return [_shown(row) for row in connection.execute(query.order_by(_M.position).limit(count_max))]


def count_dead(connection: Connection) -> int:
    """How many dead letters there are."""
    query = select(func.count()).select_from(t.outbound_message)
    return int(connection.scalar(query.where(_M.dead_at.is_not(None), _M.delivered_at.is_(None))))


def _shown(row: Row) -> dict:
    state = "delivered" if row.delivered_at else "dead" if row.dead_at else "failing" if row.attempts else "waiting"
    return {
        "id": row.id, "bank": row.bank, "bank_name": row.bank_name, "lane": row.lane, "type": row.type, "state": state,
        "number": number_of(row.number_sealed, row.lane), "attempts": row.attempts, "recorded_at": row.recorded_at,
        "delivered_at": row.delivered_at, "dead_at": row.dead_at, "last_error": row.last_error,
        "due_at": row.due_at if state in ("waiting", "failing") else None,
    }


def _tries(rows: Sequence[Row]) -> list[dict]:
    return [{"outcome": row.outcome, "http_status": row.http_status, "error": row.error,
             "duration_ms": row.duration_ms, "ended_at": row.ended_at} for row in rows]
