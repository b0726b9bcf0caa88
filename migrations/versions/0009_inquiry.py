"""Inquiries: what courts ask, how far each bank is, what they answer; and that a case is closed."""

import sqlalchemy as sa
from alembic import op

from livefreeze.store.columns import Instant

revision = "0009_inquiry"
down_revision = "0008_court_pages"


def _where(condition: str) -> dict:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def upgrade() -> None:
    """New tables only."""
    op.create_table(
        "inquiry_transaction",
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("answer_id", sa.Text(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("flags", sa.Text(), nullable=True),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "sequence", "answer_id", "line", name=op.f("pk_inquiry_transaction")),
    )
    op.create_table(
        "case_closing",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("closed_by", sa.Text(), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["court_case.id"], name=op.f("fk_case_closing_case_id")),
        sa.ForeignKeyConstraint(["closed_by"], ["staff.id"], name=op.f("fk_case_closing_closed_by")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_closing")),
    )
    op.create_table(
        "inquiry",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("court_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("debtor_id", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=True),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("period_from", sa.Text(), nullable=False),
        sa.Column("period_to", sa.Text(), nullable=False),
        sa.Column("answer_by", Instant(), nullable=False),
        sa.Column("calendar", sa.Text(), nullable=False),
        sa.Column("delete_at", Instant(), nullable=False),
        sa.Column("standing_id", sa.Text(), nullable=True),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("deleted_at", Instant(), nullable=True),
        sa.Column("purged_at", Instant(), nullable=True),
        sa.CheckConstraint("calendar IN ('published', 'not_published')", name=op.f("ck_inquiry_calendar_known")),
        sa.ForeignKeyConstraint(["asked_by"], ["staff.id"], name=op.f("fk_inquiry_asked_by")),
        sa.ForeignKeyConstraint(["case_id"], ["court_case.id"], name=op.f("fk_inquiry_case_id")),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_inquiry_court_id")),
        sa.ForeignKeyConstraint(["debtor_id"], ["debtor.id"], name=op.f("fk_inquiry_debtor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inquiry")),
    )
    op.create_index("ix_inquiry_case_id", "inquiry", ["case_id", "id"])
    op.create_index("ix_inquiry_court_id_id", "inquiry", ["court_id", "id"])
    op.create_index("ix_inquiry_to_delete", "inquiry", ["delete_at"], **_where("purged_at IS NULL"))
    op.create_table(
        "standing_inquiry",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("court_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("debtor_id", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("banks", sa.Text(), nullable=False),
        sa.Column("interval_days", sa.Integer(), nullable=False),
        sa.Column("ends_at", Instant(), nullable=False),
        sa.Column("next_at", Instant(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("ended_because", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["asked_by"], ["staff.id"], name=op.f("fk_standing_inquiry_asked_by")),
        sa.ForeignKeyConstraint(["case_id"], ["court_case.id"], name=op.f("fk_standing_inquiry_case_id")),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_standing_inquiry_court_id")),
        sa.ForeignKeyConstraint(["debtor_id"], ["debtor.id"], name=op.f("fk_standing_inquiry_debtor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standing_inquiry")),
    )
    op.create_index("ix_standing_inquiry_case_id", "standing_inquiry", ["case_id", "id"])
    op.create_index("ix_standing_inquiry_due", "standing_inquiry", ["id"], **_where("ended_at IS NULL"))
    op.create_table(
        "inquiry_bank",
        sa.Column("inquiry_id", sa.Text(), nullable=False),
        sa.Column("bank_id", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("parts", sa.Integer(), nullable=True),
        sa.Column("parts_received", sa.Integer(), server_default="0", nullable=False),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.Column("reminded_at", Instant(), nullable=True),
        sa.CheckConstraint("status IN ('asked', 'partly', 'answered', 'no_such_person', 'refused', 'deleted')",
            name=op.f("ck_inquiry_bank_status_known")),
        sa.ForeignKeyConstraint(["bank_id"], ["bank.id"], name=op.f("fk_inquiry_bank_bank_id")),
        sa.ForeignKeyConstraint(["inquiry_id"], ["inquiry.id"], name=op.f("fk_inquiry_bank_inquiry_id")),
        sa.PrimaryKeyConstraint("inquiry_id", "bank_id", name=op.f("pk_inquiry_bank")),
    )
    op.create_index("ix_inquiry_bank_open", "inquiry_bank", ["inquiry_id"],
                    **_where("status IN ('asked', 'partly') AND reminded_at IS NULL"))
    op.create_table(
        "inquiry_key",
        sa.Column("inquiry_id", sa.Text(), nullable=False),
        sa.Column("key_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["inquiry_id"], ["inquiry.id"], name=op.f("fk_inquiry_key_inquiry_id")),
        sa.PrimaryKeyConstraint("inquiry_id", name=op.f("pk_inquiry_key")),
    )
    op.create_table(
        "inquiry_account",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("inquiry_id", sa.Text(), nullable=False),
        sa.Column("bank_id", sa.Text(), nullable=False),
        sa.Column("number_mark", sa.LargeBinary(), nullable=False),
        sa.Column("number_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["inquiry_id", "bank_id"], ["inquiry_bank.inquiry_id", "inquiry_bank.bank_id"],
            name=op.f("fk_inquiry_account_inquiry_id_bank_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inquiry_account")),
        sa.UniqueConstraint("inquiry_id", "bank_id", "number_mark",
            name=op.f("uq_inquiry_account_inquiry_id_bank_id_number_mark")),
    )
    op.create_table(
        "inquiry_answer",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("inquiry_id", sa.Text(), nullable=False),
        sa.Column("bank_id", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("mark", sa.LargeBinary(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("parts", sa.Integer(), nullable=True),
        sa.Column("corrects", sa.Text(), nullable=True),
        sa.Column("corrected_by", sa.Text(), nullable=True),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("happened_at", Instant(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["inquiry_id", "bank_id"], ["inquiry_bank.inquiry_id", "inquiry_bank.bank_id"],
            name=op.f("fk_inquiry_answer_inquiry_id_bank_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inquiry_answer")),
        sa.UniqueConstraint("bank_id", "event_id", name=op.f("uq_inquiry_answer_bank_id_event_id")),
    )
    op.create_index("ix_inquiry_answer_inquiry_id", "inquiry_answer", ["inquiry_id", "bank_id", "part"])
    op.create_table(
        "inquiry_evidence",
        sa.Column("answer_id", sa.Text(), nullable=False),
        sa.Column("signed_at", sa.Text(), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["answer_id"], ["inquiry_answer.id"], name=op.f("fk_inquiry_evidence_answer_id")),
        sa.PrimaryKeyConstraint("answer_id", name=op.f("pk_inquiry_evidence")),
    )
    op.create_table(
        "inquiry_history",
        sa.Column("answer_id", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("first_sequence", sa.BigInteger(), nullable=False),
        sa.Column("last_sequence", sa.BigInteger(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("ends_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["inquiry_account.id"], name=op.f("fk_inquiry_history_account_id")),
        sa.ForeignKeyConstraint(["answer_id"], ["inquiry_answer.id"], name=op.f("fk_inquiry_history_answer_id")),
        sa.PrimaryKeyConstraint("answer_id", "account_id", name=op.f("pk_inquiry_history")),
    )
    op.create_index("ix_inquiry_history_account_id", "inquiry_history", ["account_id", "first_sequence"])
    op.create_table(
        "inquiry_statement",
        sa.Column("answer_id", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["inquiry_account.id"], name=op.f("fk_inquiry_statement_account_id")),
        sa.ForeignKeyConstraint(["answer_id"], ["inquiry_answer.id"], name=op.f("fk_inquiry_statement_answer_id")),
        sa.PrimaryKeyConstraint("answer_id", "account_id", name=op.f("pk_inquiry_statement")),
    )
    op.create_index("ix_inquiry_statement_account_id", "inquiry_statement", ["account_id"])
