"""Freeze rules of a court, their versions, and how far the newest has come."""

import json
from collections.abc import Iterable

from sqlalchemy import Connection, Row, func, literal, select, union_all

from livefreeze.rules import difference
from livefreeze.rules.freeze import STANDING
from livefreeze.store import tables as t
from livefreeze.store.queries.viewer import PageAsked, Viewer, read_page

FOLLOWERS_MAX = 1_000
"""So many are counted and no more, or a page would take longer the more there are."""

_R, _V, _A, _F, _O = (table.c for table in (
    t.court_rule, t.court_rule_version, t.rule_adoption, t.freeze_order_rule, t.freeze_order
))
_RULE = (
    select(_R.id, _R.name, _R.currency, _R.current_version, _R.recorded_at, _V.valid_from, t.rule.c.document,
           _A.pools_done, _A.finished_at)
    .join(t.court_rule_version, (_V.court_rule_id == _R.id) & (_V.version == _R.current_version))
    .join(t.rule, t.rule.c.id == _V.rule_id)
    .join(t.rule_adoption, (_A.court_rule_id == _R.id) & (_A.version == _R.current_version))
)


def page(connection: Connection, viewer: Viewer, asked: PageAsked) -> dict:
    """The court's rules as they are in force: two queries."""
    rows, following = read_page(connection, _RULE.where(_R.court_id == viewer.court_id), _R.id, asked)
    followers = _followers(connection, [row.id for row in rows])
    return {"rules": [_summary(row, followers) for row in rows], "next": following}


def one(connection: Connection, viewer: Viewer, court_rule_id: str) -> dict | None:
    """One rule with its versions, each with what it changed, and its open proposals: four queries."""
    row = connection.execute(_RULE.where(_R.id == court_rule_id, _R.court_id == viewer.court_id)).one_or_none()
    if row is None:
        return None
    versions = connection.execute(
        select(t.court_rule_version, t.rule.c.document, t.staff.c.login)
        .join(t.rule, t.rule.c.id == _V.rule_id).join(t.staff, t.staff.c.id == _V.approved_by)
        .where(_V.court_rule_id == court_rule_id).order_by(_V.version)
    ).all()
    return _summary(row, _followers(connection, [court_rule_id])) | {
        "versions": _versions(versions), "open_proposals": _open_proposals(connection, viewer, court_rule_id),
    }


def current(connection: Connection, viewer: Viewer, court_rule_id: str) -> dict | None:
    """The document in force of the court's rule: one query."""
    text = connection.scalar(
        _RULE.where(_R.id == court_rule_id, _R.court_id == viewer.court_id).with_only_columns(t.rule.c.document)
    )
    return None if text is None else json.loads(text)


def version(connection: Connection, viewer: Viewer, court_rule_id: str, number: int) -> dict | None:
    """The document of one version of the court's rule: one query."""
    text = connection.scalar(
        select(t.rule.c.document).join(t.court_rule_version, _V.rule_id == t.rule.c.id)
        .join(t.court_rule, _R.id == _V.court_rule_id)
        .where(_V.court_rule_id == court_rule_id, _V.version == number, _R.court_id == viewer.court_id)
    )
    return None if text is None else json.loads(text)


def compared(before: dict, after: dict) -> list[dict]:
    """In what two documents differ."""
    return [each._asdict() for each in difference.differences(before, after)]


def _open_proposals(connection: Connection, viewer: Viewer, court_rule_id: str) -> list[str]:
    p = t.proposal.c
    query = select(p.id).where(p.court_id == viewer.court_id, p.subject_id == court_rule_id, p.status == "open")
    return list(connection.scalars(query.order_by(p.id)))


def _followers(connection: Connection, court_rule_ids: Iterable[str]) -> dict[str, int]:
    """On how many pools a served order follows each rule, counted up to FOLLOWERS_MAX: one query."""
    counts = [
        select(literal(court_rule_id).label("id"), func.count().label("pools")).select_from(
            select(_F.pool_id).join(t.freeze_order, _O.id == _F.order_id)
            .where(_F.court_rule_id == court_rule_id, _O.status.in_(STANDING))
            .distinct().limit(FOLLOWERS_MAX).subquery()
        )
        for court_rule_id in court_rule_ids
    ]
    return {row.id: row.pools for row in connection.execute(union_all(*counts))} if counts else {}


def _summary(row: Row, followers: dict[str, int]) -> dict:
    count = followers.get(row.id, 0)
    return {
        "id": row.id, "name": row.name, "currency": row.currency, "version": row.current_version,
        "valid_from": row.valid_from, "document": json.loads(row.document), "followers": count,
        "has_more_followers": count == FOLLOWERS_MAX, "pools_done": row.pools_done, "finished_at": row.finished_at,
        "recorded_at": row.recorded_at,
    }


def _versions(rows: Iterable[Row]) -> list[dict]:
    shown, before = [], None
    for row in rows:
        document = json.loads(row.document)
        shown.append({
            "version": row.version, "valid_from": row.valid_from, "document": document, "proposal": row.proposal_id,
            "approved_by": row.approved_by, "approved_by_login": row.login,
            "differences": [] if before is None else compared(before, document),
        })
        before = document
    return shown
