"""What a member of staff proves themselves by: password, second factor, recovery codes, invitations, attempts."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, delete, select, update

from livefreeze.base.crypto import vault
from livefreeze.store import audit
from livefreeze.store.engine import locking
from livefreeze.store.insert import insert_new
from livefreeze.store.tables import bank, court, credential, invitation, login_attempt, recovery_code, staff


class Credential(NamedTuple):
    """How one login is proved. `totp_secret` is None where the password alone is enough."""

    staff_id: str
    password_hash: str
    changed_at: datetime
    totp_secret: str | None
    totp_step: int | None


class Known(NamedTuple):
    """A member of staff at the first step: whether there is a second, and where the events of it stand."""

    staff_id: str
    chain: str
    password_hash: str | None  # None before they set themselves up
    has_second_factor: bool
    changed_at: datetime | None


def known_by(connection: Connection, login: str) -> Known | None:
    """The member of staff of this login, unless disabled. One query, whoever it is and whether there is one."""
    query = (
        select(staff.c.id, court.c.code.label("court_code"), bank.c.code.label("bank_code"),
               credential.c.password_hash, credential.c.totp_sealed, credential.c.changed_at)
        .join(credential, credential.c.staff_id == staff.c.id, isouter=True)
        .join(court, court.c.id == staff.c.court_id, isouter=True)
        .join(bank, bank.c.id == staff.c.bank_id, isouter=True)
        .where(staff.c.login == login, staff.c.disabled_at.is_(None))
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    chain = audit.PLATFORM_CHAIN
    if row.court_code is not None or row.bank_code is not None:
        chain = audit.court_chain(row.court_code) if row.court_code else audit.bank_chain(row.bank_code)
    return Known(row.id, chain, row.password_hash, row.totp_sealed is not None, row.changed_at)


def of(connection: Connection, staff_id: str, *, lock: bool = False) -> Credential | None:
    """The credential of a login, if it has one."""
    c = credential.c
    query = select(c.staff_id, c.password_hash, c.changed_at, c.totp_sealed, c.totp_step).where(c.staff_id == staff_id)
    row = connection.execute(locking(query) if lock else query).one_or_none()
    if row is None:
        return None
    secret = None
    if row.totp_sealed is not None:
        secret = vault().decrypt_text(row.totp_sealed, table="credential", column="totp_sealed", row=staff_id)
    return Credential(row.staff_id, row.password_hash, row.changed_at, secret, row.totp_step)


def put(connection: Connection, staff_id: str, *, password_hash: str, totp_secret: str | None,
        totp_step: int | None = None, at: datetime) -> None:
    """Give a login its password and second factor, in place of those that it had.

    `totp_step` is the step whose code showed that the app has the secret: it does not log in as well.
    """
    sealed = None
    if totp_secret is not None:
        sealed = vault().encrypt(totp_secret, table="credential", column="totp_sealed", row=staff_id)
    values = {"password_hash": password_hash, "totp_sealed": sealed, "totp_step": totp_step, "changed_at": at}
    if not insert_new(connection, credential, {"staff_id": staff_id, **values}):
        connection.execute(update(credential).where(credential.c.staff_id == staff_id).values(**values))


def change_password(connection: Connection, staff_id: str, password_hash: str, *, at: datetime) -> None:
    """Give a login another password."""
    change = update(credential).where(credential.c.staff_id == staff_id)
    connection.execute(change.values(password_hash=password_hash, changed_at=at))


def keep_hash(connection: Connection, staff_id: str, password_hash: str, *, instead_of: str) -> None:
    """Keep another hash of the same password, unless that was changed meanwhile."""
    c = credential.c
    connection.execute(update(credential).where(c.staff_id == staff_id, c.password_hash == instead_of)
                       .values(password_hash=password_hash))


def take_step(connection: Connection, staff_id: str, step: int) -> None:
    """Remember the last step whose code was taken."""
    connection.execute(update(credential).where(credential.c.staff_id == staff_id).values(totp_step=step))


def replace_recovery_codes(connection: Connection, staff_id: str, digests: Iterable[bytes], *, at: datetime) -> None:
    """Give a login these recovery codes, in place of all that it had."""
    connection.execute(delete(recovery_code).where(recovery_code.c.staff_id == staff_id))
    rows = [{"digest": digest, "staff_id": staff_id, "recorded_at": at} for digest in digests]
    connection.execute(recovery_code.insert(), rows)


def use_recovery_code(connection: Connection, staff_id: str, digest: bytes, *, at: datetime) -> bool:
    """Use up a recovery code; False where it is none, or was used."""
    r = recovery_code.c
    use = update(recovery_code).where(r.digest == digest, r.staff_id == staff_id, r.used_at.is_(None))
    return connection.execute(use.values(used_at=at)).rowcount == 1


def recovery_codes_left(connection: Connection, staff_id: str) -> int:
    """How many recovery codes a login has left."""
    r = recovery_code.c
    return len(connection.execute(select(r.digest).where(r.staff_id == staff_id, r.used_at.is_(None))).all())


def insert_invitation(connection: Connection, staff_id: str, digest: bytes, *, at: datetime,
                      expires_at: datetime) -> None:
    """Keep an invitation; what the login was invited by before is worth nothing any more."""
    connection.execute(delete(invitation).where(invitation.c.staff_id == staff_id, invitation.c.used_at.is_(None)))
    row = {"digest": digest, "staff_id": staff_id, "recorded_at": at, "expires_at": expires_at}
    connection.execute(invitation.insert().values(**row))


def invited(connection: Connection, digest: bytes, *, at: datetime) -> str | None:
    """Whom an invitation is for, if it is neither used nor expired."""
    i = invitation.c
    return connection.scalar(select(i.staff_id).where(i.digest == digest, i.used_at.is_(None), i.expires_at > at))


def use_invitation(connection: Connection, digest: bytes, *, at: datetime) -> str | None:
    """Use up an invitation and return whom it was for; None where it is used, expired or none."""
    i = invitation.c
    use = update(invitation).where(i.digest == digest, i.used_at.is_(None), i.expires_at > at)
    return connection.scalar(use.values(used_at=at).returning(i.staff_id))


def begin_attempt(connection: Connection, attempt_id: str, *, login_index: bytes, address_index: bytes,
                  at: datetime) -> None:
    """Note an attempt before it is looked at, so that many at once are all counted."""
    row = {"id": attempt_id, "login_index": login_index, "address_index": address_index, "outcome": "begun",
           "attempted_at": at}
    connection.execute(login_attempt.insert().values(**row))


def end_attempt(connection: Connection, attempt_id: str, *, is_right: bool, is_half: bool = False) -> None:
    """Note how an attempt ended; right by half is the password before its code: neither wrong nor a log-in."""
    outcome = "half" if is_half else "right" if is_right else "wrong"
    connection.execute(update(login_attempt).where(login_attempt.c.id == attempt_id).values(outcome=outcome))


def forget_attempt(connection: Connection, attempt_id: str) -> None:
    """Take back an attempt that came too soon to be looked at."""
    connection.execute(delete(login_attempt).where(login_attempt.c.id == attempt_id))


def forget_attempts(connection: Connection, *, before: datetime) -> None:
    """Delete attempts that say nothing any more."""
    connection.execute(delete(login_attempt).where(login_attempt.c.attempted_at < before))


def wrong_attempts(connection: Connection, column: str, index: bytes, *, since: datetime, but: str) -> list[datetime]:
    """When this login or address was wrong lately, newest first, but for one attempt; for a login only since it was
    last right. What has not ended yet counts as wrong.
    """
    a = login_attempt.c
    query = (
        select(a.outcome, a.attempted_at).where(a[column] == index, a.attempted_at > since, a.id != but)
        .order_by(a.attempted_at.desc(), a.id.desc()).limit(200)
    )
    wrong = []
    for row in connection.execute(query):
        if row.outcome == "right" and column == "login_index":
            break
        if row.outcome in ("begun", "wrong"):
            wrong.append(row.attempted_at)
    return wrong
