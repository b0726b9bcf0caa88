"""What two administrators decide together, how deliveries went, which silence of a bank was told of."""

import sqlalchemy as sa
from alembic import op

from livefreeze.store.columns import Instant

revision = "0005_operator"
down_revision = "0004_rule_versions"

#: Table -> its key: rows are never rewritten nor, on SQLite, replaced.
NEVER = {"platform_proposal": "id", "platform_decision": "proposal_id"}
DELIVERED = sa.text("outcome = 'delivered'")


def upgrade() -> None:
    """Make the tables and the indexes by which they are read; guard what is append only."""
    _make_proposals()
    _make_attempts()
    op.create_table(
        "unanswered_query",
        sa.Column("withdrawal_id", sa.Text(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["withdrawal_id"], ["withdrawal.id"], name=op.f("fk_unanswered_query_withdrawal_id")),
        sa.PrimaryKeyConstraint("withdrawal_id", name=op.f("pk_unanswered_query")),
    )
    op.create_index("ix_inbound_message_bank_id", "inbound_message", ["bank_id", "id"])
    op.create_index("ix_outbound_message_bank_id", "outbound_message", ["bank_id", "position"])
    op.create_index("ix_outbound_message_lane", "outbound_message", ["lane", "position"])
    guards = _sqlite_guards if op.get_bind().dialect.name == "sqlite" else _postgres_guards
    for table, key in NEVER.items():
        for statement in guards(table, key):
            op.get_bind().exec_driver_sql(statement)


def _make_proposals() -> None:
    op.create_table(
        "platform_proposal",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("court_id", sa.Text(), nullable=True),
        sa.Column("bank_id", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=True),
        sa.Column("document_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("prepared_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.CheckConstraint("kind LIKE '_%._%'", name=op.f("ck_platform_proposal_kind_known")),
        sa.ForeignKeyConstraint(["bank_id"], ["bank.id"], name=op.f("fk_platform_proposal_bank_id")),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_platform_proposal_court_id")),
        sa.ForeignKeyConstraint(["prepared_by"], ["staff.id"], name=op.f("fk_platform_proposal_prepared_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_platform_proposal")),
    )
    op.create_index("ix_platform_proposal_subject_id", "platform_proposal", ["subject_id"])
    op.create_table(
        "platform_decision",
        sa.Column("proposal_id", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.CheckConstraint("outcome IN ('approved', 'withdrawn')", name=op.f("ck_platform_decision_outcome_known")),
        sa.ForeignKeyConstraint(["decided_by"], ["staff.id"], name=op.f("fk_platform_decision_decided_by")),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["platform_proposal.id"], name=op.f("fk_platform_decision_proposal_id")
        ),
        sa.PrimaryKeyConstraint("proposal_id", name=op.f("pk_platform_decision")),
    )


def _make_attempts() -> None:
    op.create_table(
        "delivery_attempt",
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("fence", sa.BigInteger(), nullable=False),
        sa.Column("bank_id", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("http_status", sa.Integer(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("duration_ms", sa.Integer(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('delivered', 'failed', 'dead')", name=op.f("ck_delivery_attempt_outcome_known")
        ),
        sa.ForeignKeyConstraint(["message_id"], ["outbound_message.id"], name=op.f("fk_delivery_attempt_message_id")),
        sa.PrimaryKeyConstraint("message_id", "fence", name=op.f("pk_delivery_attempt")),
    )
    op.create_index(
        "ix_delivery_attempt_delivered", "delivery_attempt", ["bank_id", "ended_at"], sqlite_where=DELIVERED,
        postgresql_where=DELIVERED,
    )


def _sqlite_guards(table: str, key: str) -> tuple[str, ...]:
    refuse = f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are never changed or deleted'); END"
    is_there = f"EXISTS (SELECT 1 FROM {table} t WHERE t.{key} = NEW.{key})"
    return (
        f"CREATE TRIGGER {table}_never_updated BEFORE UPDATE ON {table} {refuse}",
        f"CREATE TRIGGER {table}_never_deleted BEFORE DELETE ON {table} {refuse}",
        f"CREATE TRIGGER {table}_never_replaced BEFORE INSERT ON {table} WHEN {is_there} {refuse}",
    )


def _postgres_guards(table: str, _: str) -> tuple[str, ...]:
    return (
        f"CREATE TRIGGER {table}_never_changes BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION never_changes()",
        f"CREATE TRIGGER {table}_never_truncated BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION never_changes()",
    )
