"""Proposals of a court: what waits for approval, and who wrote what."""

from sqlalchemy import Connection, Row, select

from livefreeze.store import tables as t
from livefreeze.store.proposals import opened
from livefreeze.store.queries.viewer import PageAsked, Viewer, read_page

_P, _V = t.proposal.c, t.proposal_version.c


def page(connection: Connection, viewer: Viewer, asked: PageAsked, *, status: str | None) -> dict:
    """The court's proposals, of one status or of all: one query."""
    query = select(t.proposal).where(_P.court_id == viewer.court_id)
    if status is not None:
        query = query.where(_P.status == status)
    rows, following = read_page(connection, query, _P.id, asked)
    return {"proposals": [_summary(row) for row in rows], "next": following}


def one(connection: Connection, viewer: Viewer, proposal_id: str) -> dict | None:
    """One proposal with the document to approve, and its versions: two queries."""
    query = select(t.proposal).where(_P.id == proposal_id, _P.court_id == viewer.court_id)
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    versions = connection.execute(
        select(t.proposal_version).where(_V.proposal_id == proposal_id).order_by(_V.version)
    ).all()
    return _summary(row) | {
        "document": opened(row.id, row.version, versions[-1].document_sealed),
        "versions": [
            {"version": each.version, "digest": _digest(each.digest), "edited_by": each.edited_by,
             "recorded_at": each.recorded_at}
            for each in versions
        ],
    }


def _summary(row: Row) -> dict:
    return {
        "id": row.id, "kind": row.kind, "subject": row.subject_id, "status": row.status, "version": row.version,
        "digest": _digest(row.digest), "approved_by": row.approved_by, "approved_at": row.approved_at,
        "recorded_at": row.recorded_at,
    }


def _digest(digest: bytes) -> str:
    return "sha256:" + bytes(digest).hex()
