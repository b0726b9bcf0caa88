"""A form of a page does its work once: a double click, a second tab and the back button send it again.

The key is made when the form is shown. Whoever sends it first claims it; a later one is told where the first went.
"""

from livefreeze.base.access import Principal
from livefreeze.flows.transaction import transaction
from livefreeze.store import engine as store_engine
from livefreeze.store import form_claims


def claim(key: str, *, principal: Principal | None) -> str | None:
    """Claim the key: None if it is ours now, else where the first sending went ("" while it is under way)."""
    with transaction() as connection:
        owner = principal.actor if principal is not None else "anonymous"
        return form_claims.claim(connection, key, owner=owner, recorded_at=store_engine.now(connection))


def finish(key: str, location: str) -> None:
    """Keep where the first sending went."""
    with transaction() as connection:
        form_claims.finish(connection, key, location)


def release(key: str) -> None:
    """Let a form that was refused be sent again."""
    with transaction() as connection:
        form_claims.release(connection, key)
