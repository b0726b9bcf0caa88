"""Inquiries as the court's pages show them: newest first, with debtor and reason, and each answer with its proof."""

from sqlalchemy import Connection, exists, func, select

from livefreeze.store import tables as t
from livefreeze.store.queries import inquiries, opened
from livefreeze.store.queries.viewer import PageAsked, Viewer, read_page_newest

TOLD_AGAINST = ("INQUIRY_OTHER_PERSON", "INQUIRY_CONTRADICTED")
TOLD_COUNT_MAX = 200

_I, _A, _E, _D, _S = t.inquiry.c, t.inquiry_answer.c, t.inquiry_evidence.c, t.debtor.c, t.standing_inquiry.c


def newest(connection: Connection, viewer: Viewer, asked: PageAsked, *, case_id: str | None = None) -> dict:
    """The court's inquiries, newest first, of one case or all, with masked debtors: three queries."""
    query = inquiries.INQUIRY.where(_I.court_id == viewer.court_id)
    if case_id is not None:
        query = query.where(_I.case_id == case_id)
    rows, following = read_page_newest(connection, query, _I.id, asked)
    names = _names(connection, {row.debtor_id for row in rows})
    return {"inquiries": [each | {"debtor_name": names.get(each["debtor"])}
                          for each in inquiries.shown(connection, rows)], "next": following}


def one(connection: Connection, viewer: Viewer, inquiry_id: str) -> dict | None:
    """One inquiry with banks, debtor (masked), reason and how long it stands: five queries. None for another court's.

    `is_case_closed` says whether something may still be drafted from it.
    """
    found = inquiries.one(connection, viewer, inquiry_id)
    if found is None:
        return None
    is_closed = exists(select(1).where(t.case_closing.c.case_id == _I.case_id).correlate(t.inquiry))
    row = connection.execute(
        select(_D.name_sealed, _D.id_number_sealed, is_closed.label("is_case_closed"), _S.ends_at,
               _S.ended_at, _S.ended_because, _S.interval_days, _S.next_at)
        .join(t.debtor, _D.id == _I.debtor_id).outerjoin(t.standing_inquiry, _S.id == _I.standing_id)
        .where(_I.id == inquiry_id)
    ).one()
    return found | {
        "debtor_name": _name(found["debtor"], row.name_sealed),
        "debtor_id_number": opened.id_number(row.id_number_sealed, row=found["debtor"]),
        "is_case_closed": bool(row.is_case_closed),
        "term": found["standing"] and {"ends_at": row.ends_at, "ended_at": row.ended_at, "because": row.ended_because,
                                       "interval_days": row.interval_days, "next_at": row.next_at},
    }


def answers(connection: Connection, inquiry_id: str, asked: PageAsked) -> dict:
    """What came from banks and what proves it, newest first, nothing of its contents: one query."""
    query = (
        select(_A.id, _A.bank_id, t.bank.c.code, t.bank.c.name, _A.part, _A.parts, _A.outcome, _A.is_late, _A.corrects,
               _A.corrected_by, _A.digest, _A.message_id, _A.happened_at, _A.recorded_at, _E.signed_at, _E.signature)
        .join(t.bank, t.bank.c.id == _A.bank_id).outerjoin(t.inquiry_evidence, _E.answer_id == _A.id)
        .where(_A.inquiry_id == inquiry_id)
    )
    rows, following = read_page_newest(connection, query, _A.id, asked)
    return {"next": following, "answers": [
        {"id": row.id, "bank": row.code, "bank_name": row.name, "part": row.part, "parts": row.parts,
         "outcome": row.outcome, "is_late": row.is_late, "is_correction": row.corrects is not None,
         "is_corrected": row.corrected_by is not None, "digest": bytes(row.digest).hex(),
         "message_id": row.message_id, "happened_at": row.happened_at, "recorded_at": row.recorded_at,
         "signed_at": row.signed_at, "signature": row.signature}
        for row in rows
    ]}


def told_against(connection: Connection, viewer: Viewer, inquiry: dict) -> list[dict]:
    """Messages about this inquiry that were refused as about another person or as contradicting: one query."""
    a = t.alert.c
    query = select(a.id, a.kind, a.document, a.recorded_at).where(
        a.court_id == viewer.court_id, a.kind.in_(TOLD_AGAINST), a.recorded_at >= inquiry["recorded_at"],
        a.document.contains(inquiry["id"], autoescape=True),
    )
    rows = connection.execute(query.order_by(a.id.desc()).limit(TOLD_COUNT_MAX))
    return [{"kind": row.kind, "document": row.document, "recorded_at": row.recorded_at} for row in rows]


def odd_lines(connection: Connection, inquiry_id: str) -> dict[str, dict[str, int]]:
    """On how many bookings that stand each flag is, by account: one query, that reads all of them."""
    n, x, a = t.inquiry_account.c, t.inquiry_transaction.c, t.inquiry_answer.c
    query = (
        select(x.account_id, x.flags, func.count().label("count")).join(t.inquiry_account, n.id == x.account_id)
        .join(t.inquiry_answer, (a.id == x.answer_id) & a.corrected_by.is_(None))
        .where(n.inquiry_id == inquiry_id, x.flags.is_not(None)).group_by(x.account_id, x.flags)
    )
    found: dict[str, dict[str, int]] = {}
    for row in connection.execute(query):
        counts = found.setdefault(row.account_id, {})
        for flag in row.flags.split():
            counts[flag] = counts.get(flag, 0) + row.count
    return found


def _names(connection: Connection, debtor_ids: set[str]) -> dict[str, str]:
    rows = connection.execute(select(_D.id, _D.name_sealed).where(_D.id.in_(debtor_ids)))
    return {row.id: _name(row.id, row.name_sealed) for row in rows}


def _name(debtor_id: str, sealed: bytes) -> str:
    return opened.name(sealed, table="debtor", column="name_sealed", row=debtor_id)
