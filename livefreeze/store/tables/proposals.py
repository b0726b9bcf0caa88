"""Four eyes: what one person wrote and another decides."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    text,
)

from livefreeze.store.columns import identifier, instant, sealed
from livefreeze.store.tables.shared import key, metadata, one_of, words

proposal = Table(
    "proposal", metadata, key(),
    identifier("court_id", index=True), words("kind"), identifier("subject_id", nullable=True, index=True),
    words("status"), Column("version", Integer, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    identifier("approved_by", nullable=True), instant("approved_at", nullable=True), instant("recorded_at"),
    ForeignKeyConstraint(["court_id"], ["court.id"]),
    ForeignKeyConstraint(["approved_by"], ["staff.id"]),
    CheckConstraint("kind LIKE '_%._%'", name="kind_known"),  # flows.approvals knows them
    one_of("status", "open", "approved", "withdrawn"),
    Index("ix_proposal_court_id_id", "court_id", "id"),
    Index("ix_proposal_open", "court_id", "id",
          sqlite_where=text("status = 'open'"), postgresql_where=text("status = 'open'")),
)

proposal_version = Table(
    "proposal_version", metadata,  # append only: what was written, by whom
    identifier("proposal_id"), Column("version", Integer, nullable=False), sealed("document_sealed"),
    Column("digest", LargeBinary, nullable=False), identifier("edited_by"), instant("recorded_at"),
    PrimaryKeyConstraint("proposal_id", "version"),
    ForeignKeyConstraint(["proposal_id"], ["proposal.id"]),
    ForeignKeyConstraint(["edited_by"], ["staff.id"]),
)

platform_proposal = Table(
    "platform_proposal", metadata, key(),  # append only: what one administrator asks and another decides
    identifier("court_id", nullable=True), identifier("bank_id", nullable=True),  # whom it is about
    words("kind"), identifier("subject_id", nullable=True), sealed("document_sealed"),
    Column("digest", LargeBinary, nullable=False), identifier("prepared_by"), instant("recorded_at"),
    ForeignKeyConstraint(["court_id"], ["court.id"]),
    ForeignKeyConstraint(["bank_id"], ["bank.id"]),
    ForeignKeyConstraint(["prepared_by"], ["staff.id"]),
    CheckConstraint("kind LIKE '_%._%'", name="kind_known"),  # flows.operator.proposals knows them
    Index("ix_platform_proposal_subject_id", "subject_id"),
)

platform_decision = Table(
    "platform_decision", metadata,  # append only: a proposal is decided once
    identifier("proposal_id", primary_key=True), words("outcome"), identifier("decided_by"), instant("recorded_at"),
    ForeignKeyConstraint(["proposal_id"], ["platform_proposal.id"]),
    ForeignKeyConstraint(["decided_by"], ["staff.id"]),
    one_of("outcome", "approved", "withdrawn"),
)
