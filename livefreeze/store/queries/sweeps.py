"""One sweep: from which account, to which case fund, and what became of it."""

from sqlalchemy import Connection, select

from livefreeze.base.money import format_amount
from livefreeze.store import tables as t
from livefreeze.store.queries import opened
from livefreeze.store.queries.viewer import Viewer


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
