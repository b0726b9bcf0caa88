"""Log in: a password, then a code of the second factor. Who guesses waits, and learns nothing from the answers."""

import hashlib
import re
import secrets
import unicodedata
from datetime import timedelta

import pyotp
from sqlalchemy import Connection

from livefreeze.base import clock, ids, passwords
from livefreeze.base.crypto import vault
from livefreeze.base.errors import Problem
from livefreeze.flows.transaction import reading, transaction
from livefreeze.rules import lockout
from livefreeze.store import audit, credentials, staff
from livefreeze.store import engine as store_engine
from livefreeze.store.credentials import Known

_STEP_S = 30  # RFC 6238
_DRIFT_STEPS = (0, -1, 1)  # phones' clocks are a little off
_KEPT = timedelta(days=30)
_NOT_OF_A_CODE = re.compile(r"[\s-]+")


class PasswordAccepted:
    """Who gave the right password, and whether a code of the second factor is still to come."""

    def __init__(self, staff_id: str, needs_code: bool, changed_at: str) -> None:
        self.staff_id = staff_id
        self.needs_code = needs_code
        self.changed_at = changed_at  # of that password: where it is changed before the code comes, it was in vain


def with_password(login: str, password: str, *, address: str, may_be_one_factor: bool = False) -> PasswordAccepted:
    """Look at the password. An unknown login is answered, and takes the same steps, as a wrong password.

    Only with `may_be_one_factor`, in development, a login without a second factor gets in by its password alone.
    Raises Problem: LOGIN_REFUSED, LOGIN_LOCKED, SECOND_FACTOR_MISSING, NOT_DECIDED.
    """
    login = login.strip()
    attempt = begin_attempt(login, address)
    with reading() as connection:
        known = credentials.known_by(connection, login)
    is_right = passwords.is_right(password, known.password_hash if known else None)
    is_enough = is_right and may_be_one_factor and not known.has_second_factor
    _end_first_step(attempt, known, is_right=is_right, is_enough=is_enough)
    if not is_right:
        raise Problem("LOGIN_REFUSED")
    if passwords.is_dated(known.password_hash):
        better = passwords.hashed(password)  # outside of a transaction: it takes its time
        with transaction() as connection:
            credentials.keep_hash(connection, known.staff_id, better, instead_of=known.password_hash)
    if not known.has_second_factor and not is_enough:
        raise Problem("SECOND_FACTOR_MISSING")
    return PasswordAccepted(known.staff_id, not is_enough, clock.format_instant(known.changed_at))


def with_code(staff_id: str, code: str, *, address: str, changed_at: str | None = None) -> None:
    """Look at the code of the second factor, or at a recovery code in its place. Each works once.

    `changed_at` is what the first step said. Raises Problem: CODE_REFUSED, LOGIN_REFUSED, LOGIN_LOCKED.
    """
    with reading() as connection:
        member = staff.by_id(connection, staff_id)
    if member is None:
        raise Problem("CODE_REFUSED", "/code")
    attempt = begin_attempt(member.login, address)
    code = _NOT_OF_A_CODE.sub("", code).lower()
    with transaction() as connection:
        kept = credentials.of(connection, staff_id, lock=True)
        if kept is None or changed_at not in (None, clock.format_instant(kept.changed_at)):
            raise Problem("LOGIN_REFUSED")
        step = _step_of(kept, code)
        if step is not None:
            credentials.take_step(connection, staff_id, step)
        is_right = step is not None or credentials.use_recovery_code(
            connection, staff_id, recovery_digest_of(staff_id, code), at=store_engine.now(connection)
        )
        credentials.end_attempt(connection, attempt, is_right=is_right)
        _note(connection, staff.chain_of(connection, member), "staff.logged_in" if is_right else "staff.log_in_refused",
              staff_id)
    if not is_right:
        raise Problem("CODE_REFUSED", "/code")


