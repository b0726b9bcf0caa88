"""A form of a page does its work once: a double click, a second tab and the back button send it again.

The key is made when the form is shown. Whoever sends it first claims it; a later one is told where the first went.
"""

from datetime import timedelta

from livefreeze.base.access import Principal
from livefreeze.flows.transaction import reading, transaction
from livefreeze.store import engine as store_engine
from livefreeze.store import form_claims

SAME_WITHIN = timedelta(minutes=10)  # the same typed later than that is meant


def claim(key: str, digest: bytes, *, principal: Principal | None) -> str | None:
    """Claim the key: None if it is ours now, else where the first sending went ("" while it is under way)."""
    with transaction() as connection:
        return form_claims.claim(connection, key, owner=_owner(principal), digest=digest,
                                 recorded_at=store_engine.now(connection))


def sent_before(key: str, digest: bytes, *, principal: Principal | None) -> str | None:
    """Where this person got by sending the same on a form of another showing, within minutes; None if they did not."""
    with reading() as connection:
        since = store_engine.now(connection) - SAME_WITHIN
        return form_claims.sent_since(connection, digest, owner=_owner(principal), since=since, other_than=key)


def finish(key: str, location: str) -> None:
    """Keep where the first sending went."""
    with transaction() as connection:
        form_claims.finish(connection, key, location)


def release(key: str) -> None:
    """Let a form that was refused be sent again."""
    with transaction() as connection:
        form_claims.release(connection, key)


def _owner(principal: Principal | None) -> str:
    return principal.actor if principal is not None else "anonymous"
