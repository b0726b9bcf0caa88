"""Inquiries: what a court asked, how far each bank is, and what they answered, sealed under a key of the inquiry.

`…_sealed` in the tables of answers is sealed under the key of `inquiry_key`, which the vault seals. After the term the
key goes first, then the rows; what stays are ids, times and the digest of each message.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
    text,
)

from livefreeze.store.columns import identifier, instant, sealed
from livefreeze.store.tables.shared import key, metadata, one_of, words


def _due(name: str, column: str, condition: str) -> Index:
    """An index for what a job looks for."""
    return Index(name, column, sqlite_where=text(condition), postgresql_where=text(condition))


case_closing = Table(
    "case_closing", metadata,  # a case that a court has closed: nothing new is asked in it
    identifier("case_id", primary_key=True), identifier("closed_by"), sealed("reason_sealed"), instant("recorded_at"),
    ForeignKeyConstraint(["case_id"], ["court_case.id"]),
    ForeignKeyConstraint(["closed_by"], ["staff.id"]),
)

inquiry = Table(
    "inquiry", metadata, key(),
    identifier("court_id"), identifier("case_id"), identifier("debtor_id"), identifier("asked_by", nullable=True),
    sealed("reason_sealed"), words("period_from"), words("period_to"),
    instant("answer_by"), words("calendar"), instant("delete_at"),
    identifier("standing_id", nullable=True),  # the standing inquiry that asked it
    instant("recorded_at"), instant("deleted_at", nullable=True), instant("purged_at", nullable=True),
    ForeignKeyConstraint(["court_id"], ["court.id"]),
    ForeignKeyConstraint(["case_id"], ["court_case.id"]),
    ForeignKeyConstraint(["debtor_id"], ["debtor.id"]),
    ForeignKeyConstraint(["asked_by"], ["staff.id"]),
    one_of("calendar", "published", "not_published"),
    Index("ix_inquiry_court_id_id", "court_id", "id"),
    Index("ix_inquiry_case_id", "case_id", "id"),
    _due("ix_inquiry_to_delete", "delete_at", "purged_at IS NULL"),
)

inquiry_bank = Table(
    "inquiry_bank", metadata,  # how far each bank is
    identifier("inquiry_id"), identifier("bank_id"), identifier("message_id"), words("status"),
    Column("parts", Integer), Column("parts_received", Integer, nullable=False, server_default="0"),
    instant("answered_at", nullable=True), instant("reminded_at", nullable=True),
    PrimaryKeyConstraint("inquiry_id", "bank_id"),
    ForeignKeyConstraint(["inquiry_id"], ["inquiry.id"]),
    ForeignKeyConstraint(["bank_id"], ["bank.id"]),
    one_of("status", "asked", "partly", "answered", "no_such_person", "refused", "deleted"),
    _due("ix_inquiry_bank_open", "inquiry_id", "status IN ('asked', 'partly') AND reminded_at IS NULL"),
)

inquiry_key = Table(
    "inquiry_key", metadata, identifier("inquiry_id", primary_key=True), sealed("key_sealed"),
    ForeignKeyConstraint(["inquiry_id"], ["inquiry.id"]),
)

inquiry_answer = Table(
    "inquiry_answer", metadata, key(),  # each part as it came; digest and times stay after the term
    identifier("inquiry_id"), identifier("bank_id"), words("event_id"), words("message_id"),
    Column("digest", LargeBinary, nullable=False),  # SHA-256 of the message's exact body
    Column("mark", LargeBinary), words("outcome", nullable=True),  # both go with the contents
    Column("part", Integer, nullable=False), Column("parts", Integer),
    words("corrects", nullable=True), identifier("corrected_by", nullable=True),
    Column("is_late", Boolean, nullable=False), instant("happened_at"), instant("recorded_at"),
    ForeignKeyConstraint(["inquiry_id", "bank_id"], ["inquiry_bank.inquiry_id", "inquiry_bank.bank_id"]),
    UniqueConstraint("bank_id", "event_id"),
    Index("ix_inquiry_answer_inquiry_id", "inquiry_id", "bank_id", "part"),
    Index("ix_inquiry_answer_undrafted", "id", sqlite_where=text("outcome = 'opened' AND parts IS NULL"),
          postgresql_where=text("outcome = 'opened' AND parts IS NULL")),
)

inquiry_evidence = Table(
    "inquiry_evidence", metadata,  # the signed message of an answer
    identifier("answer_id", primary_key=True), words("signed_at"), words("signature"), sealed("body_sealed"),
    ForeignKeyConstraint(["answer_id"], ["inquiry_answer.id"]),
)

inquiry_account = Table(
    "inquiry_account", metadata, key(),  # an account that a bank named, in whatever part
    identifier("inquiry_id"), identifier("bank_id"), Column("number_mark", LargeBinary, nullable=False),
    sealed("number_sealed"), instant("recorded_at"),
    ForeignKeyConstraint(["inquiry_id", "bank_id"], ["inquiry_bank.inquiry_id", "inquiry_bank.bank_id"]),
    UniqueConstraint("inquiry_id", "bank_id", "number_mark"),
)

inquiry_statement = Table(
    "inquiry_statement", metadata,  # what an answer says of an account
    identifier("answer_id"), identifier("account_id"), sealed("content_sealed"),
    PrimaryKeyConstraint("answer_id", "account_id"),
    ForeignKeyConstraint(["answer_id"], ["inquiry_answer.id"]),
    ForeignKeyConstraint(["account_id"], ["inquiry_account.id"]),
    Index("ix_inquiry_statement_account_id", "account_id"),
)

inquiry_history = Table(
    "inquiry_history", metadata,  # the bookings of an account in one answer, and where they join those of others
    identifier("answer_id"), identifier("account_id"), words("currency"),
    Column("first_sequence", BigInteger, nullable=False), Column("last_sequence", BigInteger, nullable=False),
    Column("lines", Integer, nullable=False), sealed("ends_sealed"),
    PrimaryKeyConstraint("answer_id", "account_id"),
    ForeignKeyConstraint(["answer_id"], ["inquiry_answer.id"]),
    ForeignKeyConstraint(["account_id"], ["inquiry_account.id"]),
    Index("ix_inquiry_history_account_id", "account_id", "first_sequence"),
)

inquiry_transaction = Table(
    "inquiry_transaction", metadata,  # one booking; no foreign keys: there may be half a million
    identifier("account_id"), Column("sequence", BigInteger, nullable=False), identifier("answer_id"),
    Column("line", Integer, nullable=False), words("flags", nullable=True), sealed("content_sealed"),
    PrimaryKeyConstraint("account_id", "sequence", "answer_id", "line"),
)

standing_inquiry = Table(
    "standing_inquiry", metadata, key(),
    identifier("court_id"), identifier("case_id"), identifier("debtor_id"), identifier("asked_by"),
    sealed("reason_sealed"), words("banks"), Column("interval_days", Integer, nullable=False),
    instant("ends_at"), instant("next_at"), instant("recorded_at"),
    instant("ended_at", nullable=True), words("ended_because", nullable=True),
    ForeignKeyConstraint(["court_id"], ["court.id"]),
    ForeignKeyConstraint(["case_id"], ["court_case.id"]),
    ForeignKeyConstraint(["debtor_id"], ["debtor.id"]),
    ForeignKeyConstraint(["asked_by"], ["staff.id"]),
    Index("ix_standing_inquiry_case_id", "case_id", "id"),
    _due("ix_standing_inquiry_due", "id", "ended_at IS NULL"),
)
