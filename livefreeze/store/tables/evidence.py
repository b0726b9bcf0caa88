"""Evidence and work: audit chains, alerts, forms that were sent, jobs."""

from sqlalchemy import BigInteger, Column, ForeignKeyConstraint, Index, LargeBinary, PrimaryKeyConstraint, Table, text

from livefreeze.store.columns import identifier, instant
from livefreeze.store.tables.shared import key, metadata, words

audit_chain = Table(
    "audit_chain", metadata,  # the head of each chain
    key("chain"), Column("seq", BigInteger, nullable=False), Column("hash", LargeBinary, nullable=False),
    postgresql_with={"fillfactor": 50},
)

audit_event = Table(
    "audit_event", metadata,  # append only, linked by hash
    identifier("chain"), Column("seq", BigInteger, nullable=False),
    Column("prev_hash", LargeBinary, nullable=False), Column("hash", LargeBinary, nullable=False),
    words("document"),  # canonical JSON, the very bytes that were hashed; ids and amounts only
    instant("recorded_at"),
    PrimaryKeyConstraint("chain", "seq"),
)

alert = Table(
    "alert", metadata, key(),
    identifier("court_id", nullable=True, index=True), identifier("bank_id", nullable=True),
    identifier("account_id", nullable=True), words("kind"), words("document"), instant("recorded_at"),
    instant("handled_at", nullable=True), identifier("handled_by", nullable=True),  # who of the court dealt with it
    ForeignKeyConstraint(["court_id"], ["court.id"]),
    Index("ix_alert_court_id_id", "court_id", "id"),
    Index("ix_alert_open", "court_id", "id",
          sqlite_where=text("handled_at IS NULL"), postgresql_where=text("handled_at IS NULL")),
)

form_claim = Table(
    "form_claim", metadata,  # a form of a page does its work once, however often it is sent
    identifier("key", primary_key=True), words("owner"), words("location", nullable=True), instant("recorded_at"),
    Column("digest", LargeBinary, nullable=True),  # of its address and what was typed
    Index("ix_form_claim_digest", "owner", "digest", "recorded_at"),
)

job_run = Table(
    "job_run", metadata,
    words("job"), instant("due_at"), instant("leased_until"), Column("fence", BigInteger, nullable=False),
    words("progress", nullable=True), instant("finished_at", nullable=True),
    PrimaryKeyConstraint("job", "due_at"),
)
