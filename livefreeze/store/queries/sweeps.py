"""Sweeps: from which account, to which case fund, and what became of them."""

from sqlalchemy import Connection, Row, exists, func, select

from livefreeze.base.money import format_amount
from livefreeze.store import tables as t
from livefreeze.store.queries import opened
from livefreeze.store.queries.viewer import PageAsked, Viewer, read_page_newest

_FAILED = ("failed", "returned")

_S, _O, _F, _A = t.sweep.c, t.freeze_order.c, t.case_fund.c, t.account.c
_SWEEP = (
    select(_S.id, _S.claim_id, _S.order_id, _S.account_id, _S.case_fund_id, _S.amount_minor, _S.currency, _S.status,
           _S.run, _S.recorded_at, _S.finished_at, _O.case_id, _F.bank_code, _F.number_sealed, _F.name,
           t.court_case.c.case_number, _A.number_sealed.label("own_number_sealed"), t.bank.c.name.label("bank_name"))
    .join(t.freeze_order, _O.id == _S.order_id).join(t.court_case, t.court_case.c.id == _O.case_id)
    .join(t.case_fund, _F.id == _S.case_fund_id).join(t.account, _A.id == _S.account_id)
    .join(t.bank, t.bank.c.id == _A.bank_id)
)


def one(connection: Connection, viewer: Viewer, sweep_id: str) -> dict | None:
    """The sweep, if it serves a claim of the court: one query."""
    query = _SWEEP.where(_S.id == sweep_id, _O.court_id == viewer.court_id)
    row = connection.execute(query).one_or_none()
    return None if row is None else _one(row)


def newest(connection: Connection, viewer: Viewer, asked: PageAsked, *, status: str | None = None,
           case_id: str | None = None) -> dict:
    """The sweeps for claims of the court, newest first, of one state or case or of all: two queries."""
    of_court = [_O.id == _S.order_id, _O.court_id == viewer.court_id]
    if case_id is not None:
        of_court.append(_O.case_id == case_id)
    query = select(_S.id).where(exists(select(1).where(*of_court).correlate_except(t.freeze_order)))
    if status is not None:
        query = query.where(_S.status == status)
    ids, following = read_page_newest(connection, query, _S.id, asked)
    rows = connection.execute(_SWEEP.where(_S.id.in_([row.id for row in ids])).order_by(_S.id.desc()))
    return {"sweeps": [_one(row) for row in rows], "next": following}


def _one(row: Row) -> dict:
    number = opened.account_number(row.number_sealed, table="case_fund", row=row.case_fund_id)
    own = opened.account_number(row.own_number_sealed, table="account", row=row.account_id)
    return {
        "case_number": row.case_number, "bank_name": row.bank_name, "number": own, "run": row.run,
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
