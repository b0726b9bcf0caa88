"""Standing inquiries: asked again at an interval, ended with the claim, the case or the term; a hit drafts an order."""

import logging
from datetime import date, datetime, timedelta
from functools import partial

from sqlalchemy import Connection

from bank_adapters.contract import InquiryEnded, dumps, to_document
from livefreeze.base.access import Principal
from livefreeze.base.errors import Problem
from livefreeze.base.money import format_amount
from livefreeze.flows import working_days
from livefreeze.flows.inquiry import ordering, start
from livefreeze.flows.inquiry.ordering import OrderOfAnswer
from livefreeze.flows.inquiry.start import InquiryRequest
from livefreeze.flows.one_by_one import one_by_one
from livefreeze.flows.transaction import reading, transaction
from livefreeze.store import audit, case_closings, cases, engine, inquiries, staff, standing_inquiries
from livefreeze.store import inquiry_answers as stored_answers
from livefreeze.store.outbox import Outgoing
from livefreeze.store.record import Record
from livefreeze.store.standing_inquiries import Standing

DRAFT_RULE = {"preset": "cn-live-freeze"}  # the clerk who reads the draft sets what is otherwise
JOB = "standing_inquiries"

_LOG = logging.getLogger("livefreeze.flows")


def run_due(at: datetime) -> int:
    """Ask again, end, and draft orders on new accounts; return how many were looked at."""
    asked = one_by_one(partial(standing_inquiries.due, at=at), _go_on)
    return asked + one_by_one(standing_inquiries.hits, _draft)


def end(inquiry_id: str, *, principal: Principal) -> None:
    """The court ends the standing inquiry to which this one belongs. Raises Problem NOT_FOUND, INQUIRY_NOT_STANDING."""
    with transaction() as connection:
        inquiry = inquiries.of_court(connection, principal.court_id, inquiry_id)
        if inquiry is None:
            raise Problem("NOT_FOUND")
        if inquiry.standing_id is None:
            raise Problem("INQUIRY_NOT_STANDING")
        standing = standing_inquiries.lock(connection, inquiry.standing_id)
        if standing.ended_at is None:
            _end(Record(connection, engine.now(connection)), standing, "ended_by_court", actor=principal.actor)


def _go_on(standing_id: str) -> None:
    with transaction() as connection:
        standing = standing_inquiries.lock(connection, standing_id)
        if standing.ended_at is not None:
            return
        record = Record(connection, engine.now(connection))
        reason = _over(connection, standing, record.recorded_at)
        if reason is not None:
            _end(record, standing, reason, actor=f"job:{JOB}")
        elif standing.next_at <= record.recorded_at:
            _ask_again(record, standing)


def _over(connection: Connection, standing: Standing, now: datetime) -> str | None:
    """Why it ends now; None where it goes on."""
    if case_closings.closed_at(connection, standing.case_id) is not None:
        return "case_closed"
    if all(claim.counters.is_satisfied for claim in cases.claims(connection, standing.case_id)):
        return "claim_covered"
    return "term_over" if standing.ends_at <= now else None


def _ask_again(record: Record, standing: Standing) -> None:
    connection, now = record.connection, record.recorded_at
    first = inquiries.by_id(connection, standing_inquiries.first_inquiry(connection, standing.id))
    since = date.fromisoformat(standing_inquiries.last_day_asked(connection, standing.id))
    until = now.astimezone(working_days.ZONE).date() - timedelta(days=1)
    standing_inquiries.set_next(connection, standing.id, now + timedelta(days=standing.interval_days))
    request = InquiryRequest(standing.case_id, standing.debtor_id, standing.reason, standing.banks, since,
                             max(since, until))
    case = cases.of_court(connection, standing.court_id, standing.case_id)
    start.ask(record, case, request, asked_by=standing.asked_by, actor=f"job:{JOB}",
              delete_at=now + (first.delete_at - standing.ends_at), standing_id=standing.id)


def _end(record: Record, standing: Standing, reason: str, *, actor: str) -> None:
    inquiry_id = standing_inquiries.first_inquiry(record.connection, standing.id)
    for bank_id, code in standing_inquiries.banks_asked(record.connection, inquiry_id):
        notice = InquiryEnded(bank=code, audience=code, inquiry=inquiry_id, reason=reason,
                              happened_at=record.recorded_at)
        record.message(Outgoing(bank_id, start.lane(inquiry_id, code), notice.type, dumps(to_document(notice))))
    record.event(audit.case_chain(standing.case_id), "inquiry.ended", {"standing": standing.id, "reason": reason},
                 actor=actor)
    record.flush()
    standing_inquiries.end(record.connection, standing.id, reason, at=record.recorded_at)


def _draft(answer_id: str) -> None:
    """Prepare an order on a new account, for approval; where that cannot be, the alert of the hit stands alone."""
    with reading() as connection:
        hit = standing_inquiries.hit(connection, answer_id)
    try:
        draft, person = _draft_of(hit, answer_id)
        ordering.prepare(hit.inquiry_id, draft, principal=person)
    except Problem as problem:
        _LOG.info("no order drafted for a hit", extra={"fields": {"answer": answer_id, "problem": problem.code}})
    with transaction() as connection:
        standing_inquiries.set_drafted(connection, answer_id)


def _draft_of(hit: standing_inquiries.Hit, answer_id: str) -> tuple[OrderOfAnswer, Principal]:
    with transaction() as connection:
        standing = standing_inquiries.lock(connection, hit.standing_id)
        case = cases.of_court(connection, standing.court_id, standing.case_id)
        key = inquiries.key(connection, hit.inquiry_id)
        member = staff.by_id(connection, standing.asked_by)
        if standing.ended_at is not None or key is None or member is None:
            raise Problem("INQUIRY_NOT_STANDING")
        named = stored_answers.accounts(connection, hit.inquiry_id, key)
        currency = next(account.said["currency"] for account in named if account.id == hit.account_id)
        claims = {claim.currency: claim for claim in cases.claims(connection, case.id)}
    if currency not in claims:
        raise Problem("CURRENCY_MISMATCH", currency=next(iter(claims)))
    quota = format_amount(claims[currency].counters.target_minor, currency)
    notice_number = f"{case.case_number}持续查询{answer_id[-6:]}"
    person = Principal(staff_id=member.id, login=member.login, person=member.person, role=member.role,
                       court_id=member.court_id, bank_id=member.bank_id, job=JOB)
    return OrderOfAnswer((hit.account_id,), quota, notice_number, DRAFT_RULE), person
