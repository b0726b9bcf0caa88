"""Closings of case funds, so that a page need not add up what came in since the beginning; indexes on their entries."""

import sqlalchemy as sa
from alembic import op

from livefreeze.store.columns import Instant

revision = "0010_case_fund_closing"
down_revision = "0009_inquiry"

_OF_FUND = sa.text("credit_bucket = 'case_fund' OR debit_bucket = 'case_fund'")


def upgrade() -> None:
    """A new table, and an index beside those of `transfer`, which is not rebuilt."""
    op.create_table(
        "case_fund_closing",
        sa.Column("court_id", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("closed_at", Instant(), nullable=False),
        sa.Column("balance_minor", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["court_id"], ["court.id"], name=op.f("fk_case_fund_closing_court_id")),
        sa.PrimaryKeyConstraint("court_id", "currency", "closed_at", name=op.f("pk_case_fund_closing")),
    )
    for name, column in (("ix_transfer_case_fund", "recorded_at"), ("ix_transfer_case_fund_id", "id")):
        op.create_index(name, "transfer", [column], sqlite_where=_OF_FUND, postgresql_where=_OF_FUND)
