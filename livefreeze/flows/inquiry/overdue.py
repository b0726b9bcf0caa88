"""A bank that has not answered in time is reminded, once; the court is told."""

from datetime import datetime
from functools import partial

from bank_adapters.contract import InquiryReminded, dumps, to_document
from livefreeze.flows.inquiry import news
from livefreeze.flows.inquiry.start import lane
from livefreeze.flows.one_by_one import one_by_one
from livefreeze.flows.transaction import transaction
from livefreeze.store import audit, banks, engine, inquiries
from livefreeze.store.outbox import Outgoing
from livefreeze.store.record import Record


def run_due(at: datetime) -> int:
    """Remind each bank whose answer is overdue; return how many were looked at."""
    return one_by_one(partial(inquiries.overdue, answer_by=at), _remind)


def _remind(overdue: str) -> None:
    inquiry_id, bank_id = overdue.split("/")
    with transaction() as connection:
        inquiry = inquiries.lock(connection, inquiry_id)
        now = engine.now(connection)
        if inquiry.deleted_at is not None or not inquiries.remind_once(connection, inquiry_id, bank_id, at=now):
            return
        code = banks.code(connection, bank_id)
        record = Record(connection, now)
        notice = InquiryReminded(bank=code, audience=code, inquiry=inquiry_id, answer_by=inquiry.answer_by,
                                 happened_at=now)
        record.message(Outgoing(bank_id, lane(inquiry_id, code), notice.type, dumps(to_document(notice))))
        record.event(audit.case_chain(inquiry.case_id), "inquiry.reminded", {"inquiry": inquiry_id, "bank": code},
                     actor="job:overdue_inquiries")
        news.alert(record, inquiry, "INQUIRY_OVERDUE", code)
        record.flush()
