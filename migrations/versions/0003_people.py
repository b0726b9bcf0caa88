"""Accounts of people: passwords, second factors, sessions, deputies."""

revision = "0003_people"
down_revision = "0002_counters_and_guards"


def upgrade() -> None:
    """Nothing yet."""
