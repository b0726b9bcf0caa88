"""An answer of a bank to an inquiry, alone in its message: taken, flagged, or refused and then not kept."""

import hashlib

from bank_adapters.contract import AccountOpened, InquiryAnswered, InquiryEvent, dumps, to_document
from livefreeze.base.content_key import ContentKey
from livefreeze.base.errors import MessageReused, Problem, as_document
from livefreeze.flows import answers, facts, identity
from livefreeze.flows.inquiry import contents, news, places
from livefreeze.flows.inquiry.contents import Contents, Stretch
from livefreeze.flows.once import once
from livefreeze.flows.transaction import reading, transaction
from livefreeze.flows.withdrawal import refuse_future
from livefreeze.rules import history
from livefreeze.store import audit, debtors, engine, inquiries, messages, standing_inquiries
from livefreeze.store import events as stored_events
from livefreeze.store import inquiry_answers as stored
from livefreeze.store import tables as t
from livefreeze.store.events import EventClaim
from livefreeze.store.inquiries import AskedBank, Inquiry
from livefreeze.store.messages import Inbound
from livefreeze.store.record import Record

_ALERTS = {"INQUIRY_OTHER_PERSON", "INQUIRY_CONTRADICTED"}


def receive(message: Inbound, event: InquiryEvent) -> bytes:
    """Take the answer and return the body of ours; sent again, the same bytes. Raises MessageReused."""
    return once(message, lambda: _receive(message, event))


def _receive(message: Inbound, event: InquiryEvent) -> bytes:
    digest = hashlib.sha256(dumps(to_document(event))).digest()
    prepared = _prepared(event)  # sealing thousands of bookings takes its time: before anything is locked
    with transaction() as connection:
        if messages.is_claimed(connection, message):
            return messages.first_answer(connection, message)
        inquiry = inquiries.lock(connection, event.inquiry)
        asked = inquiry and inquiries.asked_bank(connection, inquiry.id, message.bank_id)
        record = Record(connection, engine.now(connection), message_id=message.message_id)
        problem = None
        before = stored_events.claims(connection, message.bank_id, [event.event_id]).get(event.event_id)
        try:
            if before is None:
                _take(record, message, event, inquiry, asked, prepared)
                record.add(t.event_claim, stored_events.claim_row(
                    message.bank_id, event.event_id, EventClaim(digest, "applied", None),
                    recorded_at=record.recorded_at))
            elif before.digest != digest:
                facts.alert_of_bank(connection, message.bank_id, "EVENT_ID_REUSED", {"event": event.event_id},
                                    recorded_at=record.recorded_at)
                raise MessageReused(event.event_id)
        except Problem as refused:
            problem = refused
        return _answered(record, message, event, inquiry if asked else None, problem)


def _prepared(event: InquiryEvent) -> tuple[ContentKey, bytes, Contents] | Problem | None:
    """The contents of an answer, sealed; the problem in them; or None where nothing can be kept."""
    with reading() as connection:
        inquiry = inquiries.by_id(connection, event.inquiry)
        key = inquiry and inquiries.key(connection, inquiry.id)
    if key is None:
        return None
    try:
        if isinstance(event, AccountOpened):
            return key, _mark(key, event), contents.sealed_opening(event, key)
        return key, _mark(key, event), contents.sealed(event, inquiry, key)
    except Problem as problem:
        return problem


def _mark(key: ContentKey, event: InquiryEvent) -> bytes:
    """Equal for the same content, whenever and under whatever id it is told."""
    document = to_document(event)
    for name in ("event_id", "happened_at", "corrects"):
        document.pop(name, None)
    return key.mark("answer", dumps(document))


def _take(record: Record, message: Inbound, event: InquiryEvent, inquiry: Inquiry | None, asked: AskedBank | None,
          prepared) -> None:
    """Write what is answered, or raise a Problem before anything is written."""
    if inquiry is None or asked is None:
        raise Problem("NOT_FOUND", "/inquiry")
    refuse_future(event.happened_at, "/happened_at")
    debtor = debtors.by_id(record.connection, inquiry.debtor_id)
    if not identity.same_person(debtor.id_number, event.id_number):
        raise Problem("INQUIRY_OTHER_PERSON", "/id_number")
    if inquiry.deleted_at is not None or prepared is None:
        raise Problem("INQUIRY_DELETED", "/inquiry")
    if isinstance(prepared, Problem):
        raise prepared
    key, mark, made = prepared
    if isinstance(event, AccountOpened):
        _refuse_ended(record, inquiry)
        if stored.is_known_opening(record.connection, inquiry.id, message.bank_id, mark):
            return  # told under another event id: one account, one order
        _write(record, message, event, inquiry, key, mark, made, places.Place())
        news.alert(record, inquiry, "INQUIRY_HIT", message.bank_code)
        return
    before = stored.parts(record.connection, inquiry.id, message.bank_id)
    place = places.of(event, mark, before)
    if not place.is_repeated:
        _write(record, message, event, inquiry, key, mark, made, place)
        _progress(record, asked)


def _refuse_ended(record: Record, inquiry: Inquiry) -> None:
    """New accounts are told only while the standing inquiry lasts. Raises Problem INQUIRY_NOT_STANDING."""
    standing = inquiry.standing_id and standing_inquiries.lock(record.connection, inquiry.standing_id)
    if not standing or standing.ended_at is not None or standing.ends_at < record.recorded_at:
        raise Problem("INQUIRY_NOT_STANDING", "/inquiry")


