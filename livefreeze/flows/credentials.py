"""How a member of staff gets a password and a second factor, and changes them."""

import secrets
from datetime import timedelta
from typing import NamedTuple

from livefreeze.base import clock, passwords
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
    if not log_in.is_code_of(secret, code):
        raise Problem("CODE_REFUSED", "/code")
    password_hash, codes = passwords.hashed(password), _new_codes()
    with transaction() as connection:
        staff_id = credentials.use_invitation(connection, log_in.digest_of(token), at=clock.wall())
        member = staff.by_id(connection, staff_id) if staff_id is not None else None
        if member is None:
            raise Problem("INVITATION_OVER")
        now = store_engine.now(connection)
        credentials.put(connection, member.id, password_hash=password_hash, totp_secret=secret, at=now)
        _keep_codes(connection, member.id, codes)
        sessions.end_of_staff(connection, member.id, at=clock.wall())
        _note(connection, member, "staff.set_up", f"staff:{member.id}")
    return codes


def change_password(principal: Principal, *, old: str, new: str) -> None:
    """Give oneself another password; all other log-ins end. Raises Problem: PASSWORD_WRONG, PASSWORD_WEAK."""
    with reading() as connection:
        kept = credentials.of(connection, principal.staff_id)
    if not passwords.is_right(old, kept.password_hash if kept else None):
        raise Problem("PASSWORD_WRONG", "/old_password")
    passwords.check_strength(new, principal.login)
    password_hash = passwords.hashed(new)
    with transaction() as connection:
        member = staff.by_id(connection, principal.staff_id)
        credentials.change_password(connection, member.id, password_hash, at=store_engine.now(connection))
        sessions.end_of(connection, principal, at=clock.wall(), but=principal.session_id)
        _note(connection, member, "staff.password_changed", principal.actor)


def new_recovery_codes(principal: Principal, *, password: str) -> list[str]:
    """Make new recovery codes in place of the old, and return them, this once. Raises Problem PASSWORD_WRONG."""
    codes = _new_codes()
    with transaction() as connection:
        kept = credentials.of(connection, principal.staff_id)
        if not passwords.is_right(password, kept.password_hash if kept else None):
            raise Problem("PASSWORD_WRONG", "/password")
        _keep_codes(connection, principal.staff_id, codes)
        member = staff.by_id(connection, principal.staff_id)
        _note(connection, member, "staff.recovery_codes_made", principal.actor)
    return codes


def recovery_codes_left(principal: Principal) -> int:
    """How many recovery codes this person has left."""
    with reading() as connection:
        return credentials.recovery_codes_left(connection, principal.staff_id)


def set_password_only(login: str, password: str, *, actor: str) -> None:
    """Let a login in by its password alone: for demonstrations in development, which the caller has to make sure of.

    Raises Problem: NOT_FOUND, PASSWORD_WEAK.
    """
    passwords.check_strength(password, login)
    with transaction() as connection:
        member = staff.by_login(connection, login)
        if member is None:
            raise Problem("NOT_FOUND", "/login")
        credentials.put(connection, member.id, password_hash=passwords.hashed(password), totp_secret=None,
                        at=store_engine.now(connection))
        _note(connection, member, "staff.password_set", actor)


def _new_codes() -> list[str]:
    return ["-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))
            for _ in range(RECOVERY_CODES_COUNT)]


def _keep_codes(connection, staff_id: str, codes: list[str]) -> None:
    digests = [log_in.digest_of(code.replace("-", "")) for code in codes]
    credentials.replace_recovery_codes(connection, staff_id, digests, at=store_engine.now(connection))


def _note(connection, member: staff.Member, kind: str, actor: str) -> None:
    audit.record(connection, staff.chain_of(connection, member), kind, {"staff": member.id}, actor=actor,
                 recorded_at=store_engine.now(connection))
