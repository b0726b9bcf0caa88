"""What a form said, as a digest, so that the same sent again from a fresh page is asked about first."""

import sqlalchemy as sa
from alembic import op

revision = "0011_same_form"
down_revision = "0010_case_fund_closing"


def upgrade() -> None:
    """Add a column that may be empty, which rebuilds no table, and its index."""
    op.add_column("form_claim", sa.Column("digest", sa.LargeBinary(), nullable=True))
    op.create_index("ix_form_claim_digest", "form_claim", ["owner", "digest", "recorded_at"])