def _write(record: Record, message: Inbound, event: InquiryEvent, inquiry: Inquiry, key: ContentKey, mark: bytes,
           made: Contents, place: places.Place) -> None:
    connection = record.connection
    is_answer = isinstance(event, InquiryAnswered)
    is_late = is_answer and record.recorded_at > inquiry.answer_by
    part = event.part if is_answer else 0  # a new account is no part of an answer
    record.add(t.inquiry_answer, {
        "id": made.answer_id, "inquiry_id": inquiry.id, "bank_id": message.bank_id, "event_id": event.event_id,
        "message_id": message.message_id, "digest": message.digest, "mark": mark, "part": part, "is_late": is_late,
        "outcome": event.outcome if is_answer else standing_inquiries.OPENED,
        "parts": event.parts if is_answer else None, "corrects": event.corrects if is_answer else None,
        "corrected_by": place.corrected_by, "happened_at": event.happened_at, "recorded_at": record.recorded_at,
    })
    record.flush()
    record.add(t.inquiry_evidence, {
        "answer_id": made.answer_id, "signed_at": message.signed_at, "signature": message.signature,
        "body_sealed": key.seal(message.body, stored.place("inquiry_evidence", made.answer_id)),
    })
    if place.replaces is not None:
        stored.set_corrected(connection, place.replaces.id, made.answer_id)
    accounts = stored.account_ids(connection, inquiry.id, message.bank_id, made.numbers, key, at=record.recorded_at)
    for said in made.statements:
        record.add(t.inquiry_statement, {"answer_id": made.answer_id, "account_id": accounts[said.mark],
                                         "content_sealed": said.content_sealed})
    for stretch in made.stretches:
        _write_stretch(record, made.answer_id, accounts[stretch.mark], stretch, key, stands=place.corrected_by is None)
    kind = "inquiry.answered" if is_answer else "inquiry.account_opened"
    record.event(audit.case_chain(inquiry.case_id), kind, {
        "inquiry": inquiry.id, "bank": message.bank_code, "answer": made.answer_id, "event": event.event_id,
        "part": part, "digest": message.digest.hex(), "is_late": is_late,
        "corrects": place.replaces.id if place.replaces else None,
    }, actor=f"bank:{message.bank_code}")


def _write_stretch(record: Record, answer_id: str, account_id: str, stretch: Stretch, key: ContentKey, *,
                   stands: bool) -> None:
    """Add the bookings, flagged where they do not join those that came before them in other parts.

    What its correction came before does not stand: it is joined to nothing, and flags nothing of what does.
    """
    connection = record.connection
    others = stored.stretches(connection, account_id, key) if stands else []
    overlapping = [other.answer_id for other in others if other.first_sequence <= stretch.last_sequence
                   and other.last_sequence >= stretch.first_sequence]
    taken = stored.sequences_within(connection, account_id, overlapping, stretch.first_sequence, stretch.last_sequence)
    for row in stretch.rows:
        row["account_id"] = account_id
        if row["sequence"] in taken:
            _flag(row, history.SEQUENCE_REPEATED)
    for other in others:
        if other.last_sequence + 1 == stretch.first_sequence and history.is_broken(other.ends, stretch.ends):
            _flag(stretch.rows[0], history.BALANCE_BREAK)
        if stretch.last_sequence + 1 == other.first_sequence:
            stored.set_flag(connection, account_id, other, history.BALANCE_BREAK,
                            stands=history.is_broken(stretch.ends, other.ends))
    record.add(t.inquiry_history, {
        "answer_id": answer_id, "account_id": account_id, "currency": stretch.currency,
        "first_sequence": stretch.first_sequence, "last_sequence": stretch.last_sequence, "lines": len(stretch.rows),
        "ends_sealed": stored.seal(key, "inquiry_history", f"{answer_id}/{account_id}", list(stretch.ends)),
    })
    for row in stretch.rows:
        record.add(t.inquiry_transaction, row)


def _flag(row: dict, flag: str) -> None:
    row["flags"] = f"{row['flags']} {flag}" if row["flags"] else flag


def _progress(record: Record, asked: AskedBank) -> None:
    """How far the bank is now, by the parts that stand."""
    record.flush()
    standing = [part for part in stored.parts(record.connection, asked.inquiry_id, asked.bank_id)
                if part.corrected_by is None]
    count = next((part.parts for part in standing if part.parts is not None), None)
    is_whole = count is not None and len(standing) == count
    status = "partly"
    if is_whole:
        status = "answered" if standing[0].outcome == "accounts" else standing[0].outcome
    now = asked._replace(status=status, parts=count, parts_received=len(standing))
    inquiries.set_progress(record.connection, now, answered_at=record.recorded_at if is_whole else None)


def _answered(record: Record, message: Inbound, event: InquiryEvent, inquiry: Inquiry | None,
              problem: Problem | None) -> bytes:
    """Record what was refused, and write the answer that the message's id is claimed with."""
    document = None if problem is None else as_document(problem)
    chain = audit.bank_chain(message.bank_code) if inquiry is None else audit.case_chain(inquiry.case_id)
    detail = {"inquiry": event.inquiry, "bank": message.bank_code, "event": event.event_id,
              "digest": message.digest.hex(), "problem": problem and problem.code}
    receipt = record.event(chain, "inquiry.message", detail, actor=f"bank:{message.bank_code}")
    if inquiry is not None and problem is not None and problem.code in _ALERTS:
        news.alert(record, inquiry, problem.code, message.bank_code)
    body = answers.body(message, "events.applied", {"results": [
        {"event_id": event.event_id, "outcome": "refused" if problem else "applied", "problem": document}
    ]}, receipt)
    record.add(t.message_claim, messages.claim_row(message, body, recorded_at=record.recorded_at))
    record.flush()
    return body
