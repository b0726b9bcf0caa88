"""What debtors see of their own: accounts, orders, withdrawals, payments. Nothing before a bank has answered an order,
so that nobody learns here of a freeze that is still on its way."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, Row, or_, select

from livefreeze.base.money import format_amount
from livefreeze.rules.freeze import ClaimCounters
from livefreeze.store import tables as t
from livefreeze.store.queries import opened

_SHOWN = ("in_force", "queued", "stayed", "satisfied", "released", "lapsed")
_A, _O, _CLAIM, _W, _S, _T = t.account.c, t.freeze_order.c, t.claim.c, t.withdrawal.c, t.sweep.c, t.transfer.c


def _of_debtor(debtor_id: str):
    """The ids of the debtor's accounts, by way of the pools, which are found by the debtor."""
    return select(_A.id).join(t.pool, t.pool.c.id == _A.pool_id).where(t.pool.c.debtor_id == debtor_id)


def name(connection: Connection, debtor_id: str) -> str | None:
    """The debtor's name, masked."""
    sealed = connection.scalar(select(t.debtor.c.name_sealed).where(t.debtor.c.id == debtor_id))
    return opened.name(sealed, table="debtor", column="name_sealed", row=debtor_id)


def accounts(connection: Connection, debtor_id: str) -> list[dict]:
    """The accounts whose freeze a bank has confirmed. One query."""
    query = (
        select(_A.id, _A.pool_id, _A.number_sealed, _A.currency, _A.is_allowance_account, _A.is_frozen,
               t.bank.c.name.label("bank"))
        .join(t.bank, t.bank.c.id == _A.bank_id).join(t.pool, t.pool.c.id == _A.pool_id)
        .where(t.pool.c.debtor_id == debtor_id, _A.opened_at.is_not(None))
    )
    return [
        {"id": row.id, "pool": row.pool_id, "currency": row.currency, "bank": row.bank, "is_frozen": row.is_frozen,
         "is_allowance_account": row.is_allowance_account,
         "number": opened.account_number(row.number_sealed, table="account", row=row.id)}
        for row in connection.execute(query.order_by(_A.is_allowance_account.desc(), _A.id))
    ]


def orders(connection: Connection, debtor_id: str) -> list[dict]:
    """The orders that have had effect on the debtor's accounts, those that still have first. One query."""
    query = (
        select(_O.id, _O.pool_id, _O.notice_number, _O.status, _O.in_force_at, _O.ended_at, _O.claim_id,
               t.court.c.name.label("court"), t.court_case.c.case_number, _CLAIM.currency, _CLAIM.target_minor,
               _CLAIM.quota_minor, _CLAIM.settled_minor, _CLAIM.in_transit_minor)
        .join(t.pool, t.pool.c.id == _O.pool_id).join(t.claim, _CLAIM.id == _O.claim_id)
        .join(t.court_case, t.court_case.c.id == _O.case_id).join(t.court, t.court.c.id == _O.court_id)
        .where(t.pool.c.debtor_id == debtor_id, _O.status.in_(_SHOWN), _O.in_force_at.is_not(None))
        .order_by(_O.ended_at.is_not(None), _O.rank, _O.id)
    )
    return [
        {**row._asdict(), "is_live": row.ended_at is None, "left_minor": _claim(row).still_owed_minor}
        for row in connection.execute(query)
    ]


def _claim(row: Row) -> ClaimCounters:
    return ClaimCounters(row.target_minor, row.quota_minor, row.settled_minor, row.in_transit_minor)


def arrived(connection: Connection, claim_ids: Iterable[str], *, since: datetime) -> list[tuple[str, datetime, int]]:
    """What arrived for these claims since then: claim, when, minor units. One query."""
    query = select(_S.claim_id, _S.finished_at, _S.amount_minor).where(
        _S.claim_id.in_(list(claim_ids)), _S.status == "settled", _S.finished_at >= since
    )
    return [tuple(row) for row in connection.execute(query)]


def withdrawals(connection: Connection, debtor_id: str, *, limit: int, before: str | None = None) -> dict:
    """What was asked for at any account, newest first, and before which id the list goes on. Two queries."""
    query = (
        select(_W.id, _W.amount_minor, _W.captured_minor, _W.currency, _W.channel, _W.status, _W.reason,
               _W.recorded_at, _A.number_sealed, _A.id.label("account"), t.bank.c.name.label("bank"))
        .join(t.account, _A.id == _W.account_id).join(t.bank, t.bank.c.id == _W.bank_id)
        .where(_W.account_id.in_(_of_debtor(debtor_id)))
    )
    last_at = None
    if before is not None:
        last = select(_W.recorded_at).where(_W.id == before, _W.account_id.in_(_of_debtor(debtor_id)))
        last_at = connection.scalar(last)
    if last_at is not None:
        query = query.where(_W.recorded_at <= last_at, or_(_W.recorded_at < last_at, _W.id < before))
    rows = connection.execute(query.order_by(_W.recorded_at.desc(), _W.id.desc()).limit(limit + 1)).all()
    shown = [
        {"id": row.id, "currency": row.currency, "channel": row.channel, "status": row.status, "reason": row.reason,
         "recorded_at": row.recorded_at, "bank": row.bank,
         "number": opened.account_number(row.number_sealed, table="account", row=row.account),
         "amount": format_amount(row.captured_minor or row.amount_minor, row.currency)}
        for row in rows[:limit]
    ]
    return {"withdrawals": shown, "next": shown[-1]["id"] if len(rows) > limit else None}


def stand_ins(connection: Connection, debtor_id: str, *, count_max: int) -> list[dict]:
    """What a bank paid or booked without asking first, newest first. One query."""
    query = (
        select(_T.id, _T.amount_minor, _T.currency, _T.happened_at, _A.number_sealed, _A.id.label("account"),
               t.bank.c.name.label("bank"))
        .join(t.account, _A.id == _T.account_id).join(t.bank, t.bank.c.id == _A.bank_id)
        .where(_T.account_id.in_(_of_debtor(debtor_id)), _T.kind == "stand_in", _T.withdrawal_id.is_(None))
        .order_by(_T.recorded_at.desc(), _T.id.desc()).limit(count_max)
    )
    return [
        {"id": row.id, "currency": row.currency, "amount": format_amount(row.amount_minor, row.currency),
         "happened_at": row.happened_at, "bank": row.bank,
         "number": opened.account_number(row.number_sealed, table="account", row=row.account)}
        for row in connection.execute(query)
    ]
