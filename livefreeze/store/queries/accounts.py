"""Accounts as a court sees them: those of debtors that the court has named."""

from sqlalchemy import Connection, Row, select

from livefreeze.base.money import format_amount
from livefreeze.store import tables as t
from livefreeze.store.queries import opened
from livefreeze.store.queries.viewer import PageAsked, Viewer, knows, read_page_newest

_LISTED = (
    t.account.c.id, t.account.c.debtor_id, t.account.c.currency, t.account.c.number_sealed, t.account.c.is_frozen,
    t.account.c.is_allowance_account, t.account.c.balance_minor, t.account.c.recorded_at,
    t.bank.c.code.label("bank"), t.bank.c.name.label("bank_name"), t.debtor.c.name_sealed,
)


def one(connection: Connection, viewer: Viewer, account_id: str) -> dict | None:
    """The account, its balances as booked, and the court's own orders on it: two queries."""
    a = t.account.c
    query = (
        select(t.account, t.bank.c.code.label("bank"), t.bank.c.name.label("bank_name"), t.debtor.c.name_sealed)
        .join(t.bank, t.bank.c.id == a.bank_id).join(t.debtor, t.debtor.c.id == a.debtor_id).where(
            a.id == account_id, knows(viewer.court_id, a.debtor_id))
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    figures = {"balance": row.balance_minor, "held": row.held_minor, "in_transit": row.in_transit_minor}
    return {
        "id": row.id, "debtor": row.debtor_id, "bank": row.bank, "currency": row.currency,
        "account": opened.account_number(row.number_sealed, table="account", row=row.id),
        "allowance_account": row.is_allowance_account, "is_frozen": row.is_frozen, "opened_at": row.opened_at,
        "orders": _orders(connection, viewer, account_id), "bank_name": row.bank_name,
        "debtor_name": opened.name(row.name_sealed, table="debtor", column="name_sealed", row=row.debtor_id),
    } | {name: format_amount(value, row.currency) for name, value in figures.items()}


def newest(connection: Connection, viewer: Viewer, asked: PageAsked, *, is_frozen: bool | None = None) -> dict:
    """Accounts of debtors that the court has named, newest first, frozen ones or all: two queries."""
    a, b, d = t.account.c, t.bank.c, t.debtor.c
    # The page is cut before anything is joined to it: the database goes down the ids, and stops.
    query = select(a.id).where(knows(viewer.court_id, a.debtor_id))
    if is_frozen is not None:
        query = query.where(a.is_frozen == is_frozen)
    ids, following = read_page_newest(connection, query, a.id, asked)
    listed = (
        select(*_LISTED).join(t.bank, b.id == a.bank_id).join(t.debtor, d.id == a.debtor_id)
        .where(a.id.in_([row.id for row in ids])).order_by(a.id.desc())
    )
    rows = connection.execute(listed).all()
    return {"accounts": [_listed(row) for row in rows], "next": following}


def by_number(connection: Connection, viewer: Viewer, number_index: bytes) -> list[dict]:
    """The court's accounts of exactly this number, one a bank at most: one query."""
    a, b, d = t.account.c, t.bank.c, t.debtor.c
    query = (
        select(*_LISTED).join(t.bank, b.id == a.bank_id).join(t.debtor, d.id == a.debtor_id)
        .where(a.number_index == number_index, knows(viewer.court_id, a.debtor_id)).order_by(a.id)
    )
    return [_listed(row) for row in connection.execute(query)]


def of_debtor(connection: Connection, viewer: Viewer, debtor_id: str, *, count_max: int) -> list[dict]:
    """The accounts of a debtor that the court has named: one query."""
    a, b, d = t.account.c, t.bank.c, t.debtor.c
    query = (
        select(*_LISTED).join(t.bank, b.id == a.bank_id).join(t.debtor, d.id == a.debtor_id)
        .where(a.debtor_id == debtor_id, knows(viewer.court_id, a.debtor_id)).order_by(a.id)
    )
    return [_listed(row) for row in connection.execute(query.limit(count_max))]


def cases_of(connection: Connection, viewer: Viewer, account_id: str, *, count_max: int) -> list[dict]:
    """The court's cases against the holder of an account: one query."""
    c, cd, a = t.court_case.c, t.case_debtor.c, t.account.c
    query = (
        select(c.id, c.case_number).join(t.case_debtor, cd.case_id == c.id)
        .join(t.account, a.debtor_id == cd.debtor_id).where(a.id == account_id, c.court_id == viewer.court_id)
        .order_by(c.id)
    )
    return [row._asdict() for row in connection.execute(query.limit(count_max))]


def _listed(row: Row) -> dict:
    return {
        "id": row.id, "debtor": row.debtor_id, "bank": row.bank, "bank_name": row.bank_name, "currency": row.currency,
        "account": opened.account_number(row.number_sealed, table="account", row=row.id),
        "debtor_name": opened.name(row.name_sealed, table="debtor", column="name_sealed", row=row.debtor_id),
        "allowance_account": row.is_allowance_account, "is_frozen": row.is_frozen, "recorded_at": row.recorded_at,
        "balance": format_amount(row.balance_minor, row.currency),
    }


def pool_of(connection: Connection, viewer: Viewer, account_id: str) -> str | None:
    """The pool of an account that the court may look at."""
    a = t.account.c
    return connection.scalar(select(a.pool_id).where(a.id == account_id, knows(viewer.court_id, a.debtor_id)))


def _orders(connection: Connection, viewer: Viewer, account_id: str) -> list[dict]:
    o, oa = t.freeze_order.c, t.freeze_order_account.c
    query = (
        select(o.id, o.notice_number, o.status, oa.receipt).join(t.freeze_order_account, oa.order_id == o.id)
        .where(oa.account_id == account_id, o.court_id == viewer.court_id).order_by(o.id)
    )
    return [row._asdict() for row in connection.execute(query)]
