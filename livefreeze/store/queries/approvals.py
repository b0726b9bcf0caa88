"""What waits for a second person, as the court's pages show it: with the case it is about and who wrote it."""

from sqlalchemy import Connection, Row, func, select

from livefreeze.store import tables as t
from livefreeze.store.proposals import opened
from livefreeze.store.queries.viewer import PageAsked, Viewer, read_page, read_page_newest

_P, _V, _O, _C, _R = t.proposal.c, t.proposal_version.c, t.freeze_order.c, t.court_case.c, t.court_rule.c
_WRITER, _APPROVER = t.staff.alias("writer"), t.staff.alias("approver")
_PROPOSAL = (
    select(
        _P.id, _P.kind, _P.subject_id, _P.status, _P.version, _P.digest, _P.approved_at, _P.recorded_at,
        _O.notice_number, _O.case_id, _O.status.label("order_status"), _C.case_number,
        _R.name.label("rule_name"),
        _WRITER.c.login.label("written_by"), _V.recorded_at.label("written_at"), _APPROVER.c.login.label("approved_by"),
    )
    .join(t.proposal_version, (_V.proposal_id == _P.id) & (_V.version == _P.version))
    .join(_WRITER, _WRITER.c.id == _V.edited_by)
    .outerjoin(_APPROVER, _APPROVER.c.id == _P.approved_by)
    .outerjoin(t.freeze_order, _O.id == _P.subject_id).outerjoin(t.court_case, _C.id == _O.case_id)
    .outerjoin(t.court_rule, _R.id == _P.subject_id)
)


def page(connection: Connection, viewer: Viewer, asked: PageAsked, *, is_open: bool) -> dict:
    """The court's proposals: those that wait, longest first; or those that are done, newest first. One query."""
    query = _PROPOSAL.where(_P.court_id == viewer.court_id)
    if is_open:
        rows, following = read_page(connection, query.where(_P.status == "open"), _P.id, asked)
    else:
        rows, following = read_page_newest(connection, query.where(_P.status != "open"), _P.id, asked)
    return {"proposals": [_summary(row) for row in rows], "next": following}


def count_open(connection: Connection, viewer: Viewer) -> int:
    """How many wait."""
    query = select(func.count()).select_from(t.proposal).where(_P.court_id == viewer.court_id, _P.status == "open")
    return int(connection.scalar(query))


def one(connection: Connection, viewer: Viewer, proposal_id: str) -> dict | None:
    """One proposal with its document, and who wrote which version: two queries.

    `persons` are those who wrote any version: none of them may approve it.
    """
    row = connection.execute(
        _PROPOSAL.where(_P.id == proposal_id, _P.court_id == viewer.court_id)
    ).one_or_none()
    if row is None:
        return None
    versions = connection.execute(
        select(_V.version, _V.digest, _V.recorded_at, _V.document_sealed, _WRITER.c.login, _WRITER.c.person)
        .join(_WRITER, _WRITER.c.id == _V.edited_by).where(_V.proposal_id == proposal_id).order_by(_V.version)
    ).all()
    return _summary(row) | {
        "document": opened(row.id, row.version, versions[-1].document_sealed),
        "persons": {each.person for each in versions},
        "versions": [
            {"version": each.version, "digest": _digest(each.digest), "edited_by": each.login,
             "recorded_at": each.recorded_at}
            for each in versions
        ],
    }


def open_about(connection: Connection, viewer: Viewer, subject_id: str) -> list[dict]:
    """What waits about this order: one query."""
    query = _PROPOSAL.where(_P.court_id == viewer.court_id, _P.subject_id == subject_id, _P.status == "open")
    return [_summary(row) for row in connection.execute(query.order_by(_P.id))]


def open_of_kind(connection: Connection, viewer: Viewer, kind: str) -> list[dict]:
    """What waits of this kind: one query."""
    query = _PROPOSAL.where(_P.court_id == viewer.court_id, _P.kind == kind, _P.status == "open")
    return [_summary(row) for row in connection.execute(query.order_by(_P.id))]


def _summary(row: Row) -> dict:
    return {
        "id": row.id, "kind": row.kind, "subject": row.subject_id, "status": row.status, "version": row.version,
        "digest": _digest(row.digest), "notice_number": row.notice_number, "case": row.case_id,
        "case_number": row.case_number, "rule_name": row.rule_name, "order_status": row.order_status,
        "written_by": row.written_by, "written_at": row.written_at, "approved_by": row.approved_by,
        "approved_at": row.approved_at, "recorded_at": row.recorded_at,
    }


def _digest(digest: bytes) -> str:
    return "sha256:" + bytes(digest).hex()
