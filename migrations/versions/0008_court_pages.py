"""What the court's pages read by: keys of case numbers, alerts that were dealt with, evidence of waiting events."""

import sqlalchemy as sa
from alembic import op

from livefreeze.store import case_numbers
from livefreeze.store.columns import Instant

revision = "0008_court_pages"
down_revision = "0007_form_claims"

_INDEXES = (
    ("ix_court_case_court_id_id", "court_case", ("court_id", "id"), None),
    ("ix_account_debtor_id", "account", ("debtor_id", "id"), None),
    ("ix_freeze_order_court_id_id", "freeze_order", ("court_id", "id"), None),
    ("ix_freeze_order_status", "freeze_order", ("court_id", "status", "id"), None),
    ("ix_freeze_order_case_id", "freeze_order", ("case_id", "id"), None),
    ("ix_proposal_court_id_id", "proposal", ("court_id", "id"), None),
    ("ix_proposal_open", "proposal", ("court_id", "id"), "status = 'open'"),
    ("ix_withdrawal_queried", "withdrawal", ("id",), "status = 'queried'"),
    ("ix_sweep_order_id", "sweep", ("order_id", "id"), None),
    ("ix_sweep_unsettled", "sweep", ("id",), "status IN ('failed', 'returned')"),
    ("ix_outbound_message_dead", "outbound_message", ("bank_id", "lane"),
     "dead_at IS NOT NULL AND delivered_at IS NULL"),
    ("ix_alert_court_id_id", "alert", ("court_id", "id"), None),
    ("ix_alert_open", "alert", ("court_id", "id"), "handled_at IS NULL"),
)


def upgrade() -> None:
    """Add columns that may be empty, which rebuilds no table; write the keys of the cases that are there; index."""
    op.add_column("waiting_event", sa.Column("message_id", sa.Text(), nullable=True))
    op.add_column("alert", sa.Column("handled_at", Instant(), nullable=True))
    op.add_column("alert", sa.Column("handled_by", sa.Text(), nullable=True))
    op.create_table(
        "case_number_key",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("court_id", sa.Text(), nullable=False),
        sa.Column("number_key", sa.Text(), nullable=False),
        sa.Column("serial", sa.Text(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["court_case.id"], name=op.f("fk_case_number_key_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_number_key")),
    )
    op.create_index("ix_case_number_key_number_key", "case_number_key", ["court_id", "number_key", "case_id"])
    op.create_index("ix_case_number_key_serial", "case_number_key", ["court_id", "serial", "case_id"])
    _write_keys()
    for name, table, columns, where in _INDEXES:
        condition = None if where is None else sa.text(where)
        op.create_index(name, table, list(columns), sqlite_where=condition, postgresql_where=condition)


def _write_keys() -> None:
    case = sa.table("court_case", *(sa.column(name, sa.Text()) for name in ("id", "court_id", "case_number")),
                    sa.column("recorded_at", Instant()))
    connection = op.get_bind()
    for row in connection.execute(sa.select(case)).all():
        case_numbers.keep(connection, row.id, row.court_id, row.case_number, recorded_at=row.recorded_at)
