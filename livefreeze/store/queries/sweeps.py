"""Sweeps: from which account, to which case fund, and what became of them."""

from sqlalchemy import Connection, func, select

from livefreeze.base.money import format_amount
from livefreeze.store import tables as t
from livefreeze.store.queries import opened
from livefreeze.store.queries.viewer import PageAsked, Viewer, read_page_newest

_FAILED = ("failed", "returned")


def one(connection: Connection, viewer: Viewer, sweep_id: str) -> dict | None:
    """The sweep, if it serves a claim of the court: one query."""
    s, o, f = t.sweep.c, t.freeze_order.c, t.case_fund.c
    query = (
        select(s.id, s.claim_id, s.order_id, s.account_id, s.case_fund_id, s.amount_minor, s.currency, s.status,
               s.recorded_at, s.finished_at, o.case_id, f.bank_code, f.number_sealed, f.name)
        .join(t.freeze_order, o.id == s.order_id).join(t.case_fund, f.id == s.case_fund_id)
        .where(s.id == sweep_id, o.court_id == viewer.court_id)
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    number = opened.account_number(row.number_sealed, table="case_fund", row=row.case_fund_id)
    return {
        "id": row.id, "case": row.case_id, "claim": row.claim_id, "order": row.order_id, "account": row.account_id,
        "amount": format_amount(row.amount_minor, row.currency), "currency": row.currency, "status": row.status,
        "to": {"bank": row.bank_code, "account": number, "name": row.name},
        "recorded_at": row.recorded_at, "finished_at": row.finished_at,
    }


def of_case(connection: Connection, viewer: Viewer, case_id: str, asked: PageAsked, *, run: str | None = None) -> dict:
    """The case's sweeps, newest first, those of one click or run if it is named; how many failed: two queries."""
    s, o, a = t.sweep.c, t.freeze_order.c, t.account.c
    of_this_case = (o.case_id == case_id, o.court_id == viewer.court_id, *((s.run == run,) if run else ()))
    query = (
        select(s.id, s.account_id, s.amount_minor, s.currency, s.status, s.run, s.recorded_at, s.finished_at,
               a.number_sealed, t.bank.c.code.label("bank"), t.bank.c.name.label("bank_name"))
        .join(t.freeze_order, o.id == s.order_id).join(t.account, a.id == s.account_id)
        .join(t.bank, t.bank.c.id == a.bank_id).where(*of_this_case)
    )
    rows, following = read_page_newest(connection, query, s.id, asked)
    failed = (
        select(func.count()).select_from(t.sweep).join(t.freeze_order, o.id == s.order_id)
        .where(*of_this_case, s.status.in_(_FAILED))
    )
    return {
        "next": following, "failed": int(connection.scalar(failed)),
        "sweeps": [
            {"id": row.id, "account_id": row.account_id, "bank": row.bank, "bank_name": row.bank_name,
             "account": opened.account_number(row.number_sealed, table="account", row=row.account_id),
             "amount": format_amount(row.amount_minor, row.currency), "currency": row.currency, "status": row.status,
             "by_click": row.run.startswith("click:"), "recorded_at": row.recorded_at,
             "finished_at": row.finished_at}
            for row in rows
        ],
    }
