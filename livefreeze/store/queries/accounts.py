"""One account as a court sees it: where its debtor is one that the court has named."""

from sqlalchemy import Connection, select

from livefreeze.base.money import format_amount
from livefreeze.store import tables as t
from livefreeze.store.queries import opened
from livefreeze.store.queries.viewer import Viewer


def one(connection: Connection, viewer: Viewer, account_id: str) -> dict | None:
    """The account, its balances as booked, and the court's own orders on it: two queries."""
    a = t.account.c
    query = (
        select(t.account, t.bank.c.code.label("bank")).join(t.bank, t.bank.c.id == a.bank_id)
        .where(a.id == account_id, a.debtor_id.in_(_known_to(viewer)))
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    figures = {"balance": row.balance_minor, "held": row.held_minor, "in_transit": row.in_transit_minor}
    return {
        "id": row.id, "debtor": row.debtor_id, "bank": row.bank, "currency": row.currency,
        "account": opened.account_number(row.number_sealed, table="account", row=row.id),
        "allowance_account": row.is_allowance_account, "is_frozen": row.is_frozen, "opened_at": row.opened_at,
        "orders": _orders(connection, viewer, account_id),
    } | {name: format_amount(value, row.currency) for name, value in figures.items()}


def pool_of(connection: Connection, viewer: Viewer, account_id: str) -> str | None:
    """The pool of an account that the court may look at."""
    a = t.account.c
    return connection.scalar(select(a.pool_id).where(a.id == account_id, a.debtor_id.in_(_known_to(viewer))))


def _known_to(viewer: Viewer):
    return select(t.court_debtor.c.debtor_id).where(t.court_debtor.c.court_id == viewer.court_id)


def _orders(connection: Connection, viewer: Viewer, account_id: str) -> list[dict]:
    o, oa = t.freeze_order.c, t.freeze_order_account.c
    query = (
        select(o.id, o.notice_number, o.status, oa.receipt).join(t.freeze_order_account, oa.order_id == o.id)
        .where(oa.account_id == account_id, o.court_id == viewer.court_id).order_by(o.id)
    )
    return [row._asdict() for row in connection.execute(query)]
