"""Cases of a court: a list of them, and one with its claims, debtors, accounts and orders."""

from collections.abc import Iterable

from sqlalchemy import Connection, Row, select

from livefreeze.base.money import format_amount
from livefreeze.store import tables as t
from livefreeze.store.queries import opened
from livefreeze.store.queries.viewer import PageAsked, Viewer, read_page

_CASE = select(t.court_case.c.id, t.court_case.c.case_number, t.court_case.c.creditor_sealed,
               t.court_case.c.recorded_at)


def page(connection: Connection, viewer: Viewer, asked: PageAsked) -> dict:
    """The court's cases with their claims: two queries."""
    query = _CASE.where(t.court_case.c.court_id == viewer.court_id)
    rows, following = read_page(connection, query, t.court_case.c.id, asked)
    claims = _claims(connection, (row.id for row in rows))
    return {"cases": [_summary(row, claims) for row in rows], "next": following}


def one(connection: Connection, viewer: Viewer, case_id: str) -> dict | None:
    """One case with all that belongs to it: five queries."""
    c = t.court_case.c
    row = connection.execute(_CASE.where(c.id == case_id, c.court_id == viewer.court_id)).one_or_none()
    if row is None:
        return None
    orders = select(t.freeze_order.c.id, t.freeze_order.c.notice_number, t.freeze_order.c.status)
    orders = orders.where(t.freeze_order.c.case_id == case_id).order_by(t.freeze_order.c.id)
    return _summary(row, _claims(connection, [case_id])) | {
        "debtors": _debtors(connection, case_id),
        "accounts": _accounts(connection, case_id),
        "orders": [order._asdict() for order in connection.execute(orders)],
    }


def claim_figures(row: Row) -> dict:
    """A claim's figures as text; `row` has the columns of the claim."""
    left = max(0, row.quota_minor - row.settled_minor - row.in_transit_minor)
    figures = {
        "target": row.target_minor, "quota": row.quota_minor, "quota_left": left, "settled": row.settled_minor,
        "in_transit": row.in_transit_minor, "over_collected": row.over_collected_minor,
    }
    return {"currency": row.currency} | {name: format_amount(value, row.currency) for name, value in figures.items()}


def _summary(row: Row, claims: dict[str, list[dict]]) -> dict:
    creditor = opened.name(row.creditor_sealed, table="court_case", column="creditor_sealed", row=row.id)
    return {"id": row.id, "case_number": row.case_number, "creditor": creditor, "claims": claims.get(row.id, []),
            "recorded_at": row.recorded_at}


def _claims(connection: Connection, case_ids: Iterable[str]) -> dict[str, list[dict]]:
    query = select(t.claim).where(t.claim.c.case_id.in_(list(case_ids))).order_by(t.claim.c.currency)
    by_case: dict[str, list[dict]] = {}
    for row in connection.execute(query):
        by_case.setdefault(row.case_id, []).append({"id": row.id} | claim_figures(row))
    return by_case


def _debtors(connection: Connection, case_id: str) -> list[dict]:
    d = t.debtor.c
    query = (
        select(d.id, d.name_sealed, d.id_number_sealed).join(t.case_debtor, t.case_debtor.c.debtor_id == d.id)
        .where(t.case_debtor.c.case_id == case_id).order_by(d.id)
    )
    return [
        {"id": row.id, "name": opened.name(row.name_sealed, table="debtor", column="name_sealed", row=row.id),
         "id_number": opened.id_number(row.id_number_sealed, row=row.id)}
        for row in connection.execute(query)
    ]


def _accounts(connection: Connection, case_id: str) -> list[dict]:
    a = t.account.c
    query = (
        select(a.id, a.debtor_id, a.number_sealed, a.currency, a.is_frozen, t.bank.c.code.label("bank"))
        .join(t.bank, t.bank.c.id == a.bank_id).join(t.case_debtor, t.case_debtor.c.debtor_id == a.debtor_id)
        .where(t.case_debtor.c.case_id == case_id).order_by(a.id)
    )
    return [
        {"id": row.id, "debtor": row.debtor_id, "bank": row.bank, "currency": row.currency,
         "account": opened.account_number(row.number_sealed, table="account", row=row.id), "is_frozen": row.is_frozen}
        for row in connection.execute(query)
    ]
