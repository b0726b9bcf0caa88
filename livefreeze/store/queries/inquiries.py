"""Inquiries of a court and how far each bank is; nothing of what banks answered."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, Row, exists, func, select

from livefreeze.base.crypto import vault
from livefreeze.store import tables as t
from livefreeze.store.queries.viewer import PageAsked, Viewer, read_page

BANKS_COUNT_MAX = 2_000
ANSWERS_COUNT_MAX = 5_000

_I, _B, _A, _M = t.inquiry.c, t.inquiry_bank.c, t.inquiry_answer.c, t.outbound_message.c
INQUIRY = select(
    _I.id, _I.case_id, _I.debtor_id, _I.period_from, _I.period_to, _I.answer_by, _I.calendar, _I.delete_at,
    _I.recorded_at, _I.deleted_at, _I.standing_id, t.court_case.c.case_number,
).join(t.court_case, t.court_case.c.id == _I.case_id)


def page(connection: Connection, viewer: Viewer, asked: PageAsked, *, case_id: str | None = None) -> dict:
    """The court's inquiries, oldest first, of one case or all, with how many banks are how far: two queries."""
    query = INQUIRY.where(_I.court_id == viewer.court_id)
    if case_id is not None:
        query = query.where(_I.case_id == case_id)
    rows, following = read_page(connection, query, _I.id, asked)
    return {"inquiries": shown(connection, rows), "next": following}


def shown(connection: Connection, rows: Sequence[Row]) -> list[dict]:
    """These rows of `INQUIRY` with how many banks are how far: one query."""
    counts = _counts(connection, (row.id for row in rows))
    return [_shown(row, counts) for row in rows]


def one(connection: Connection, viewer: Viewer, inquiry_id: str) -> dict | None:
    """One inquiry with its banks: three queries. None for another court's."""
    query = INQUIRY.add_columns(_I.reason_sealed).where(_I.id == inquiry_id, _I.court_id == viewer.court_id)
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    reason = vault().decrypt_text(row.reason_sealed, table="inquiry", column="reason_sealed", row=row.id)
    return _shown(row, _counts(connection, [inquiry_id])) | {
        "reason": reason, "banks": banks(connection, inquiry_id)}


def banks(connection: Connection, inquiry_id: str) -> list[dict]:
    """How far each bank is, by its code: one query."""
    of_bank = (_A.inquiry_id == _B.inquiry_id) & (_A.bank_id == _B.bank_id)
    is_late = exists(select(1).where(of_bank, _A.is_late).correlate(t.inquiry_bank))
    is_corrected = exists(select(1).where(of_bank, _A.corrected_by.is_not(None)).correlate(t.inquiry_bank))
    query = (
        select(t.bank.c.code, t.bank.c.name, _B.status, _B.parts, _B.parts_received, _B.answered_at, _B.reminded_at,
               _M.delivered_at, is_late.label("is_late"), is_corrected.label("is_corrected"))
        .join(t.bank, t.bank.c.id == _B.bank_id).outerjoin(t.outbound_message, _M.id == _B.message_id)
        .where(_B.inquiry_id == inquiry_id).order_by(t.bank.c.code).limit(BANKS_COUNT_MAX)
    )
    return [
        {"bank": row.code, "bank_name": row.name, "status": row.status, "parts": row.parts,
         "parts_received": row.parts_received, "delivered_at": row.delivered_at, "answered_at": row.answered_at,
         "reminded_at": row.reminded_at, "is_late": bool(row.is_late), "is_corrected": bool(row.is_corrected)}
        for row in connection.execute(query)
    ]


def answers(connection: Connection, viewer: Viewer, inquiry_id: str) -> list[dict] | None:
    """What came to an inquiry, in its order, without its contents: two queries. None for another court's."""
    if connection.scalar(select(_I.id).where(_I.id == inquiry_id, _I.court_id == viewer.court_id)) is None:
        return None
    query = (
        select(_A.id, t.bank.c.code, _A.event_id, _A.message_id, _A.digest, _A.part, _A.parts, _A.corrects,
               _A.corrected_by, _A.is_late, _A.happened_at, _A.recorded_at)
        .join(t.bank, t.bank.c.id == _A.bank_id).where(_A.inquiry_id == inquiry_id)
        .order_by(_A.id).limit(ANSWERS_COUNT_MAX)
    )
    return [
        {"id": row.id, "bank": row.code, "event_id": row.event_id, "message_id": row.message_id,
         "digest": f"sha256:{bytes(row.digest).hex()}", "part": row.part, "parts": row.parts,
         "corrects": row.corrects, "corrected_by": row.corrected_by, "is_late": row.is_late,
         "happened_at": row.happened_at, "recorded_at": row.recorded_at}
        for row in connection.execute(query)
    ]


def _counts(connection: Connection, inquiry_ids: Iterable[str]) -> dict[str, dict[str, int]]:
    counted = select(_B.inquiry_id, _B.status, func.count().label("count")).where(_B.inquiry_id.in_(list(inquiry_ids)))
    found: dict[str, dict[str, int]] = {}
    for row in connection.execute(counted.group_by(_B.inquiry_id, _B.status)):
        found.setdefault(row.inquiry_id, {})[row.status] = row.count
    return found


def _shown(row: Row, counts: dict[str, dict[str, int]]) -> dict:
    by_status = counts.get(row.id, {})
    return {
        "id": row.id, "case": row.case_id, "case_number": row.case_number, "debtor": row.debtor_id,
        "period_from": row.period_from, "period_to": row.period_to, "answer_by": row.answer_by,
        "calendar": row.calendar, "delete_at": row.delete_at, "recorded_at": row.recorded_at,
        "deleted_at": row.deleted_at, "standing": row.standing_id, "progress": by_status,
        "banks_count": sum(by_status.values()),
        "open_count": by_status.get("asked", 0) + by_status.get("partly", 0),
    }
