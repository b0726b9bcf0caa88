"""What an operator should look at: what is odd about the link with a bank."""

import json

from sqlalchemy import Connection, select

from livefreeze.store import tables as t
from livefreeze.store.queries.viewer import PageAsked, read_page_newest

_A = t.alert.c


def page(connection: Connection, asked: PageAsked, *, bank: str | None = None) -> dict:
    """Alerts about banks, of all or of the one of this code, newest first: one query."""
    query = (
        select(_A.id, _A.kind, _A.document, _A.recorded_at, t.bank.c.code, t.bank.c.name)
        .join(t.bank, t.bank.c.id == _A.bank_id).where(_A.court_id.is_(None))
    )
    if bank is not None:
        query = query.where(t.bank.c.code == bank)
    rows, following = read_page_newest(connection, query, _A.id, asked)
    alerts = [{"id": row.id, "kind": row.kind, "bank": row.code, "bank_name": row.name,
               "detail": json.loads(row.document), "recorded_at": row.recorded_at} for row in rows]
    return {"alerts": alerts, "next": following}
