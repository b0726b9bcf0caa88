"""Users of courts, banks and of the service itself, as their administrators see them."""

from collections.abc import Sequence

from sqlalchemy import Connection, Row, Select, func, select

from livefreeze.base.access import Principal
from livefreeze.store import tables as t
from livefreeze.store.queries.operator.tenancy import within
from livefreeze.store.queries.viewer import PageAsked, read_page

_S = t.staff.c
_USER = (
    select(_S.id, _S.login, _S.person, _S.role, _S.recorded_at, _S.disabled_at, t.court.c.code.label("court"),
           t.court.c.name.label("court_name"), t.bank.c.code.label("bank"), t.bank.c.name.label("bank_name"))
    .outerjoin(t.court, t.court.c.id == _S.court_id).outerjoin(t.bank, t.bank.c.id == _S.bank_id)
)


def page(connection: Connection, principal: Principal, asked: PageAsked, *, begins_with: str = "") -> dict:
    """The users whom this administrator looks after, in the order in which they came: three queries.

    `begins_with` is how their login begins.
    """
    query = _USER.where(within(t.staff, principal))
    if begins_with:
        query = query.where(func.substr(_S.login, 1, len(begins_with)) == begins_with)
    rows, following = read_page(connection, query, _S.id, asked)
    return {"users": _shown(connection, rows), "next": following}


def one(connection: Connection, principal: Principal, staff_id: str) -> dict | None:
    """One user: three queries."""
    query: Select = _USER.where(within(t.staff, principal), _S.id == staff_id)
    return next(iter(_shown(connection, connection.execute(query).all())), None)


def _shown(connection: Connection, rows: Sequence[Row]) -> list[dict]:
    staff_ids = [row.id for row in rows]
    s, c = t.login_session.c, t.credential.c
    last_seen = dict(
        connection.execute(
            select(s.staff_id, func.max(s.seen_at)).where(s.staff_id.in_(staff_ids)).group_by(s.staff_id)
        ).all()
    )
    set_up = set(connection.scalars(select(c.staff_id).where(c.staff_id.in_(staff_ids))))
    return [
        {"id": row.id, "login": row.login, "person": row.person, "role": row.role, "court": row.court,
         "court_name": row.court_name, "bank": row.bank, "bank_name": row.bank_name, "recorded_at": row.recorded_at,
         "disabled_at": row.disabled_at, "last_seen_at": last_seen.get(row.id), "is_set_up": row.id in set_up}
        for row in rows
    ]
