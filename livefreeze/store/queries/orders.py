"""Freeze orders of a court."""

import json

from sqlalchemy import Connection, Row, select

from livefreeze.store import tables as t
from livefreeze.store.queries import opened
from livefreeze.store.queries.cases import claim_bar, claim_figures
from livefreeze.store.queries.viewer import PageAsked, Viewer, read_page, read_page_newest

_O, _CLAIM, _CASE = t.freeze_order.c, t.claim.c, t.court_case.c
_ORDER = (
    select(
        _O.id, _O.case_id, _CASE.case_number, _O.notice_number, _O.status, _O.rank, _O.rule_id, _O.recorded_at,
        _O.in_force_at, _O.ended_at, _CLAIM.currency, _CLAIM.target_minor, _CLAIM.quota_minor, _CLAIM.settled_minor,
        _CLAIM.in_transit_minor, _CLAIM.over_collected_minor, t.pool.c.debtor_id,
    )
    .join(t.claim, _CLAIM.id == _O.claim_id).join(t.court_case, _CASE.id == _O.case_id)
    .join(t.pool, t.pool.c.id == _O.pool_id)
)


def page(connection: Connection, viewer: Viewer, asked: PageAsked) -> dict:
    """The court's orders: one query."""
    rows, following = read_page(connection, _ORDER.where(_O.court_id == viewer.court_id), _O.id, asked)
    return {"orders": [_summary(row) for row in rows], "next": following}


def newest(connection: Connection, viewer: Viewer, asked: PageAsked, *, status: str | None = None,
           case_id: str | None = None) -> dict:
    """The court's orders, newest first, of one state or case or of all: one query."""
    query = _ORDER.where(_O.court_id == viewer.court_id)
    if status is not None:
        query = query.where(_O.status == status)
    if case_id is not None:
        query = query.where(_O.case_id == case_id)
    rows, following = read_page_newest(connection, query, _O.id, asked)
    return {"orders": [_summary(row) for row in rows], "next": following}


def one(connection: Connection, viewer: Viewer, order_id: str) -> dict | None:
    """One order with its rule, its accounts and its proposals: five queries."""
    query = _ORDER.where(_O.id == order_id, _O.court_id == viewer.court_id)
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    a, p = t.freeze_order_account.c, t.proposal.c
    accounts = select(a.account_id, a.receipt, a.receipt_at).where(a.order_id == order_id).order_by(a.account_id)
    proposals = select(p.id, p.kind, p.status).where(p.subject_id == order_id).order_by(p.id)
    rule = connection.scalar(select(t.rule.c.document).where(t.rule.c.id == row.rule_id))
    f = t.freeze_order_rule.c
    followed = connection.execute(
        select(t.court_rule.c.id, t.court_rule.c.name).join(t.freeze_order_rule, f.court_rule_id == t.court_rule.c.id)
        .where(f.order_id == order_id)
    ).one_or_none()
    return _summary(row) | {
        "rule": json.loads(rule),
        "court_rule": None if followed is None else followed._asdict(),
        "accounts": [
            {"account": each.account_id, "receipt": each.receipt, "receipt_at": each.receipt_at}
            for each in connection.execute(accounts)
        ],
        "proposals": [each._asdict() for each in connection.execute(proposals)],
    }


def for_page(connection: Connection, viewer: Viewer, order_id: str) -> dict | None:
    """One order with its rule, its debtor, the banks' receipts and its proposals, as people read it: five queries."""
    shown = one(connection, viewer, order_id)
    if shown is None:
        return None
    oa, a, b, d = t.freeze_order_account.c, t.account.c, t.bank.c, t.debtor.c
    accounts = (
        select(a.id, a.number_sealed, b.name.label("bank_name"), oa.receipt, oa.receipt_at, a.is_frozen)
        .join(t.account, a.id == oa.account_id).join(t.bank, b.id == a.bank_id)
        .where(oa.order_id == order_id).order_by(a.id)
    )
    named = [
        {"id": row.id, "number": opened.account_number(row.number_sealed, table="account", row=row.id),
         "bank_name": row.bank_name, "receipt": row.receipt, "receipt_at": row.receipt_at, "is_frozen": row.is_frozen}
        for row in connection.execute(accounts)
    ]
    name = connection.scalar(select(d.name_sealed).where(d.id == shown["debtor"]))
    return shown | {
        "named_accounts": named,
        "debtor_name": opened.name(name, table="debtor", column="name_sealed", row=shown["debtor"]),
    }


def _summary(row: Row) -> dict:
    return {
        "id": row.id, "case": row.case_id, "case_number": row.case_number, "debtor": row.debtor_id,
        "notice_number": row.notice_number, "status": row.status, "rank": row.rank, "recorded_at": row.recorded_at,
        "in_force_at": row.in_force_at, "ended_at": row.ended_at,
    } | claim_figures(row) | {"bar": claim_bar(row)}
