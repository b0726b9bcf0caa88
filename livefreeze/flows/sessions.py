"""Log-ins of people with a browser: begun, used, listed, ended. They run on the wall clock.

The browser holds a random token, the database its SHA-256. A log-in that lies idle ends, and none lasts for ever.
"""

import hashlib
import secrets
from datetime import timedelta

from livefreeze.base import clock, ids
from livefreeze.base.access import Principal
from livefreeze.base.errors import Problem
from livefreeze.flows.transaction import reading, transaction
from livefreeze.store import sessions
from livefreeze.store.sessions import Session

#: A member of staff works a day with one log-in; a debtor looks for a moment, often on somebody else's machine.
STAFF_VALID, STAFF_IDLE = timedelta(hours=12), timedelta(hours=1)
DEBTOR_VALID, DEBTOR_IDLE = timedelta(hours=1), timedelta(minutes=15)
SEEN_EVERY = timedelta(minutes=1)  # so that reading pages does not write at each click

_TOKEN_BYTES = 32
_AGENT_LENGTH_MAX = 120


def open_for_staff(staff_id: str, *, agent: str) -> str:
    """Begin a log-in and return its token, this once. `agent` names the browser."""
    return _open(staff_id=staff_id, debtor_id=None, agent=agent, valid=STAFF_VALID)


def open_for_debtor(debtor_id: str, *, agent: str) -> str:
    """The same for a debtor; such a log-in is short."""
    return _open(staff_id=None, debtor_id=debtor_id, agent=agent, valid=DEBTOR_VALID)


def principal_of(token: str) -> Principal | None:
    """Who holds this token; None where it is unknown, over, ended, or its holder disabled."""
    now = clock.wall()
    with reading() as connection:
        held = sessions.held_by(connection, _digest(token), at=now, idle=STAFF_IDLE, business_at=clock.now())
    if held is None or (held.principal.debtor_id is not None and held.seen_at <= now - DEBTOR_IDLE):
        return None
    if held.seen_at <= now - SEEN_EVERY:
        with transaction() as connection:
            sessions.see(connection, held.principal.session_id, at=now)
    return held.principal


def end(token: str) -> None:
    """End the log-in of this token."""
    with transaction() as connection:
        sessions.end(connection, _digest(token), at=clock.wall())


def list_of(principal: Principal) -> list[Session]:
    """All log-ins of this person that are on, the last used first."""
    with reading() as connection:
        return sessions.list_of(connection, principal, at=clock.wall(), idle=STAFF_IDLE)


def revoke(session_id: str, principal: Principal) -> None:
    """End one of this person's own log-ins. Raises Problem NOT_FOUND."""
    with transaction() as connection:
        if not sessions.end_of(connection, principal, at=clock.wall(), only=session_id):
            raise Problem("NOT_FOUND")


def revoke_others(principal: Principal) -> int:
    """End all of this person's log-ins but the one at hand; return how many."""
    with transaction() as connection:
        return sessions.end_of(connection, principal, at=clock.wall(), but=principal.session_id)


def _open(*, staff_id: str | None, debtor_id: str | None, agent: str, valid: timedelta) -> str:
    token, now = secrets.token_urlsafe(_TOKEN_BYTES), clock.wall()
    with transaction() as connection:
        sessions.insert(connection, ids.new("ses"), _digest(token), staff_id=staff_id, debtor_id=debtor_id,
                        agent=agent[:_AGENT_LENGTH_MAX], at=now, expires_at=now + valid)
    return token


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
