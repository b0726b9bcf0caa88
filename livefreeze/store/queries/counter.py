"""What a teller sees: accounts, withdrawals and reversals of their own bank, and nothing of the debt."""

import json
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, Row, or_, select

from livefreeze.base.clock import parse_instant
from livefreeze.base.money import format_amount
from livefreeze.store import tables as t
from livefreeze.store.queries import opened
from livefreeze.store.queries.viewer import PageAsked

_OPEN = ("authorised", "queried")
_W, _C, _A, _R = t.withdrawal.c, t.counter_withdrawal.c, t.account.c, t.counter_reversal.c

_WITHDRAWAL = (
    select(_W.id, _W.reference, _W.account_id, _W.amount_minor, _W.captured_minor, _W.currency, _W.status, _W.reason,
           _W.expires_at, _W.recorded_at, _C.identified_by, _C.shown, _A.number_sealed, _A.pool_id,
           t.staff.c.login.label("teller"))
    .join(t.counter_withdrawal, _C.withdrawal_id == _W.id).join(t.account, _A.id == _W.account_id)
    .join(t.staff, t.staff.c.id == _C.staff_id)
)
_ASKED, _ENDED = t.staff.alias("asked"), t.staff.alias("ended")
_REVERSAL = (
    select(_R.id, _R.withdrawal_id, _R.amount_minor, _R.reason, _R.digest, _R.status, _R.recorded_at, _R.ended_at,
           _W.currency, _W.captured_minor, _W.account_id, _A.number_sealed, _ASKED.c.login.label("asked_by"),
           _ASKED.c.person.label("asked_by_person"), _ENDED.c.login.label("ended_by"))
    .join(t.withdrawal, _W.id == _R.withdrawal_id).join(t.account, _A.id == _W.account_id)
    .join(_ASKED, _ASKED.c.id == _R.asked_by).join(_ENDED, _ENDED.c.id == _R.ended_by, isouter=True)
)


def account(connection: Connection, bank_id: str, account_id: str) -> dict | None:
    """The bank's account: its number masked, whose it is masked, and which court to ask. One query."""
    query = (
        select(_A.id, _A.number_sealed, _A.currency, _A.pool_id, t.debtor.c.id.label("debtor"),
               t.debtor.c.name_sealed, t.court.c.name.label("court"))
        .join(t.debtor, t.debtor.c.id == _A.debtor_id).join(t.pool, t.pool.c.id == _A.pool_id)
        .join(t.rule, t.rule.c.id == t.pool.c.rule_id, isouter=True)
        .join(t.court, t.court.c.id == t.rule.c.court_id, isouter=True)
    )
    row = connection.execute(query.where(_A.id == account_id, _A.bank_id == bank_id)).one_or_none()
    if row is None:
        return None
    return {
        "id": row.id, "currency": row.currency, "pool": row.pool_id, "court": row.court,
        "number": opened.account_number(row.number_sealed, table="account", row=row.id),
        "name": opened.name(row.name_sealed, table="debtor", column="name_sealed", row=row.debtor),
    }


def withdrawal(connection: Connection, bank_id: str, withdrawal_id: str) -> dict | None:
    """One that was asked for on our page, with what its answer showed, and its reversals. Three queries."""
    row = connection.execute(_WITHDRAWAL.where(_W.id == withdrawal_id, _C.bank_id == bank_id)).one_or_none()
    if row is None:
        return None
    court = (
        select(t.court.c.name).join(t.rule, t.rule.c.court_id == t.court.c.id)
        .join(t.pool, t.pool.c.rule_id == t.rule.c.id).where(t.pool.c.id == row.pool_id)
    )
    reversals = connection.execute(_REVERSAL.where(_R.withdrawal_id == withdrawal_id).order_by(_R.id))
    shown = json.loads(row.shown)
    return _line(row) | shown | {
        "whole_at": parse_instant(shown["whole_at"]), "identified_by": row.identified_by,
        "court": connection.scalar(court), "reversals": [_reversal(each) for each in reversals],
    }


def since(connection: Connection, bank_id: str, instant: datetime, asked: PageAsked) -> dict:
    """What the bank's tellers asked for since then, oldest first. Two queries."""
    query = _WITHDRAWAL.where(_C.bank_id == bank_id, _C.recorded_at >= instant)
    if asked.after is not None:
        of_bank = select(_C.recorded_at).where(_C.withdrawal_id == asked.after, _C.bank_id == bank_id)
        last_at = connection.scalar(of_bank) or instant
        query = query.where(_C.recorded_at >= last_at, or_(_C.recorded_at > last_at, _C.withdrawal_id > asked.after))
    # By time, as its index has them: by id alone, a database would read the history of years to find today.
    rows = connection.execute(query.order_by(_C.recorded_at, _C.withdrawal_id).limit(asked.limit + 1)).all()
    page = rows[: asked.limit]
    return {"withdrawals": _lines(page), "next": page[-1].id if len(rows) > asked.limit else None}


def unended(connection: Connection, bank_id: str, *, count_max: int) -> list[dict]:
    """Approved, and nobody has said whether it was paid; oldest first. One query."""
    query = _WITHDRAWAL.where(_C.bank_id == bank_id, _C.ended_at.is_(None), _W.status.in_(_OPEN))
    return _lines(connection.execute(query.order_by(_C.withdrawal_id).limit(count_max)))


def open_reversals(connection: Connection, bank_id: str, *, count_max: int) -> list[dict]:
    """Requests that wait for a second teller, oldest first. One query."""
    query = _REVERSAL.where(_R.bank_id == bank_id, _R.status == "open").order_by(_R.id).limit(count_max)
    return [_reversal(row) for row in connection.execute(query)]


def reversal(connection: Connection, bank_id: str, reversal_id: str) -> dict | None:
    """One request. One query."""
    row = connection.execute(_REVERSAL.where(_R.id == reversal_id, _R.bank_id == bank_id)).one_or_none()
    return None if row is None else _reversal(row)


def _lines(rows: Iterable[Row]) -> list[dict]:
    return [_line(row) for row in rows]


def _line(row: Row) -> dict:
    return {
        "id": row.id, "reference": row.reference, "account": row.account_id, "currency": row.currency,
        "number": opened.account_number(row.number_sealed, table="account", row=row.account_id),
        "amount": format_amount(row.amount_minor, row.currency), "status": row.status, "reason": row.reason,
        "captured_amount": format_amount(row.captured_minor, row.currency), "is_approved": row.status != "declined",
        "is_open": row.status in _OPEN, "expires_at": row.expires_at, "recorded_at": row.recorded_at,
        "teller": row.teller,
    }


def _reversal(row: Row) -> dict:
    return {
        "id": row.id, "withdrawal": row.withdrawal_id, "account": row.account_id, "currency": row.currency,
        "number": opened.account_number(row.number_sealed, table="account", row=row.account_id),
        "amount": format_amount(row.amount_minor, row.currency),
        "captured_amount": format_amount(row.captured_minor, row.currency), "reason": row.reason,
        "digest": "sha256:" + row.digest.hex(), "status": row.status, "asked_by": row.asked_by,
        "asked_by_person": row.asked_by_person, "ended_by": row.ended_by, "recorded_at": row.recorded_at,
        "ended_at": row.ended_at,
    }
