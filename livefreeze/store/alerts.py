"""Alerts: who has dealt with one."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, select, update

from livefreeze.store.engine import locking
from livefreeze.store.tables import alert


class Alert(NamedTuple):
    """What deals with an alert needs to know of it."""

    kind: str
    account_id: str | None
    handled_at: datetime | None


def lock(connection: Connection, court_id: str, alert_id: str) -> Alert | None:
    """The court's alert, locked."""
    t = alert.c
    query = select(t.kind, t.account_id, t.handled_at).where(t.id == alert_id, t.court_id == court_id)
    row = connection.execute(locking(query)).one_or_none()
    return None if row is None else Alert(*row)


def set_handled(connection: Connection, alert_id: str, *, by: str, at: datetime) -> None:
    """Write who dealt with it, and when."""
    connection.execute(update(alert).where(alert.c.id == alert_id).values(handled_by=by, handled_at=at))
