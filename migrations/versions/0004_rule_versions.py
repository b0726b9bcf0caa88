"""A court's freeze rules and their versions, which orders follow them, and how far a new version has come."""

import sqlalchemy as sa
from alembic import op

from livefreeze.store.columns import Instant

revision = "0004_rule_versions"
down_revision = "0003_people"

#: What kinds of proposals there are, flows.approvals says; each new one would mean to rebuild the table on SQLite.
KIND_KNOWN = "kind LIKE '_%._%'"

VERSION = "court_rule_version"

#: A version is law for those under it: it is never rewritten, nor, on SQLite, replaced.
_REFUSE = f"BEGIN SELECT RAISE(ABORT, 'rows of {VERSION} are never changed or deleted'); END"
_IS_THERE = f"EXISTS (SELECT 1 FROM {VERSION} t WHERE t.court_rule_id = NEW.court_rule_id AND t.version = NEW.version)"
SQLITE_NEVER = (
    f"CREATE TRIGGER {VERSION}_never_updated BEFORE UPDATE ON {VERSION} {_REFUSE}",
    f"CREATE TRIGGER {VERSION}_never_deleted BEFORE DELETE ON {VERSION} {_REFUSE}",
    f"CREATE TRIGGER {VERSION}_never_replaced BEFORE INSERT ON {VERSION} WHEN {_IS_THERE} {_REFUSE}",
)
POSTGRES_NEVER = (
    f"CREATE TRIGGER {VERSION}_never_changes BEFORE UPDATE OR DELETE ON {VERSION} "
    "FOR EACH ROW EXECUTE FUNCTION never_changes()",
    f"CREATE TRIGGER {VERSION}_never_truncated BEFORE TRUNCATE ON {VERSION} "
    "FOR EACH STATEMENT EXECUTE FUNCTION never_changes()",
)


def upgrade() -> None:
    """Make the tables, guard the versions, and let in other kinds of proposals."""
    op.create_table(
        "court_rule",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("court_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("current_version", sa.Integer(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_court_rule_court_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_court_rule")),
        sa.UniqueConstraint("court_id", "name", name=op.f("uq_court_rule_court_id_name")),
    )
    op.create_table(
        VERSION,
        sa.Column("court_rule_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("rule_id", sa.Text(), nullable=False),
        sa.Column("valid_from", Instant(), nullable=False),
        sa.Column("proposal_id", sa.Text(), nullable=False),
        sa.Column("approved_by", sa.Text(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.CheckConstraint("version > 0", name=op.f("ck_court_rule_version_version_from_one")),
        sa.ForeignKeyConstraint(
            ["court_rule_id"], ["court_rule.id"], name=op.f("fk_court_rule_version_court_rule_id")
        ),
        sa.ForeignKeyConstraint(["rule_id"], ["rule.id"], name=op.f("fk_court_rule_version_rule_id")),
        sa.ForeignKeyConstraint(["approved_by"], ["staff.id"], name=op.f("fk_court_rule_version_approved_by")),
        sa.PrimaryKeyConstraint("court_rule_id", "version", name=op.f("pk_court_rule_version")),
    )
    op.create_table(
        "rule_adoption",
        sa.Column("court_rule_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("after_pool_id", sa.Text(), server_default="", nullable=False),
        sa.Column("pools_done", sa.Integer(), server_default="0", nullable=False),
        sa.Column("finished_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["court_rule_id"], ["court_rule.id"], name=op.f("fk_rule_adoption_court_rule_id")),
        sa.PrimaryKeyConstraint("court_rule_id", "version", name=op.f("pk_rule_adoption")),
    )
    op.create_index(
        "ix_rule_adoption_open", "rule_adoption", ["court_rule_id"], unique=False,
        sqlite_where=sa.text("finished_at IS NULL"), postgresql_where=sa.text("finished_at IS NULL"),
    )
    op.create_table(
        "freeze_order_rule",
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.Column("court_rule_id", sa.Text(), nullable=False),
        sa.Column("pool_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["freeze_order.id"], name=op.f("fk_freeze_order_rule_order_id")),
        sa.ForeignKeyConstraint(["pool_id"], ["pool.id"], name=op.f("fk_freeze_order_rule_pool_id")),
        sa.ForeignKeyConstraint(
            ["court_rule_id"], ["court_rule.id"], name=op.f("fk_freeze_order_rule_court_rule_id")
        ),
        sa.PrimaryKeyConstraint("order_id", name=op.f("pk_freeze_order_rule")),
    )
    op.create_index("ix_freeze_order_rule_pool", "freeze_order_rule", ["court_rule_id", "pool_id"])
    if op.get_bind().dialect.name == "sqlite":
        _sqlite_lets_in_other_kinds()
        for statement in SQLITE_NEVER:
            op.get_bind().exec_driver_sql(statement)
    else:
        op.drop_constraint(op.f("ck_proposal_kind_known"), "proposal", type_="check")
        op.create_check_constraint(op.f("ck_proposal_kind_known"), "proposal", KIND_KNOWN)
        for statement in POSTGRES_NEVER:
            op.get_bind().exec_driver_sql(statement)
    op.create_index(op.f("ix_proposal_subject_id"), "proposal", ["subject_id"], unique=False)


def _sqlite_lets_in_other_kinds() -> None:
    """SQLite cannot change a CHECK, so that the table is made anew. It has no triggers, and the versions of a proposal
    refer to it: that they do is looked at when this migration commits, with the rows back in their place."""
    op.execute("PRAGMA defer_foreign_keys=ON")
    op.execute("CREATE TABLE proposal_before AS SELECT * FROM proposal")
    op.drop_index("ix_proposal_court_id", "proposal")
    op.drop_table("proposal")
    op.create_table(
        "proposal",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("court_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("approved_by", sa.Text(), nullable=True),
        sa.Column("approved_at", Instant(), nullable=True),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.CheckConstraint(KIND_KNOWN, name=op.f("ck_proposal_kind_known")),
        sa.CheckConstraint("status IN ('open', 'approved', 'withdrawn')", name=op.f("ck_proposal_status_known")),
        sa.ForeignKeyConstraint(["approved_by"], ["staff.id"], name=op.f("fk_proposal_approved_by")),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_proposal_court_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
    )
    op.execute("INSERT INTO proposal SELECT * FROM proposal_before")
    op.execute("DROP TABLE proposal_before")
    op.create_index(op.f("ix_proposal_court_id"), "proposal", ["court_id"], unique=False)
