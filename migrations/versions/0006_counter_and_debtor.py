"""Counters without a system of their own, and debtors who log in."""

revision = "0006_counter_and_debtor"
down_revision = "0005_operator"


def upgrade() -> None:
    """Nothing yet."""
