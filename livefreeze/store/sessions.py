"""Log-ins of people with a browser: who holds which, since when, until when."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, Select, select, update

from livefreeze.base.access import Principal
from livefreeze.store import deputies
from livefreeze.store.tables import login_session, staff


class Session(NamedTuple):
    """A log-in as its holder sees it in a list."""

    id: str
    agent: str
    recorded_at: datetime
    seen_at: datetime
    expires_at: datetime


class Held(NamedTuple):
    """A log-in that is on, and who holds it."""

    principal: Principal
    seen_at: datetime


_s = login_session.c


def insert(connection: Connection, session_id: str, digest: bytes, *, staff_id: str | None, debtor_id: str | None,
           agent: str, at: datetime, expires_at: datetime) -> None:
    """Keep the SHA-256 of a new log-in's token; the token itself is nowhere here."""
    row = {"id": session_id, "digest": digest, "staff_id": staff_id, "debtor_id": debtor_id, "agent": agent,
           "recorded_at": at, "seen_at": at, "expires_at": expires_at}
    connection.execute(login_session.insert().values(**row))


def held_by(connection: Connection, digest: bytes, *, at: datetime, idle: timedelta,
            business_at: datetime) -> Held | None:
    """Who holds the log-in, if it has not ended, expired or lain idle for too long, nor its holder been disabled.

    A deputy whose term is over stands in for nobody any more; terms go by the business clock.
    """
    query = (
        select(_s.id, _s.debtor_id, _s.seen_at, _s.acting_for, staff.c.id.label("staff_id"), staff.c.login,
               staff.c.person, staff.c.role, staff.c.court_id, staff.c.bank_id, staff.c.disabled_at)
        .join(staff, staff.c.id == _s.staff_id, isouter=True)
        .where(_s.digest == digest, _s.ended_at.is_(None), _s.expires_at > at, _s.seen_at > at - idle)
    )
    row = connection.execute(query).one_or_none()
    if row is None or row.disabled_at is not None:
        return None
    acting_for = row.acting_for
    if acting_for and not deputies.stands_in(connection, row.staff_id, acting_for, at=business_at):
        acting_for = None
    if row.debtor_id is not None:
        principal = Principal(staff_id=None, login="", person=row.debtor_id, role="debtor", court_id=None, bank_id=None,
                              debtor_id=row.debtor_id, session_id=row.id)
    else:
        principal = Principal(staff_id=row.staff_id, login=row.login, person=row.person, role=row.role,
                              court_id=row.court_id, bank_id=row.bank_id, session_id=row.id, acting_for=acting_for)
    return Held(principal, row.seen_at)


def see(connection: Connection, session_id: str, *, at: datetime) -> None:
    """Note that the log-in was used."""
    connection.execute(update(login_session).where(_s.id == session_id).values(seen_at=at))


def act_for(connection: Connection, session_id: str, staff_id: str | None) -> None:
    """From now on the holder acts in this one's stead, or, with None, for themselves again."""
    connection.execute(update(login_session).where(_s.id == session_id).values(acting_for=staff_id))


def end(connection: Connection, digest: bytes, *, at: datetime) -> None:
    """End the log-in of this token."""
    connection.execute(_on().where(_s.digest == digest).values(ended_at=at))


def end_of(connection: Connection, principal: Principal, *, at: datetime, only: str | None = None,
           but: str | None = None) -> int:
    """End one of a person's log-ins, or all of them but one; return how many."""
    ending = _on().where(*_holder(principal))
    if only is not None:
        ending = ending.where(_s.id == only)
    if but is not None:
        ending = ending.where(_s.id != but)
    return connection.execute(ending.values(ended_at=at)).rowcount


def end_of_staff(connection: Connection, staff_id: str, *, at: datetime) -> None:
    """End all log-ins of a member of staff."""
    connection.execute(_on().where(_s.staff_id == staff_id).values(ended_at=at))


def list_of(connection: Connection, principal: Principal, *, at: datetime, idle: timedelta) -> list[Session]:
    """A person's log-ins that are on, the last used first."""
    query: Select = (
        select(_s.id, _s.agent, _s.recorded_at, _s.seen_at, _s.expires_at)
        .where(*_holder(principal), _s.ended_at.is_(None), _s.expires_at > at, _s.seen_at > at - idle)
        .order_by(_s.seen_at.desc(), _s.id)
    )
    return [Session(*row) for row in connection.execute(query)]


def _on():
    return update(login_session).where(_s.ended_at.is_(None))


def _holder(principal: Principal) -> list:
    if principal.debtor_id is not None:
        return [_s.debtor_id == principal.debtor_id]
    return [_s.staff_id == principal.staff_id]
