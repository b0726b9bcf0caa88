"""Log in: a password, then a code of the second factor. Who guesses waits, and learns nothing from the answers."""

import hashlib
import re
import secrets

import pyotp

from livefreeze.base import clock, ids, passwords
from livefreeze.base.crypto import vault
from livefreeze.base.errors import Problem
from livefreeze.flows.transaction import reading, transaction
from livefreeze.rules import lockout
from livefreeze.store import audit, credentials, staff
from livefreeze.store import engine as store_engine

_STEP_S = 30  # RFC 6238
_DRIFT_STEPS = (0, -1, 1)  # phones' clocks are a little off
_NOT_OF_A_CODE = re.compile(r"[\s-]+")


class PasswordAccepted:
    """Who gave the right password, and whether a code of the second factor is still to come."""

    def __init__(self, staff_id: str, needs_code: bool) -> None:
        self.staff_id = staff_id
        self.needs_code = needs_code


def with_password(login: str, password: str, *, address: str) -> PasswordAccepted:
    """Look at the password. An unknown login is answered, and takes as long, as a wrong password.

    Raises Problem: LOGIN_REFUSED, LOGIN_LOCKED, NOT_DECIDED.
    """
    attempt = _begin(login.strip().lower(), address)
    with reading() as connection:
        member = staff.by_login(connection, login.strip())
        kept = credentials.of(connection, member.id) if member is not None else None
    if not passwords.is_right(password, kept.password_hash if kept else None):
        raise _refused(attempt, member)
    with transaction() as connection:
        if passwords.is_dated(kept.password_hash):
            at = store_engine.now(connection)
            credentials.change_password(connection, member.id, passwords.hashed(password), at=at)
        if kept.totp_secret is None:
            credentials.end_attempt(connection, attempt, is_right=True)
            _note(connection, member, "staff.logged_in")
    return PasswordAccepted(member.id, needs_code=kept.totp_secret is not None)


def with_code(staff_id: str, code: str, *, address: str) -> None:
    """Look at the code of the second factor, or at a recovery code in its place. Each works once.

    Raises Problem: CODE_REFUSED, LOGIN_LOCKED.
    """
    with reading() as connection:
        member = staff.by_id(connection, staff_id)
    if member is None:
        raise Problem("CODE_REFUSED", "/code")
    attempt = _begin(member.login.lower(), address)
    code = _NOT_OF_A_CODE.sub("", code).lower()
    with transaction() as connection:
        kept = credentials.of(connection, staff_id, lock=True)
        step = _step_of(kept, code) if kept is not None else None
        if step is not None:
            credentials.take_step(connection, staff_id, step)
        is_right = step is not None or credentials.use_recovery_code(
            connection, staff_id, digest_of(code), at=store_engine.now(connection)
        )
        credentials.end_attempt(connection, attempt, is_right=is_right)
        _note(connection, member, "staff.logged_in" if is_right else "staff.log_in_refused")
    if not is_right:
        raise Problem("CODE_REFUSED", "/code")


def new_secret() -> str:
    """A fresh secret for the app that shows the codes."""
    return pyotp.random_base32()


def address_of_secret(secret: str, login: str) -> str:
    """The secret as the address that a phone reads from a picture."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name="livefreeze")


def is_code_of(secret: str, code: str) -> bool:
    """Say whether the app that was given this secret shows this code now."""
    code = _NOT_OF_A_CODE.sub("", code)
    return any(secrets.compare_digest(_code(secret, _now_step() + drift), code) for drift in _DRIFT_STEPS)


def digest_of(secret_text: str) -> bytes:
    """What is kept of a text that is random enough to need no slow hash."""
    return hashlib.sha256(secret_text.encode()).digest()


def _begin(login: str, address: str) -> str:
    now = clock.wall()
    login_index, address_index = vault().blind_index("login", login), vault().blind_index("address", address)
    with transaction() as connection:
        for column, index, free in (
            ("login_index", login_index, lockout.OF_LOGIN), ("address_index", address_index, lockout.OF_ADDRESS)
        ):
            wrong = credentials.wrong_attempts(connection, column, index, since=now - lockout.LOOKED_BACK)
            until = lockout.until(wrong, free)
            if until is not None and until > now:
                wait_s = int((until - now).total_seconds()) + 1
                raise Problem("LOGIN_LOCKED", retry_after_s=wait_s, minutes=-(-wait_s // 60))
        attempt = ids.new("lga")
        credentials.begin_attempt(connection, attempt, login_index=login_index, address_index=address_index, at=now)
    return attempt


def _refused(attempt: str, member: staff.Member | None) -> Problem:
    with transaction() as connection:
        credentials.end_attempt(connection, attempt, is_right=False)
        if member is not None:
            _note(connection, member, "staff.log_in_refused")
    return Problem("LOGIN_REFUSED")


def _note(connection, member: staff.Member, kind: str) -> None:
    audit.record(connection, staff.chain_of(connection, member), kind, {"staff": member.id},
                 actor=f"staff:{member.id}", recorded_at=store_engine.now(connection))


def _step_of(kept: credentials.Credential, code: str) -> int | None:
    """The step whose code this is, if it is later than the last one taken."""
    if kept.totp_secret is None:
        return None
    for drift in _DRIFT_STEPS:
        step = _now_step() + drift
        is_new = kept.totp_step is None or step > kept.totp_step
        if is_new and secrets.compare_digest(_code(kept.totp_secret, step), code):
            return step
    return None


def _code(secret: str, step: int) -> str:
    return pyotp.TOTP(secret).generate_otp(step)


def _now_step() -> int:
    return int(clock.wall().timestamp()) // _STEP_S
