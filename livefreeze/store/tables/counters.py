"""Counters without a system of their own, and debtors who log in."""

from sqlalchemy import CheckConstraint, Column, ForeignKeyConstraint, Index, Integer, LargeBinary, Table, text

from livefreeze.store.columns import identifier, instant, money, sealed
from livefreeze.store.tables.shared import key, metadata, one_of, words

counter_withdrawal = Table(
    "counter_withdrawal", metadata,  # what a teller asked on our page
    key("withdrawal_id"), identifier("bank_id"), identifier("staff_id"), words("identified_by"),
    words("shown"),  # JSON: the figures of the answer, so that its slip can be printed again
    instant("recorded_at"),
    instant("ended_at", nullable=True),  # declined, confirmed or given up on our page
    ForeignKeyConstraint(["withdrawal_id"], ["withdrawal.id"]),
    Index("ix_counter_withdrawal_bank_id", "bank_id", "recorded_at", "withdrawal_id"),
    Index("ix_counter_withdrawal_open", "bank_id", "withdrawal_id",
          sqlite_where=text("ended_at IS NULL"), postgresql_where=text("ended_at IS NULL")),
)

counter_reversal = Table(
    "counter_reversal", metadata, key(),  # cash that came back: one teller asks, another person approves
    identifier("bank_id"), identifier("withdrawal_id"), money("amount_minor"), words("reason"),
    Column("digest", LargeBinary, nullable=False),  # of what is asked: that, and nothing else, is approved
    words("status"), identifier("asked_by"), instant("recorded_at"),
    identifier("ended_by", nullable=True), instant("ended_at", nullable=True),
    ForeignKeyConstraint(["withdrawal_id"], ["withdrawal.id"]),
    ForeignKeyConstraint(["asked_by"], ["staff.id"]),
    ForeignKeyConstraint(["ended_by"], ["staff.id"]),
    CheckConstraint("amount_minor > 0", name="amount_positive"),
    one_of("reason", "cash_returned", "miscounted", "wrong_person"),
    one_of("status", "open", "approved", "withdrawn"),
    Index("uq_counter_reversal_open", "withdrawal_id", unique=True,
          sqlite_where=text("status = 'open'"), postgresql_where=text("status = 'open'")),
    Index("ix_counter_reversal_open", "bank_id", "id",
          sqlite_where=text("status = 'open'"), postgresql_where=text("status = 'open'")),
)

notice = Table(
    "notice", metadata, key(),  # what is to be told to a debtor; whoever delivers it takes it from here
    identifier("debtor_id"), words("kind"), sealed("text_sealed"), instant("recorded_at"),
    instant("delivered_at", nullable=True),
    ForeignKeyConstraint(["debtor_id"], ["debtor.id"]),
)

debtor_code = Table(
    "debtor_code", metadata, key(),  # one-time codes; one without a debtor is for somebody whom we do not know
    Column("challenge", LargeBinary, nullable=False),  # SHA-256 of what the asking browser holds
    Column("subject_index", LargeBinary, nullable=False),  # blind index of what was typed
    identifier("debtor_id", nullable=True), Column("digest", LargeBinary, nullable=False),
    Column("tries", Integer, nullable=False, server_default="0"),
    instant("recorded_at"), instant("expires_at"), instant("used_at", nullable=True),  # of the wall clock
    ForeignKeyConstraint(["debtor_id"], ["debtor.id"]),
    Index("ix_debtor_code_challenge", "challenge"),
    Index("ix_debtor_code_subject_index", "subject_index", "recorded_at"),
    Index("ix_debtor_code_debtor_id", "debtor_id", "recorded_at"),
    Index("ix_debtor_code_recorded_at", "recorded_at"),
)
