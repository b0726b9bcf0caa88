"""Audit chains that a court may read: its own, those of its cases, those of its cases' accounts."""

from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import Connection, select

from livefreeze.store import tables as t
from livefreeze.store.queries.viewer import Viewer


def page(connection: Connection, viewer: Viewer, chain: str, *, after: int, limit: int) -> dict | None:
    """The events of a chain after this number, and the chain's head: three queries. None for another's chain."""
    if not _may_read(connection, viewer, chain):
        return None
    e = t.audit_event.c
    rows = connection.execute(
        select(t.audit_event).where(e.chain == chain, e.seq > after).order_by(e.seq).limit(limit + 1)
    ).all()
    head = connection.execute(select(t.audit_chain).where(t.audit_chain.c.chain == chain)).one_or_none()
    events = [
        {"seq": row.seq, "hash": bytes(row.hash).hex(), "prev_hash": bytes(row.prev_hash).hex(),
         "document": row.document}
        for row in rows[:limit]
    ]
    return {
        "chain": chain, "events": events, "next": events[-1]["seq"] if len(rows) > limit else None,
        "head": None if head is None else {"seq": head.seq, "hash": bytes(head.hash).hex()},
    }


def _may_read(connection: Connection, viewer: Viewer, chain: str) -> bool:
    kind, _, name = chain.partition(":")
    if kind == "court":
        query = select(t.court.c.id).where(t.court.c.code == name, t.court.c.id == viewer.court_id)
    elif kind == "case":
        query = select(t.court_case.c.id).where(
            t.court_case.c.id == name, t.court_case.c.court_id == viewer.court_id
        )
    elif kind == "account":
        of_court = (
            select(t.case_debtor.c.debtor_id).join(t.court_case, t.court_case.c.id == t.case_debtor.c.case_id)
            .where(t.court_case.c.court_id == viewer.court_id)
        )
        query = select(t.account.c.id).where(t.account.c.id == name, t.account.c.debtor_id.in_(of_court))
    else:
        return False
    return connection.execute(query).first() is not None


class StoredEvent(NamedTuple):
    """One event as it stands in the database."""

    chain: str
    seq: int
    prev_hash: bytes
    hash: bytes
    document: str


def every_event(connection: Connection) -> Iterator[StoredEvent]:
    """All events of all chains, chain by chain, for whoever runs the service and checks it."""
    e = t.audit_event.c
    query = select(e.chain, e.seq, e.prev_hash, e.hash, e.document).order_by(e.chain, e.seq)
    for row in connection.execute(query.execution_options(yield_per=1000)):
        yield StoredEvent(row.chain, row.seq, bytes(row.prev_hash), bytes(row.hash), row.document)


def every_head(connection: Connection) -> dict[str, tuple[int, bytes]]:
    """The head of each chain."""
    return {row.chain: (row.seq, bytes(row.hash)) for row in connection.execute(select(t.audit_chain))}
