"""Members of staff of courts and banks, and the tokens by which they are known."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, select, update

from livefreeze.base.access import Principal
from livefreeze.store import audit
from livefreeze.store.insert import insert_new
from livefreeze.store.tables import api_token, bank, court, staff


class Member(NamedTuple):
    """One login. A person may have several; four eyes compare persons."""

    id: str
    login: str
    person: str
    court_id: str | None
    bank_id: str | None
    role: str


_MEMBER = select(staff.c.id, staff.c.login, staff.c.person, staff.c.court_id, staff.c.bank_id, staff.c.role)


def insert(connection: Connection, new: Member, *, recorded_at: datetime) -> bool:
    """Keep a new member of staff; False where the login is taken."""
    return insert_new(connection, staff, {**new._asdict(), "recorded_at": recorded_at})


def by_login(connection: Connection, login: str) -> Member | None:
    """The member of staff of this login, unless disabled."""
    row = connection.execute(_MEMBER.where(staff.c.login == login, staff.c.disabled_at.is_(None))).one_or_none()
    return None if row is None else Member(*row)


def by_id(connection: Connection, staff_id: str) -> Member | None:
    """The member of staff of this id, unless disabled."""
    row = connection.execute(_MEMBER.where(staff.c.id == staff_id, staff.c.disabled_at.is_(None))).one_or_none()
    return None if row is None else Member(*row)


def is_taken(connection: Connection, login: str) -> bool:
    """Is there a login of this name, disabled ones included? Names are never given twice."""
    return connection.scalar(select(staff.c.id).where(staff.c.login == login)) is not None


def of_court(connection: Connection, court_id: str, role: str) -> list[Member]:
    """The members of a court with this role, unless disabled, by login."""
    query = _MEMBER.where(staff.c.court_id == court_id, staff.c.role == role, staff.c.disabled_at.is_(None))
    return [Member(*row) for row in connection.execute(query.order_by(staff.c.login))]


def chain_of(connection: Connection, member: Member) -> str:
    """The audit chain of what is done about this login: its court's, its bank's, else the platform's."""
    if member.court_id is not None:
        return audit.court_chain(connection.scalar(select(court.c.code).where(court.c.id == member.court_id)))
    if member.bank_id is not None:
        return audit.bank_chain(connection.scalar(select(bank.c.code).where(bank.c.id == member.bank_id)))
    return audit.PLATFORM_CHAIN


def disable(connection: Connection, staff_id: str, *, at: datetime) -> None:
    """Let this login do nothing from now on, whatever tokens it has."""
    connection.execute(update(staff).where(staff.c.id == staff_id).values(disabled_at=at))


def insert_token(connection: Connection, staff_id: str, digest: bytes, *, recorded_at: datetime,
                 expires_at: datetime) -> None:
    """Keep the SHA-256 of a token; the token itself is nowhere here."""
    row = {"digest": digest, "staff_id": staff_id, "recorded_at": recorded_at, "expires_at": expires_at}
    connection.execute(api_token.insert().values(**row))


def revoke_tokens(connection: Connection, staff_id: str, *, at: datetime) -> int:
    """Take all tokens of a login out of use; return how many."""
    t = api_token.c
    current = update(api_token).where(t.staff_id == staff_id, t.revoked_at.is_(None))
    return connection.execute(current.values(revoked_at=at)).rowcount


def by_token(connection: Connection, digest: bytes, *, at: datetime) -> Principal | None:
    """Who holds the token, if it is neither expired nor revoked and its holder not disabled."""
    t = api_token.c
    query = (
        _MEMBER.join(api_token, t.staff_id == staff.c.id)
        .where(t.digest == digest, t.revoked_at.is_(None), t.expires_at > at, staff.c.disabled_at.is_(None))
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    return Principal(staff_id=row.id, login=row.login, person=row.person, role=row.role,
                     court_id=row.court_id, bank_id=row.bank_id)
