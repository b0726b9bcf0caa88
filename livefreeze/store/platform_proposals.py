"""Proposals of administrators, and what became of them: both are written once and never changed."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, Select, exists, select

from livefreeze.base.crypto import vault
from livefreeze.store.engine import locking
from livefreeze.store.tables import bank, court, platform_decision, platform_proposal, staff

Document = Mapping[str, object]


class PlatformProposal(NamedTuple):
    """What one administrator asks for, with its document opened. Court or bank: whom it is about, if anybody."""

    id: str
    court_id: str | None
    bank_id: str | None
    kind: str
    subject_id: str | None
    document: Document
    digest: bytes
    prepared_by: str


class Decided(NamedTuple):
    """What became of a proposal, and by which login."""

    outcome: str
    decided_by: str
    recorded_at: datetime


_P, _D = platform_proposal.c, platform_decision.c


def insert(connection: Connection, new: PlatformProposal, *, recorded_at: datetime) -> None:
    """Keep a proposal; its document is sealed."""
    text = json.dumps(new.document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    sealed = vault().encrypt(text, table="platform_proposal", column="document_sealed", row=new.id)
    row = new._asdict() | {"document_sealed": sealed, "recorded_at": recorded_at}
    del row["document"]
    connection.execute(platform_proposal.insert().values(**row))


def lock(connection: Connection, proposal_id: str) -> PlatformProposal | None:
    """The proposal, locked: who decides it is alone with it. Lock it before all else."""
    return _one(connection, locking(select(platform_proposal).where(_P.id == proposal_id)))


def by_id(connection: Connection, proposal_id: str) -> PlatformProposal | None:
    """The proposal."""
    return _one(connection, select(platform_proposal).where(_P.id == proposal_id))


def opened(proposal_id: str, sealed: bytes) -> Document:
    """A stored document as JSON."""
    return json.loads(
        vault().decrypt_text(sealed, table="platform_proposal", column="document_sealed", row=proposal_id)
    )


def decision(connection: Connection, proposal_id: str) -> Decided | None:
    """What became of it; None while it waits."""
    query = select(_D.outcome, _D.decided_by, _D.recorded_at).where(_D.proposal_id == proposal_id)
    row = connection.execute(query).one_or_none()
    return None if row is None else Decided(*row)


def decide(connection: Connection, proposal_id: str, outcome: str, *, decided_by: str, at: datetime) -> None:
    """Write what became of it: once, under its lock."""
    row = {"proposal_id": proposal_id, "outcome": outcome, "decided_by": decided_by, "recorded_at": at}
    connection.execute(platform_decision.insert().values(**row))


def is_asked_already(connection: Connection, kind: str, subject_id: str) -> bool:
    """Does the same about the same thing wait for a decision?"""
    decided = exists().where(_D.proposal_id == _P.id)
    query = select(_P.id).where(_P.subject_id == subject_id, _P.kind == kind, ~decided)
    return connection.execute(query.limit(1)).first() is not None


def person_of(connection: Connection, staff_id: str) -> str:
    """Which human a login belongs to."""
    return connection.scalar(select(staff.c.person).where(staff.c.id == staff_id))


def code_of_court(connection: Connection, court_id: str) -> str:
    """The code of the court of this id."""
    return connection.scalar(select(court.c.code).where(court.c.id == court_id))


def code_of_bank(connection: Connection, bank_id: str) -> str:
    """The code of the bank of this id."""
    return connection.scalar(select(bank.c.code).where(bank.c.id == bank_id))


def _one(connection: Connection, query: Select) -> PlatformProposal | None:
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    return PlatformProposal(row.id, row.court_id, row.bank_id, row.kind, row.subject_id,
                            opened(row.id, row.document_sealed), bytes(row.digest), row.prepared_by)