def _end_first_step(attempt: str, known: Known | None, *, is_right: bool, is_enough: bool) -> None:
    """Also a try with a login that nobody has is an event: in the platform's chain, and by the same statements."""
    kind = "staff.logged_in" if is_enough else "staff.password_accepted" if is_right else "staff.log_in_refused"
    with transaction() as connection:
        credentials.end_attempt(connection, attempt, is_right=is_right, is_half=is_right and not is_enough)
        chain = audit.PLATFORM_CHAIN if known is None else known.chain
        _note(connection, chain, kind, None if known is None else known.staff_id)


def new_secret() -> str:
    """A fresh secret for the app that shows the codes."""
    return pyotp.random_base32()


def address_of_secret(secret: str, login: str) -> str:
    """The secret as the address that a phone reads from a picture."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name="livefreeze")


def step_of_code(secret: str, code: str) -> int | None:
    """The step of time whose code this is, near this moment; None for a wrong code."""
    code = _NOT_OF_A_CODE.sub("", code)
    right = [_now_step() + drift for drift in _DRIFT_STEPS if _is_code(secret, _now_step() + drift, code)]
    return right[0] if right else None


def digest_of(secret_text: str) -> bytes:
    """What is kept of a text that is random enough to need no slow hash."""
    return hashlib.sha256(secret_text.encode()).digest()


def recovery_digest_of(staff_id: str, code: str) -> bytes:
    """What is kept of a recovery code: keyed, for a person can write down only so many letters."""
    return vault().blind_index("recovery_code", f"{staff_id}/{code}")


def login_index_of(login: str) -> bytes:
    """Under what the attempts with a login are counted, however it is spelled."""
    return vault().blind_index("login", unicodedata.normalize("NFKC", login[:200]).strip().casefold())


def begin_attempt(login: str, address: str) -> str:
    """Count an attempt, and return its id. Raises Problem LOGIN_LOCKED where it comes too soon.

    It counts before anything is looked at, and is compared with all others in a second transaction, which sees
    those of the same moment: a hundred at once are not more than in a row.
    """
    now, attempt = clock.wall(), ids.new("lga")
    login_index, address_index = login_index_of(login), vault().blind_index("address", address)
    with transaction() as connection:
        credentials.forget_attempts(connection, before=now - _KEPT)
        credentials.begin_attempt(connection, attempt, login_index=login_index, address_index=address_index, at=now)
    with reading() as connection:
        untils = [
            lockout.until(credentials.wrong_attempts(connection, column, index, since=now - lockout.LOOKED_BACK,
                                                     but=attempt), free)
            for column, index, free in (("login_index", login_index, lockout.OF_LOGIN),
                                        ("address_index", address_index, lockout.OF_ADDRESS))
        ]
    until = max((each for each in untils if each is not None and each > now), default=None)
    if until is not None:
        with transaction() as connection:
            credentials.forget_attempt(connection, attempt)
        wait_s = int((until - now).total_seconds()) + 1
        raise Problem("LOGIN_LOCKED", retry_after_s=wait_s, minutes=-(-wait_s // 60))
    return attempt


def _note(connection: Connection, chain: str, kind: str, staff_id: str | None) -> None:
    audit.record(connection, chain, kind, {"staff": staff_id}, recorded_at=store_engine.now(connection),
                 actor="anonymous" if staff_id is None else f"staff:{staff_id}")


def _step_of(kept: credentials.Credential, code: str) -> int | None:
    """The step whose code this is, if it is later than the last one taken."""
    if kept.totp_secret is None:
        return None
    step = step_of_code(kept.totp_secret, code)
    return step if step is not None and (kept.totp_step is None or step > kept.totp_step) else None


def _is_code(secret: str, step: int, code: str) -> bool:
    return secrets.compare_digest(pyotp.TOTP(secret).generate_otp(step).encode(), code.encode())


def _now_step() -> int:
    return int(clock.wall().timestamp()) // _STEP_S
