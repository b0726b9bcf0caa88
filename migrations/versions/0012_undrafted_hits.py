"""New accounts for which no order is drafted yet, by an index of their own: they are looked for every minute."""

import sqlalchemy as sa
from alembic import op

revision = "0012_undrafted_hits"
down_revision = "0011_same_form"

_UNDRAFTED = sa.text("outcome = 'opened' AND parts IS NULL")


def upgrade() -> None:
    """An index only."""
    op.create_index("ix_inquiry_answer_undrafted", "inquiry_answer", ["id"],
                    sqlite_where=_UNDRAFTED, postgresql_where=_UNDRAFTED)
