"""Proposals: what one person wrote and another approves. Each version of a document stays."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, select, update

from livefreeze.base.crypto import vault
from livefreeze.store.engine import locking
from livefreeze.store.tables import proposal, proposal_version, staff

Document = Mapping[str, object]


class Proposal(NamedTuple):
    """A proposal as it stands, with its newest document opened."""

    id: str
    court_id: str
    kind: str
    subject_id: str | None  # the order; None for a case fund
    status: str
    version: int
    digest: bytes
    document: Document


def insert(connection: Connection, new: Proposal, *, edited_by: str, recorded_at: datetime) -> None:
    """Keep a new proposal with its first version."""
    row = {name: getattr(new, name) for name in ("id", "court_id", "kind", "subject_id", "status", "version", "digest")}
    connection.execute(proposal.insert().values(**row, recorded_at=recorded_at))
    _insert_version(connection, new, edited_by=edited_by, recorded_at=recorded_at)


def add_version(connection: Connection, changed: Proposal, *, edited_by: str, recorded_at: datetime) -> None:
    """Keep another version of the document, which is now the one to approve."""
    _insert_version(connection, changed, edited_by=edited_by, recorded_at=recorded_at)
    values = {"version": changed.version, "digest": changed.digest}
    connection.execute(update(proposal).where(proposal.c.id == changed.id).values(**values))


def lock(connection: Connection, court_id: str, proposal_id: str) -> Proposal | None:
    """The court's proposal, locked: who changes or approves it is alone with it. Lock it before pools."""
    query = select(proposal).where(proposal.c.id == proposal_id, proposal.c.court_id == court_id)
    row = connection.execute(locking(query)).one_or_none()
    if row is None:
        return None
    t = proposal_version.c
    sealed = connection.scalar(
        select(t.document_sealed).where(t.proposal_id == proposal_id, t.version == row.version)
    )
    document = opened(proposal_id, row.version, sealed)
    return Proposal(row.id, row.court_id, row.kind, row.subject_id, row.status, row.version, bytes(row.digest),
                    document)


def opened(proposal_id: str, version: int, sealed: bytes) -> Document:
    """A stored document as JSON."""
    place = {"table": "proposal_version", "column": "document_sealed", "row": f"{proposal_id}/{version}"}
    return json.loads(vault().decrypt_text(sealed, **place))


def editors(connection: Connection, proposal_id: str) -> set[str]:
    """The persons who wrote any version of it."""
    t = proposal_version.c
    query = select(staff.c.person).join(proposal_version, t.edited_by == staff.c.id).where(t.proposal_id == proposal_id)
    return set(connection.scalars(query))


def approve(connection: Connection, proposal_id: str, *, approved_by: str, at: datetime) -> None:
    """Write who approved it."""
    values = {"status": "approved", "approved_by": approved_by, "approved_at": at}
    connection.execute(update(proposal).where(proposal.c.id == proposal_id).values(**values))


def withdraw(connection: Connection, proposal_id: str) -> None:
    """Write that nobody will approve it any more."""
    connection.execute(update(proposal).where(proposal.c.id == proposal_id).values(status="withdrawn"))


def _insert_version(connection: Connection, new: Proposal, *, edited_by: str, recorded_at: datetime) -> None:
    text = json.dumps(new.document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    sealed = vault().encrypt(
        text, table="proposal_version", column="document_sealed", row=f"{new.id}/{new.version}"
    )
    connection.execute(proposal_version.insert().values(
        proposal_id=new.id, version=new.version, document_sealed=sealed, digest=new.digest, edited_by=edited_by,
        recorded_at=recorded_at,
    ))
