"""Counters without a system of their own, and debtors who log in."""

import sqlalchemy as sa
from alembic import op

from livefreeze.store.columns import Instant

revision = "0006_counter_and_debtor"
down_revision = "0005_operator"


def upgrade() -> None:
    """What tellers did on our pages; codes and notices for debtors."""
    op.create_table(
        "counter_withdrawal",
        sa.Column("withdrawal_id", sa.Text(), nullable=False),
        sa.Column("bank_id", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.Text(), nullable=False),
        sa.Column("identified_by", sa.Text(), nullable=False),
        sa.Column("shown", sa.Text(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["withdrawal_id"], ["withdrawal.id"], name=op.f("fk_counter_withdrawal_withdrawal_id")
        ),
        sa.PrimaryKeyConstraint("withdrawal_id", name=op.f("pk_counter_withdrawal")),
    )
    op.create_index("ix_counter_withdrawal_bank_id", "counter_withdrawal", ["bank_id", "recorded_at", "withdrawal_id"])
    op.create_index(
        "ix_counter_withdrawal_open", "counter_withdrawal", ["bank_id", "withdrawal_id"],
        sqlite_where=sa.text("ended_at IS NULL"), postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "counter_reversal",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("bank_id", sa.Text(), nullable=False),
        sa.Column("withdrawal_id", sa.Text(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("ended_by", sa.Text(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_counter_reversal_amount_positive")),
        sa.CheckConstraint(
            "reason IN ('cash_returned', 'miscounted', 'wrong_person')", name=op.f("ck_counter_reversal_reason_known")
        ),
        sa.CheckConstraint(
            "status IN ('open', 'approved', 'withdrawn')", name=op.f("ck_counter_reversal_status_known")
        ),
        sa.ForeignKeyConstraint(["withdrawal_id"], ["withdrawal.id"], name=op.f("fk_counter_reversal_withdrawal_id")),
        sa.ForeignKeyConstraint(["asked_by"], ["staff.id"], name=op.f("fk_counter_reversal_asked_by")),
        sa.ForeignKeyConstraint(["ended_by"], ["staff.id"], name=op.f("fk_counter_reversal_ended_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counter_reversal")),
    )
    op.create_index(
        "uq_counter_reversal_open", "counter_reversal", ["withdrawal_id"], unique=True,
        sqlite_where=sa.text("status = 'open'"), postgresql_where=sa.text("status = 'open'"),
    )
    op.create_index(
        "ix_counter_reversal_open", "counter_reversal", ["bank_id", "id"],
        sqlite_where=sa.text("status = 'open'"), postgresql_where=sa.text("status = 'open'"),
    )
    op.create_table(
        "notice",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("debtor_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("delivered_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["debtor_id"], ["debtor.id"], name=op.f("fk_notice_debtor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    op.create_table(
        "debtor_code",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("challenge", sa.LargeBinary(), nullable=False),
        sa.Column("subject_index", sa.LargeBinary(), nullable=False),
        sa.Column("debtor_id", sa.Text(), nullable=True),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("used_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["debtor_id"], ["debtor.id"], name=op.f("fk_debtor_code_debtor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_debtor_code")),
    )
    op.create_index("ix_debtor_code_challenge", "debtor_code", ["challenge"])
    op.create_index("ix_debtor_code_subject_index", "debtor_code", ["subject_index", "recorded_at"])
    op.create_index("ix_debtor_code_debtor_id", "debtor_code", ["debtor_id", "recorded_at"])
    op.create_index("ix_debtor_code_recorded_at", "debtor_code", ["recorded_at"])
    # Who logs in knows the number of the case, not which court's it is; how a claim is paid is read by claim.
    op.create_index("ix_court_case_case_number", "court_case", ["case_number"])
    op.create_index("ix_sweep_claim_id", "sweep", ["claim_id", "finished_at"])
