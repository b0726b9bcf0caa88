"""What needs a person of the court today: one list of matters, each with the instant by which it should be done."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, exists, func, select, text

from livefreeze.base import clock
from livefreeze.base.access import COURT, ENDPOINTS, Principal
from livefreeze.base.money import format_amount
from livefreeze.rules import due as rule_of_due
from livefreeze.rules.due import Due, Matter
from livefreeze.rules.freeze import FreezeStatus
from livefreeze.store import tables as t
from livefreeze.store.queries import opened
from livefreeze.store.queries.viewer import knows

COUNT_MAX = 10  # of each kind; the lists show the rest
#: A bank answers an order within a day, usually in a moment: before that nobody need look.
PATIENCE = timedelta(days=1)
REFUSED = "ORDER_REFUSED"

# As they stand in the conditions of partial indexes: with a parameter in it the database could not tell.
_OPEN = text("proposal.status = 'open'")
_QUERIED = text("withdrawal.status = 'queried'")
_UNSETTLED = text("sweep.status IN ('failed', 'returned')")


class Waiting(NamedTuple):
    """One matter: what it is about, since when it waits, and by when it should be done."""

    matter: Matter
    subject: str  # the id of what to look at
    since: datetime
    due: Due
    words: dict[str, object]  # what its sentence names


class Today(NamedTuple):
    """All that waits, the most pressing first, and the kinds of which there is more than is shown."""

    waiting: list[Waiting]
    more: frozenset[Matter]


#: Who deals with what; an auditor looks at all of it.
_WHO: dict[Matter, frozenset[str]] = {
    Matter.APPROVAL: ENDPOINTS["court.approve_proposal"] | {"auditor"},
    Matter.REFUSED_RECEIPT: frozenset({"clerk", "judge", "auditor"}),
    Matter.RECEIPT: frozenset({"clerk", "judge", "auditor"}),
    Matter.QUERIED_WITHDRAWAL: frozenset({"clerk", "finance", "auditor"}),
    Matter.FAILED_SWEEP: frozenset({"finance", "auditor"}),
    Matter.SILENT_BANK: COURT,
    Matter.ALERT: COURT,
}


def today(connection: Connection, principal: Principal, *, now: datetime) -> Today:
    """What waits for this person, by their role: one query a kind, whatever the number of rows."""
    waiting: list[Waiting] = []
    more = set()
    for matter, read in _READ.items():
        if principal.role not in _WHO[matter]:
            continue
        found = [
            Waiting(matter, subject, since, rule_of_due.due(matter, since=since, now=now), words)
            for subject, since, words in read(connection, principal, now)
        ]
        waiting += found[:COUNT_MAX]
        if len(found) > COUNT_MAX:
            more.add(matter)
    return Today(sorted(waiting, key=lambda one: (one.due.at, one.subject)), frozenset(more))


Found = list[tuple[str, datetime, dict[str, object]]]


def _approvals(connection: Connection, principal: Principal, now: datetime) -> Found:
    """Open proposals, but those that this person wrote themselves: they may not approve them."""
    p, v, s = t.proposal.c, t.proposal_version.c, t.staff.c
    wrote = exists(
        select(1).select_from(t.proposal_version).join(t.staff, s.id == v.edited_by)
        .where(v.proposal_id == p.id, s.person == principal.person)
    )
    o, c, r = t.freeze_order.c, t.court_case.c, t.court_rule.c
    query = (
        select(p.id, p.kind, p.recorded_at, c.case_number, r.name.label("rule_name"))
        .outerjoin(t.freeze_order, o.id == p.subject_id).outerjoin(t.court_case, c.id == o.case_id)
        .outerjoin(t.court_rule, r.id == p.subject_id)
        .where(p.court_id == principal.court_id, _OPEN, ~wrote)
    )
    rows = connection.execute(query.order_by(p.id).limit(COUNT_MAX + 1))
    return [
        (row.id, row.recorded_at, {"kind": row.kind, "case_number": row.case_number, "rule_name": row.rule_name})
        for row in rows
    ]


def _alerts(connection: Connection, principal: Principal, *, is_refusal: bool) -> Found:
    al, a = t.alert.c, t.account.c
    query = (
        select(al.id, al.kind, al.document, al.recorded_at, al.account_id, a.number_sealed, a.currency,
               t.bank.c.name.label("bank_name"))
        .outerjoin(t.account, a.id == al.account_id).outerjoin(t.bank, t.bank.c.id == a.bank_id)
        .where(al.court_id == principal.court_id, al.handled_at.is_(None),
               al.kind == REFUSED if is_refusal else al.kind != REFUSED)
    )
    rows = connection.execute(query.order_by(al.id).limit(COUNT_MAX + 1))
    return [
        (row.id, row.recorded_at, {
            "kind": row.kind, "account": row.account_id, "currency": row.currency, "bank_name": row.bank_name,
            "number": _number(row.number_sealed, row.account_id), "detail": json.loads(row.document),
        })
        for row in rows
    ]


def _refused(connection: Connection, principal: Principal, now: datetime) -> Found:
    """Orders that a bank refused, until somebody has dealt with it."""
    return _alerts(connection, principal, is_refusal=True)


def _others(connection: Connection, principal: Principal, now: datetime) -> Found:
    return _alerts(connection, principal, is_refusal=False)


def _receipts(connection: Connection, principal: Principal, now: datetime) -> Found:
    """Orders that were served more than a day ago, and no bank has answered. Served when they were approved."""
    o, p = t.freeze_order.c, t.proposal.c
    query = (
        select(o.id, o.notice_number, t.court_case.c.case_number, p.approved_at)
        .join(t.court_case, t.court_case.c.id == o.case_id)
        .join(t.proposal, (p.subject_id == o.id) & (p.kind == "order.serve") & (p.status == "approved"))
        .where(o.court_id == principal.court_id, o.status == FreezeStatus.PENDING, p.approved_at < now - PATIENCE)
    )
    rows = connection.execute(query.order_by(o.id).limit(COUNT_MAX + 1))
    return [
        (row.id, row.approved_at, {"notice_number": row.notice_number, "case_number": row.case_number}) for row in rows
    ]


def _queried(connection: Connection, principal: Principal, now: datetime) -> Found:
    """Withdrawals whose bank has not told whether it paid."""
    w, a = t.withdrawal.c, t.account.c
    query = (
        select(w.id, w.account_id, w.amount_minor, w.currency, w.expires_at, w.recorded_at, a.number_sealed,
               t.bank.c.name.label("bank_name"))
        .join(t.account, a.id == w.account_id).join(t.bank, t.bank.c.id == w.bank_id)
        .where(_QUERIED, knows(principal.court_id, a.debtor_id))
    )
    rows = connection.execute(query.order_by(w.id).limit(COUNT_MAX + 1))
    return [
        (row.account_id, row.expires_at or row.recorded_at, {
            "amount": format_amount(row.amount_minor, row.currency), "currency": row.currency,
            "bank_name": row.bank_name, "number": _number(row.number_sealed, row.account_id),
        })
        for row in rows
    ]


def _sweeps(connection: Connection, principal: Principal, now: datetime) -> Found:
    """Sweeps that failed or came back, after which nothing was sent again from their account for their claim."""
    s, o, later = t.sweep.c, t.freeze_order.c, t.sweep.alias("later")
    again = exists(
        select(1).where(later.c.account_id == s.account_id, later.c.claim_id == s.claim_id, later.c.id > s.id,
                        later.c.status.in_(("instructed", "settled")))
    )
    query = (
        select(s.id, s.amount_minor, s.currency, s.status, s.finished_at, s.recorded_at, o.case_id,
               t.court_case.c.case_number)
        .join(t.freeze_order, o.id == s.order_id).join(t.court_case, t.court_case.c.id == o.case_id)
        .where(_UNSETTLED, o.court_id == principal.court_id, ~again)
    )
    rows = connection.execute(query.order_by(s.id).limit(COUNT_MAX + 1))
    return [
        (row.id, row.finished_at or row.recorded_at, {
            "amount": format_amount(row.amount_minor, row.currency), "currency": row.currency, "status": row.status,
            "case": row.case_id, "case_number": row.case_number,
        })
        for row in rows
    ]


def _banks(connection: Connection, principal: Principal, now: datetime) -> Found:
    """Banks of the court's accounts that take no messages: their breaker is closed, or a message was given up."""
    b, m = t.bank.c, t.outbound_message.c
    a = t.account.c
    of_court = knows(principal.court_id, a.debtor_id)
    is_ours = exists(select(1).where(a.id == m.lane, of_court).correlate_except(t.account))
    dead = exists(select(1).where(m.bank_id == b.id, m.dead_at.is_not(None), m.delivered_at.is_(None), is_ours)
                  .correlate_except(t.outbound_message))
    has_ours = exists(select(1).where(a.bank_id == b.id, of_court).correlate_except(t.account))
    is_closed = b.closed_until.is_not(None) & (b.closed_until > clock.wall()) & has_ours
    oldest = select(func.min(m.recorded_at)).where(m.bank_id == b.id, m.delivered_at.is_(None)).scalar_subquery()
    query = (
        select(b.id, b.code, b.name, b.recorded_at, dead.label("has_dead"), oldest.label("since"))
        .where(dead | is_closed)
    )
    rows = connection.execute(query.order_by(b.id).limit(COUNT_MAX + 1))
    return [
        (row.code, row.since or now, {"bank_name": row.name, "has_dead": bool(row.has_dead)}) for row in rows
    ]


def _number(sealed: bytes | None, account_id: str | None) -> str | None:
    return None if sealed is None else opened.account_number(sealed, table="account", row=account_id)


_READ: dict[Matter, Callable[[Connection, Principal, datetime], Found]] = {
    Matter.APPROVAL: _approvals, Matter.REFUSED_RECEIPT: _refused, Matter.RECEIPT: _receipts,
    Matter.QUERIED_WITHDRAWAL: _queried, Matter.FAILED_SWEEP: _sweeps, Matter.SILENT_BANK: _banks,
    Matter.ALERT: _others,
}
