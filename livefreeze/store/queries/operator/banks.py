"""Banks and how the link with them is: when they were last heard of, what waits for them, which lanes stand still."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, Row, func, select

from livefreeze.store import tables as t
from livefreeze.store.queries import opened
from livefreeze.store.queries.viewer import PageAsked, read_page

LANES_MAX = 20

_B, _M, _I, _D = t.bank.c, t.outbound_message.c, t.inbound_message.c, t.delivery_attempt.c
_UNDELIVERED = _M.delivered_at.is_(None)


def page(connection: Connection, asked: PageAsked, *, at: datetime) -> dict:
    """The banks, in the order in which they came, each with its health: two queries for all."""
    rows, following = read_page(connection, _bank(), _B.id, asked)
    return {"banks": _shown(connection, rows, at), "next": following}


def one(connection: Connection, code: str, *, at: datetime) -> dict | None:
    """One bank with its health: two queries."""
    rows = connection.execute(_bank().where(_B.code == code)).all()
    return next(iter(_shown(connection, rows, at)), None)


def troubled(connection: Connection, *, at: datetime, count_max: int) -> list[dict]:
    """The banks that do not take messages over now, or have dead letters: two queries."""
    has_dead = select(_M.position).where(
        _M.bank_id == _B.id, _M.dead_at.is_not(None), _UNDELIVERED
    ).exists()
    rows = connection.execute(_bank().where((_B.failures > 0) | has_dead).order_by(_B.id).limit(count_max)).all()
    return _shown(connection, rows, at)


def lanes(connection: Connection, bank_id: str) -> list[dict]:
    """The lanes in which messages wait, those that stand still first, then by age; the first ones. One query.

    A lane is an account; its number is masked.
    """
    dead = func.count(_M.dead_at).label("dead")
    waiting = (
        select(_M.lane, func.count().label("waiting"), dead, func.min(_M.recorded_at).label("oldest_at"),
               func.min(_M.position).label("first"))
        .where(_M.bank_id == bank_id, _UNDELIVERED).group_by(_M.lane)
        .order_by((dead == 0), func.min(_M.position)).limit(LANES_MAX).subquery()
    )
    query = (
        select(waiting, t.account.c.number_sealed).outerjoin(t.account, t.account.c.id == waiting.c.lane)
        .order_by((waiting.c.dead == 0), waiting.c.first)
    )
    return [
        {"lane": row.lane, "waiting": row.waiting, "dead": row.dead, "oldest_at": row.oldest_at,
         "number": number_of(row.number_sealed, row.lane)}
        for row in connection.execute(query)
    ]


def names(connection: Connection, *, count_max: int) -> list[tuple[str, str]]:
    """Code and name of banks, by name, for a form to choose from: one query."""
    return [tuple(row) for row in connection.execute(select(_B.code, _B.name).order_by(_B.name).limit(count_max))]


def number_of(sealed: bytes | None, account_id: str) -> str | None:
    """The number of a lane's account, masked."""
    return None if sealed is None else opened.account_number(sealed, table="account", row=account_id)


def _bank():
    last_in = select(_I.recorded_at).where(_I.bank_id == _B.id).order_by(_I.id.desc()).limit(1)
    last_out = select(_D.ended_at).where(_D.bank_id == _B.id, _D.outcome == "delivered")
    return select(
        _B.id, _B.code, _B.name, _B.url, _B.recorded_at, _B.failures, _B.closed_until,
        last_in.scalar_subquery().label("last_in_at"),
        last_out.order_by(_D.ended_at.desc()).limit(1).scalar_subquery().label("last_out_at"),
    )


def _shown(connection: Connection, rows: Sequence[Row], at: datetime) -> list[dict]:
    backlog = {
        row.bank_id: row
        for row in connection.execute(
            select(_M.bank_id, func.count().label("waiting"), func.count(_M.dead_at).label("dead"),
                   func.count(_M.lane.distinct()).label("lanes"), func.min(_M.recorded_at).label("oldest_at"))
            .where(_M.bank_id.in_([row.id for row in rows]), _UNDELIVERED).group_by(_M.bank_id)
        )
    }
    return [_health(row, backlog.get(row.id), at) for row in rows]


def _health(row: Row, backlog: Row | None, at: datetime) -> dict:
    dead = backlog.dead if backlog else 0
    is_paused = row.closed_until is not None and row.closed_until > at
    state = "dead_letters" if dead else "paused" if is_paused else "failing" if row.failures else "well"
    return {
        "id": row.id, "code": row.code, "name": row.name, "url": row.url, "recorded_at": row.recorded_at,
        "failures": row.failures, "paused_until": row.closed_until if is_paused else None, "state": state,
        "last_in_at": row.last_in_at, "last_out_at": row.last_out_at, "dead": dead,
        "waiting": backlog.waiting if backlog else 0, "lanes": backlog.lanes if backlog else 0,
        "oldest_at": backlog.oldest_at if backlog else None,
    }
