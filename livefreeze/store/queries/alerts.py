"""What a person of the court should look at."""

import json

from sqlalchemy import Connection, Row, select

from livefreeze.store import tables as t
from livefreeze.store.queries import opened
from livefreeze.store.queries.viewer import PageAsked, Viewer, read_page, read_page_newest


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


def newest(connection: Connection, viewer: Viewer, asked: PageAsked, *, is_open: bool) -> dict:
    """The court's alerts that nobody has dealt with, or all, newest first, with their accounts: one query."""
    al, a, s = t.alert.c, t.account.c, t.staff.c
    query = (
        select(t.alert, a.number_sealed, t.bank.c.name.label("bank_name"), s.login.label("handled_login"),
               a.currency)
        .outerjoin(t.account, a.id == al.account_id).outerjoin(t.bank, t.bank.c.id == a.bank_id)
        .outerjoin(t.staff, s.id == al.handled_by).where(al.court_id == viewer.court_id)
    )
    if is_open:
        query = query.where(al.handled_at.is_(None))
    rows, following = read_page_newest(connection, query, al.id, asked)
    return {"alerts": [_shown(row) for row in rows], "next": following}


def _shown(row: Row) -> dict:
    number = row.number_sealed and opened.account_number(row.number_sealed, table="account", row=row.account_id)
    return {
        "id": row.id, "kind": row.kind, "account": row.account_id, "number": number, "bank_name": row.bank_name,
        "currency": row.currency, "detail": json.loads(row.document), "recorded_at": row.recorded_at,
        "handled_at": row.handled_at, "handled_by": row.handled_login,
    }
