"""Forms of pages that have been sent."""

import sqlalchemy as sa
from alembic import op

from livefreeze.store.columns import Instant

revision = "0007_form_claims"
down_revision = "0006_counter_and_debtor"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "form_claim",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("location", sa.Text(), nullable=True),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_form_claim")),
    )
