"""Withdrawals of one account, approved and declined."""

from sqlalchemy import Connection, exists, select

from livefreeze.base.money import format_amount
from livefreeze.store import tables as t
from livefreeze.store.queries import opened
from livefreeze.store.queries.viewer import PageAsked, Viewer, knows, read_page, read_page_newest


def page(connection: Connection, viewer: Viewer, account_id: str, asked: PageAsked) -> dict | None:
    """The withdrawals of an account that the court may look at: two queries. None for another account."""
    a, w = t.account.c, t.withdrawal.c
    if connection.scalar(select(a.id).where(a.id == account_id, knows(viewer.court_id, a.debtor_id))) is None:
        return None
    rows, following = read_page(connection, select(t.withdrawal).where(w.account_id == account_id), w.id, asked)
    return {"withdrawals": [_one(row) for row in rows], "next": following}


def newest(connection: Connection, viewer: Viewer, asked: PageAsked, *, account_id: str | None = None,
           status: str | None = None) -> dict:
    """Withdrawals from accounts that the court may look at, newest first, of one account or state or all: two queries.

    None of an account that is not the court's.
    """
    w, a, b = t.withdrawal.c, t.account.c, t.bank.c
    is_known = exists(select(1).where(a.id == w.account_id, knows(viewer.court_id, a.debtor_id))
                      .correlate_except(t.account))
    query = select(w.id).where(is_known)
    if account_id is not None:
        query = query.where(w.account_id == account_id)
    if status is not None:
        query = query.where(w.status == status)
    ids, following = read_page_newest(connection, query, w.id, asked)
    rows = connection.execute(
        select(t.withdrawal, a.number_sealed, b.code.label("bank"), b.name.label("bank_name"))
        .join(t.account, a.id == w.account_id).join(t.bank, b.id == w.bank_id)
        .where(w.id.in_([row.id for row in ids])).order_by(w.id.desc())
    )
    listed = [
        _one(row) | {
            "number": opened.account_number(row.number_sealed, table="account", row=row.account_id),
            "bank": row.bank, "bank_name": row.bank_name,
        }
        for row in rows
    ]
    return {"withdrawals": listed, "next": following}


def _one(row) -> dict:
    figures = {"amount": row.amount_minor, "captured_amount": row.captured_minor, "from_held": row.from_held_minor}
    return {
        "id": row.id, "reference": row.reference, "account": row.account_id, "currency": row.currency,
        "channel": row.channel, "status": row.status, "reason": row.reason, "period_start": row.period_start,
        "happened_at": row.happened_at, "expires_at": row.expires_at, "recorded_at": row.recorded_at,
    } | {name: format_amount(value, row.currency) for name, value in figures.items()}
