"""Log-ins of people with a browser. Nobody can log in yet."""

from livefreeze.base.access import Principal


def principal_of(token: str) -> Principal | None:
    """Who holds this token; None where it is unknown, over or revoked."""
    return None


def end(token: str) -> None:
    """End the log-in of this token."""
