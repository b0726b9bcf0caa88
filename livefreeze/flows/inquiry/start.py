"""Ask banks about a debtor: for a case of the court that is open, with a reason, for three years at most."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection

from bank_adapters.contract import Court, InquiryRequested, dumps, to_document
from livefreeze.base import ids
from livefreeze.base.access import Principal
from livefreeze.base.content_key import new_secret
from livefreeze.base.errors import Problem
from livefreeze.flows import identity, working_days
from livefreeze.flows.transaction import reading, transaction
from livefreeze.store import audit, banks, case_closings, cases, courts, debtors, inquiries, outbox, standing_inquiries
from livefreeze.store import engine as store_engine
from livefreeze.store import tables as t
from livefreeze.store.banks import Bank
from livefreeze.store.cases import Case
from livefreeze.store.inquiries import Inquiry
from livefreeze.store.outbox import Outgoing
from livefreeze.store.record import Record
from livefreeze.store.standing_inquiries import Standing

YEARS_MAX = 3
ANSWER_WORKING_DAYS = 3  # what banks are given; a later answer counts, too
TERMS = (30, 90, 365)
ASKS = ("accounts", "freezes", "history")


class InquiryRequest(NamedTuple):
    """What a court asks."""

    case: str
    debtor: str
    reason: str
    banks: tuple[str, ...] | None  # by their codes; None asks all
    period_from: date
    period_to: date
    term_days: int | None = None  # one of TERMS: then the question stands for so long
    interval_days: int = 30  # and is asked again after so many days


class Started(NamedTuple):
    """An inquiry that is on its way to the banks."""

    id: str
    banks_count: int
    answer_by: datetime
    calendar: str


def start(request: InquiryRequest, *, principal: Principal, keep_days: int) -> Started:
    """Ask, and keep what is answered for so many days.

    Raises Problem: NOT_FOUND for a case or bank that is not known here, or a debtor who is not of the case;
    CASE_CLOSED, ID_NUMBER_INVALID, PERIOD_INVALID, PERIOD_TOO_LONG.
    """
    with transaction() as connection:
        now = store_engine.now(connection)
        case = open_case(connection, request.case, principal.court_id)
        if request.debtor not in cases.debtors(connection, case.id):
            raise Problem("NOT_FOUND", "/debtor")
        _refuse_wrong_period(request, now)
        record, keep = Record(connection, now), timedelta(days=keep_days)
        by = {"asked_by": principal.staff_id, "actor": principal.actor}
        if request.term_days is None:
            return ask(record, case, request, **by, delete_at=now + keep)
        ends_at = now + timedelta(days=request.term_days)
        standing = Standing(
            ids.new("sti"), case.court_id, case.id, request.debtor, principal.staff_id, request.reason, request.banks,
            request.interval_days, ends_at, now + timedelta(days=request.interval_days), None,
        )
        standing_inquiries.insert(connection, standing, recorded_at=now)
        # Banks tell new accounts to this first inquiry, so what they tell is kept until the term is over and longer.
        return ask(record, case, request, **by, delete_at=ends_at + keep, standing_id=standing.id,
                   standing_until=ends_at)


def ask(record: Record, case: Case, request: InquiryRequest, *, asked_by: str, actor: str, delete_at: datetime,
        standing_id: str | None = None, standing_until: datetime | None = None) -> Started:
    """Write the inquiry and a message to each bank. Raises Problem ID_NUMBER_INVALID, NOT_FOUND."""
    connection, now = record.connection, record.recorded_at
    debtor = debtors.by_id(connection, request.debtor)
    id_number = identity.checked(debtor.id_number, "/debtor")
    asked = _banks(connection, request.banks)
    due = working_days.deadline(now, working_days=ANSWER_WORKING_DAYS)
    new = Inquiry(ids.new("inq"), case.court_id, case.id, debtor.id, request.period_from, request.period_to, due.at,
                  delete_at, standing_id, now, None)
    inquiries.insert(connection, new, new_secret(), reason=request.reason, calendar=due.calendar, asked_by=asked_by)
    court = courts.by_id(connection, case.court_id)
    rows = outbox.rows((
        _outgoing(bank, new, InquiryRequested(
            bank=bank.code, audience=bank.code, inquiry=new.id, case_number=case.case_number,
            court=Court(code=court.code, name=court.name), name=debtor.name, id_number=id_number, asks=ASKS,
            period_from=new.period_from, period_to=new.period_to, answer_by=new.answer_by,
            standing_until=standing_until, happened_at=now,
        ))
        for bank in asked
    ), recorded_at=now)
    for row in rows:
        record.add(t.outbound_message, row)
    record.event(audit.case_chain(case.id), "inquiry.asked", {
        "inquiry": new.id, "debtor": debtor.id, "banks": len(asked), "period_from": new.period_from.isoformat(),
        "period_to": new.period_to.isoformat(), "standing": standing_id,
    }, actor=actor, authority=case.case_number)
    record.flush()
    inquiries.insert_banks(connection, new.id, [(row["bank_id"], row["id"]) for row in rows])
    return Started(new.id, len(asked), due.at, due.calendar)


def subject(case: str, *, principal: Principal) -> tuple[str, list[str]]:
    """A case of the court by its id or number, and the ids of its debtors. Raises Problem NOT_FOUND."""
    with reading() as connection:
        find = cases.of_court if ids.is_id("cas", case) else cases.by_number
        found = find(connection, principal.court_id, case)
        if found is None:
            raise Problem("NOT_FOUND", "/case")
        return found.id, cases.debtors(connection, found.id)


def open_case(connection: Connection, case_id: str, court_id: str) -> Case:
    """The court's case, if it is open. Raises Problem NOT_FOUND, CASE_CLOSED."""
    case = cases.of_court(connection, court_id, case_id)
    if case is None:
        raise Problem("NOT_FOUND", "/case")
    if case_closings.closed_at(connection, case.id) is not None:
        raise Problem("CASE_CLOSED", "/case")
    return case


def _refuse_wrong_period(request: InquiryRequest, now: datetime) -> None:
    first, last = request.period_from, request.period_to
    if first > last or last > now.astimezone(working_days.ZONE).date():
        raise Problem("PERIOD_INVALID", "/period_to")
    if last >= _years_after(first, YEARS_MAX):
        raise Problem("PERIOD_TOO_LONG", "/period_to")


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, month=3, day=1)


def _banks(connection: Connection, codes: tuple[str, ...] | None) -> list[Bank]:
    if codes is None:
        found = banks.every(connection)
        if not found:
            raise Problem("NOT_FOUND", "/banks")
        return list(found.values())
    known = banks.by_codes(connection, codes)
    for index, code in enumerate(codes):
        if code not in known:
            raise Problem("NOT_FOUND", f"/banks/{index}")
    return [known[code] for code in sorted(known)]


def lane(inquiry_id: str, bank_code: str) -> str:
    """A lane of its own for each bank and inquiry: a slow account lane never blocks it, nor it any order."""
    return f"{inquiry_id}:{bank_code}"


def _outgoing(bank: Bank, inquiry: Inquiry, notice: InquiryRequested) -> Outgoing:
    return Outgoing(bank.id, lane(inquiry.id, bank.code), notice.type, dumps(to_document(notice)))
