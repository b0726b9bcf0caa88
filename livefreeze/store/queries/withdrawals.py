"""Withdrawals of one account, approved and declined."""

from sqlalchemy import Connection, select

from livefreeze.base.money import format_amount
from livefreeze.store import tables as t
from livefreeze.store.queries.viewer import PageAsked, Viewer, read_page


def page(connection: Connection, viewer: Viewer, account_id: str, asked: PageAsked) -> dict | None:
    """The withdrawals of an account that the court may look at: two queries. None for another account."""
    a, w = t.account.c, t.withdrawal.c
    known = select(t.court_debtor.c.debtor_id).where(t.court_debtor.c.court_id == viewer.court_id)
    if connection.scalar(select(a.id).where(a.id == account_id, a.debtor_id.in_(known))) is None:
        return None
    rows, following = read_page(connection, select(t.withdrawal).where(w.account_id == account_id), w.id, asked)
    return {"withdrawals": [_one(row) for row in rows], "next": following}


def _one(row) -> dict:
    figures = {"amount": row.amount_minor, "captured_amount": row.captured_minor, "from_held": row.from_held_minor}
    return {
        "id": row.id, "reference": row.reference, "account": row.account_id, "currency": row.currency,
        "channel": row.channel, "status": row.status, "reason": row.reason, "period_start": row.period_start,
        "happened_at": row.happened_at, "expires_at": row.expires_at, "recorded_at": row.recorded_at,
    } | {name: format_amount(value, row.currency) for name, value in figures.items()}
