"""What a person of the court should look at."""

import json

from sqlalchemy import Connection, select

from livefreeze.store import tables as t
from livefreeze.store.queries.viewer import PageAsked, Viewer, read_page


def page(connection: Connection, viewer: Viewer, asked: PageAsked) -> dict:
    """The court's alerts: one query."""
    query = select(t.alert).where(t.alert.c.court_id == viewer.court_id)
    rows, following = read_page(connection, query, t.alert.c.id, asked)
    alerts = [
        {"id": row.id, "kind": row.kind, "account": row.account_id, "detail": json.loads(row.document),
         "recorded_at": row.recorded_at}
        for row in rows
    ]
    return {"alerts": alerts, "next": following}
