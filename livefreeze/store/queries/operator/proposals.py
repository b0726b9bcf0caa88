"""Proposals of administrators: what waits for a second person, and who asked for what."""

from collections.abc import Collection

from sqlalchemy import Connection, Row, Select, func, select

from livefreeze.base.access import Principal
from livefreeze.store import tables as t
from livefreeze.store.platform_proposals import opened
from livefreeze.store.queries.operator.tenancy import within
from livefreeze.store.queries.viewer import PageAsked, read_page, read_page_newest

_P, _D = t.platform_proposal.c, t.platform_decision.c
_WRITER, _DECIDER = t.staff.alias("writer"), t.staff.alias("decider")
_PROPOSAL = (
    select(
        _P.id, _P.kind, _P.subject_id, _P.document_sealed, _P.digest, _P.recorded_at, _D.outcome,
        _D.recorded_at.label("decided_at"), _WRITER.c.login.label("prepared_by"), _WRITER.c.person,
        _DECIDER.c.login.label("decided_by"),
    )
    .join(_WRITER, _WRITER.c.id == _P.prepared_by)
    .outerjoin(t.platform_decision, _D.proposal_id == _P.id).outerjoin(_DECIDER, _DECIDER.c.id == _D.decided_by)
)


def page(connection: Connection, principal: Principal, asked: PageAsked, *, is_open: bool,
         of_tenants: Collection[str]) -> dict:
    """Those that wait, longest first; or those that are decided, newest first. One query."""
    query = _seen(_PROPOSAL, principal, of_tenants)
    if is_open:
        rows, following = read_page(connection, query.where(_D.outcome.is_(None)), _P.id, asked)
    else:
        rows, following = read_page_newest(connection, query.where(_D.outcome.is_not(None)), _P.id, asked)
    return {"proposals": [_shown(row) for row in rows], "next": following}


def count_open(connection: Connection, principal: Principal, *, of_tenants: Collection[str]) -> int:
    """How many wait."""
    query = select(func.count()).select_from(t.platform_proposal).outerjoin(
        t.platform_decision, _D.proposal_id == _P.id
    )
    return int(connection.scalar(_seen(query.where(_D.outcome.is_(None)), principal, of_tenants)))


def one(connection: Connection, principal: Principal, proposal_id: str, *, of_tenants: Collection[str]) -> dict | None:
    """One proposal with its document: one query."""
    query = _seen(_PROPOSAL.where(_P.id == proposal_id), principal, of_tenants)
    row = connection.execute(query).one_or_none()
    return None if row is None else _shown(row)


def open_about(connection: Connection, principal: Principal, subject_id: str, *,
               of_tenants: Collection[str]) -> list[dict]:
    """What waits about this user, key or message: one query."""
    query = _PROPOSAL.where(_P.subject_id == subject_id, _D.outcome.is_(None)).order_by(_P.id)
    return [_shown(row) for row in connection.execute(_seen(query, principal, of_tenants))]


def _seen(query: Select, principal: Principal, of_tenants: Collection[str]) -> Select:
    query = query.where(within(t.platform_proposal, principal))
    is_tenant = principal.court_id is not None or principal.bank_id is not None
    return query.where(_P.kind.in_(sorted(of_tenants))) if is_tenant else query


def _shown(row: Row) -> dict:
    return {
        "id": row.id, "kind": row.kind, "subject": row.subject_id, "document": opened(row.id, row.document_sealed),
        "digest": "sha256:" + bytes(row.digest).hex(), "status": row.outcome or "open", "recorded_at": row.recorded_at,
        "prepared_by": row.prepared_by, "person": row.person, "decided_by": row.decided_by,
        "decided_at": row.decided_at,
    }
