"""A court's freeze rules and their versions."""

revision = "0004_rule_versions"
down_revision = "0003_people"


def upgrade() -> None:
    """Nothing yet."""
