"""Courts as an operator sees them: who works there, not what they work on."""

from sqlalchemy import Connection, func, select

from livefreeze.store import tables as t
from livefreeze.store.queries.viewer import PageAsked, read_page

_C = t.court.c


def page(connection: Connection, asked: PageAsked) -> dict:
    """The courts, in the order in which they came, and how many logins they have: two queries."""
    rows, following = read_page(connection, select(t.court), _C.id, asked)
    s = t.staff.c
    counts = dict(
        connection.execute(
            select(s.court_id, func.count()).where(s.court_id.in_([row.id for row in rows]), s.disabled_at.is_(None))
            .group_by(s.court_id)
        ).all()
    )
    courts = [{"id": row.id, "code": row.code, "name": row.name, "recorded_at": row.recorded_at,
               "users": counts.get(row.id, 0)} for row in rows]
    return {"courts": courts, "next": following}


def names(connection: Connection, *, count_max: int) -> list[tuple[str, str]]:
    """Code and name of courts, by name, for a form to choose from: one query."""
    return [tuple(row) for row in connection.execute(select(_C.code, _C.name).order_by(_C.name).limit(count_max))]
