"""How a member of staff gets a password and a second factor, and changes them."""

import secrets
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import Connection

from livefreeze.base import clock, ids, passwords
from livefreeze.base.access import Principal
from livefreeze.base.errors import Problem
from livefreeze.flows import log_in
from livefreeze.flows.transaction import reading, transaction
from livefreeze.store import audit, credentials, sessions, staff
from livefreeze.store import engine as store_engine

INVITATION_VALID = timedelta(days=3)
RECOVERY_CODES_COUNT = 8
_LETTERS = "abcdefghjkmnpqrstvwxyz23456789"  # none that is read for another


class Invited(NamedTuple):
    """Whom an invitation is for."""

    staff_id: str
    login: str


def invite(login: str, *, actor: str) -> str:
    """Make a link's secret by which this login sets itself up, once, and return it; earlier ones end.

    Raises Problem NOT_FOUND.
    """
    token = secrets.token_urlsafe(32)
    with transaction() as connection:
        member = staff.by_login(connection, login)
        if member is None:
            raise Problem("NOT_FOUND", "/login")
        at = clock.wall()
        credentials.insert_invitation(connection, member.id, log_in.digest_of(token), at=at,
                                      expires_at=at + INVITATION_VALID)
        _note(connection, member, "staff.invited", actor)
    return token


def invited(token: str) -> Invited:
    """Whom the invitation is for. Raises Problem INVITATION_OVER."""
    with reading() as connection:
        staff_id = credentials.invited(connection, log_in.digest_of(token), at=clock.wall())
        member = staff.by_id(connection, staff_id) if staff_id is not None else None
    if member is None:
        raise Problem("INVITATION_OVER")
    return Invited(member.id, member.login)


def set_up(token: str, *, password: str, secret: str, code: str) -> list[str]:
    """Give the invited login its password and second factor; return its recovery codes, this once.

    All its log-ins end. Raises Problem: INVITATION_OVER, PASSWORD_WEAK, CODE_REFUSED.
    """
    login = invited(token).login
    passwords.check_strength(password, login)
    step = log_in.step_of_code(secret, code)
    if step is None:
        raise Problem("CODE_REFUSED", "/code")
    password_hash, codes = passwords.hashed(password), _new_codes()
    with transaction() as connection:
        staff_id = credentials.use_invitation(connection, log_in.digest_of(token), at=clock.wall())
        member = staff.by_id(connection, staff_id) if staff_id is not None else None
        if member is None:
            raise Problem("INVITATION_OVER")
        now = store_engine.now(connection)
        credentials.put(connection, member.id, password_hash=password_hash, totp_secret=secret, totp_step=step, at=now)
        _let_in_again(connection, member.login)
        _keep_codes(connection, member.id, codes)
        sessions.end_of_staff(connection, member.id, at=clock.wall())
        _note(connection, member, "staff.set_up", f"staff:{member.id}")
    return codes


def change_password(principal: Principal, *, old: str, new: str, address: str = "") -> None:
    """Give oneself another password; all other log-ins end.

    Raises Problem: PASSWORD_WRONG, PASSWORD_WEAK, LOGIN_LOCKED.
    """
    _confirm(principal, old, "/old_password", address)
    passwords.check_strength(new, principal.login)
    password_hash = passwords.hashed(new)
    with transaction() as connection:
        member = staff.by_id(connection, principal.staff_id)
        credentials.change_password(connection, member.id, password_hash, at=store_engine.now(connection))
        sessions.end_of(connection, principal, at=clock.wall(), but=principal.session_id)
        _note(connection, member, "staff.password_changed", principal.actor)


def new_recovery_codes(principal: Principal, *, password: str, address: str = "") -> list[str]:
    """Make new recovery codes in place of the old, and return them, this once.

    Raises Problem: PASSWORD_WRONG, LOGIN_LOCKED.
    """
    _confirm(principal, password, "/password", address)
    codes = _new_codes()
    with transaction() as connection:
        _keep_codes(connection, principal.staff_id, codes)
        member = staff.by_id(connection, principal.staff_id)
        _note(connection, member, "staff.recovery_codes_made", principal.actor)
    return codes


def new_phone(principal: Principal, *, password: str, address: str = "") -> str:
    """An invitation of oneself, to set up password and second factor anew. Raises as new_recovery_codes."""
    _confirm(principal, password, "/password", address)
    return invite(principal.login, actor=principal.actor)


def recovery_codes_left(principal: Principal) -> int:
    """How many recovery codes this person has left."""
    with reading() as connection:
        return credentials.recovery_codes_left(connection, principal.staff_id)


def set_password_only(login: str, password: str, *, actor: str) -> None:
    """Let a login in by its password alone: for demonstrations in development, which the caller has to make sure of.

    Raises Problem: NOT_FOUND, PASSWORD_WEAK.
    """
    passwords.check_strength(password, login)
    password_hash = passwords.hashed(password)
    with transaction() as connection:
        member = staff.by_login(connection, login)
        if member is None:
            raise Problem("NOT_FOUND", "/login")
        credentials.put(connection, member.id, password_hash=password_hash, totp_secret=None,
                        at=store_engine.now(connection))
        _note(connection, member, "staff.password_set", actor)


def _confirm(principal: Principal, password: str, pointer: str, address: str) -> None:
    """Whoever finds an open browser must not be able to take the log-in over, nor to guess its password there."""
    attempt = log_in.begin_attempt(principal.login, address)
    with reading() as connection:
        kept = credentials.of(connection, principal.staff_id)
    is_right = passwords.is_right(password, kept.password_hash if kept else None)
    with transaction() as connection:
        credentials.end_attempt(connection, attempt, is_right=is_right, is_half=is_right)
    if not is_right:
        raise Problem("PASSWORD_WRONG", pointer)


def _let_in_again(connection: Connection, login: str) -> None:
    """A link ends the waiting of whoever was locked out."""
    at, attempt = clock.wall(), ids.new("lga")
    credentials.begin_attempt(connection, attempt, login_index=log_in.login_index_of(login), address_index=b"", at=at)
    credentials.end_attempt(connection, attempt, is_right=True)


def _new_codes() -> list[str]:
    return ["-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))
            for _ in range(RECOVERY_CODES_COUNT)]


def _keep_codes(connection: Connection, staff_id: str, codes: list[str]) -> None:
    digests = [log_in.recovery_digest_of(staff_id, code.replace("-", "")) for code in codes]
    credentials.replace_recovery_codes(connection, staff_id, digests, at=store_engine.now(connection))


def _note(connection: Connection, member: staff.Member, kind: str, actor: str) -> None:
    audit.record(connection, staff.chain_of(connection, member), kind, {"staff": member.id}, actor=actor,
                 recorded_at=store_engine.now(connection))
