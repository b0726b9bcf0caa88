"""Accounts of people: passwords, second factors, sessions, deputies."""

import sqlalchemy as sa
from alembic import op

from livefreeze.store.columns import Instant

revision = "0003_people"
down_revision = "0002_counters_and_guards"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "credential",
        sa.Column("staff_id", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("totp_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("totp_step", sa.BigInteger(), nullable=True),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_credential_staff_id")),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_credential")),
    )
    for table, *more in (
        ("recovery_code",),
        ("invitation", sa.Column("expires_at", Instant(), nullable=False)),
    ):
        op.create_table(
            table,
            sa.Column("digest", sa.LargeBinary(), nullable=False),
            sa.Column("staff_id", sa.Text(), nullable=False),
            sa.Column("recorded_at", Instant(), nullable=False),
            *more,
            sa.Column("used_at", Instant(), nullable=True),
            sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f(f"fk_{table}_staff_id")),
            sa.PrimaryKeyConstraint("digest", name=op.f(f"pk_{table}")),
        )
        op.create_index(op.f(f"ix_{table}_staff_id"), table, ["staff_id"], unique=False)
    op.create_table(
        "login_attempt",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("login_index", sa.LargeBinary(), nullable=False),
        sa.Column("address_index", sa.LargeBinary(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("attempted_at", Instant(), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('begun', 'half', 'right', 'wrong')", name=op.f("ck_login_attempt_outcome_known")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_attempt")),
    )
    op.create_index("ix_login_attempt_address_index", "login_attempt", ["address_index", "attempted_at"], unique=False)
    op.create_index("ix_login_attempt_login_index", "login_attempt", ["login_index", "attempted_at"], unique=False)
    op.create_table(
        "login_session",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("staff_id", sa.Text(), nullable=True),
        sa.Column("debtor_id", sa.Text(), nullable=True),
        sa.Column("agent", sa.Text(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("acting_for", sa.Text(), nullable=True),
        sa.CheckConstraint("(staff_id IS NULL) <> (debtor_id IS NULL)", name=op.f("ck_login_session_one_holder")),
        sa.ForeignKeyConstraint(["debtor_id"], ["debtor.id"], name=op.f("fk_login_session_debtor_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_login_session_staff_id")),
        sa.ForeignKeyConstraint(["acting_for"], ["staff.id"], name=op.f("fk_login_session_acting_for")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_session")),
        sa.UniqueConstraint("digest", name=op.f("uq_login_session_digest")),
    )
    op.create_index(op.f("ix_login_session_debtor_id"), "login_session", ["debtor_id"], unique=False)
    op.create_index(op.f("ix_login_session_staff_id"), "login_session", ["staff_id"], unique=False)
    op.create_table(
        "deputy",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.Text(), nullable=False),
        sa.Column("deputy_id", sa.Text(), nullable=False),
        sa.Column("valid_from", Instant(), nullable=False),
        sa.Column("valid_until", Instant(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.CheckConstraint("staff_id <> deputy_id", name=op.f("ck_deputy_another_person")),
        sa.CheckConstraint("valid_from < valid_until", name=op.f("ck_deputy_term_forward")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_deputy_staff_id")),
        sa.ForeignKeyConstraint(["deputy_id"], ["staff.id"], name=op.f("fk_deputy_deputy_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deputy")),
    )
    op.create_index(op.f("ix_deputy_staff_id"), "deputy", ["staff_id"], unique=False)
    op.create_index(op.f("ix_deputy_deputy_id"), "deputy", ["deputy_id"], unique=False)
