"""What two operators decide together."""

revision = "0005_operator"
down_revision = "0004_rule_versions"


def upgrade() -> None:
    """Nothing yet."""
