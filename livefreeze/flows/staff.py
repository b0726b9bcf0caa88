"""Members of staff and their tokens: who they are, and how a request proves it."""

import hashlib
import re
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import Connection

from livefreeze.base import clock, ids
from livefreeze.base.access import COURT, Principal
from livefreeze.base.errors import Problem
from livefreeze.flows.transaction import reading, transaction
from livefreeze.store import audit, banks, courts, staff
from livefreeze.store import engine as store_engine
from livefreeze.store.staff import Member

COURT_ROLES = COURT | {"admin"}
BANK_ROLES = frozenset({"teller", "admin"})
OPERATOR_ROLES = frozenset({"admin"})

TOKEN_VALID = timedelta(days=90)
_TOKEN_BYTES = 32
_TOKEN = re.compile(r"lf_[A-Za-z0-9_-]{43}")


def add(login: str, *, role: str, court_code: str | None = None, bank_code: str | None = None,
        person: str | None = None, actor: str) -> str:
    """Add a login of a court, of a bank, or of neither (an operator), which acts at once, and return its id.

    `person` says whose login it is where one human has several, so that they cannot approve what they wrote
    under another login; left out, the login stands for the person. Raises Problem NOT_FOUND, ALREADY_EXISTS,
    CHOICE_UNKNOWN.
    """
    if court_code is not None and bank_code is not None:
        raise ValueError("a member of staff belongs to one court or to one bank")
    check(role, of_court=court_code is not None, of_bank=bank_code is not None)
    with transaction() as connection:
        court_id, bank_id = _tenant(connection, court_code, bank_code)
        new = Member(ids.new("stf"), login, person or login, court_id, bank_id, role)
        add_within(connection, new, actor=actor, recorded_at=store_engine.now(connection))
        return new.id


def check(role: str, *, of_court: bool, of_bank: bool) -> None:
    """Raise Problem CHOICE_UNKNOWN for a role that nobody of a court, a bank, or neither can have."""
    if role not in roles_of(of_court=of_court, of_bank=of_bank):
        raise Problem("CHOICE_UNKNOWN", "/role")


def roles_of(*, of_court: bool, of_bank: bool) -> frozenset[str]:
    """Which roles there are at a court, at a bank, or, at neither, among the operators."""
    return COURT_ROLES if of_court else BANK_ROLES if of_bank else OPERATOR_ROLES


def add_within(connection: Connection, new: Member, *, actor: str, recorded_at: datetime,
               approval: Mapping[str, object] | None = None) -> None:
    """Add this login in a transaction that has begun; `approval` says in the audit event under what it is done.

    Raises Problem ALREADY_EXISTS.
    """
    if not staff.insert(connection, new, recorded_at=recorded_at):
        raise Problem("ALREADY_EXISTS", "/login")
    detail = {"staff": new.id, "role": new.role, **(approval or {})}
    audit.record(connection, staff.chain_of(connection, new), "staff.added", detail, actor=actor,
                 recorded_at=recorded_at)


def disable(login: str, *, actor: str) -> None:
    """Let a login do nothing any more, at once. Raises Problem NOT_FOUND."""
    with transaction() as connection:
        disable_within(connection, _known(connection, login), actor=actor, recorded_at=store_engine.now(connection))


def disable_within(connection: Connection, member: Member, *, actor: str, recorded_at: datetime,
                   approval: Mapping[str, object] | None = None) -> None:
    """The same in a transaction that has begun; `approval` says in the audit event under what it is done."""
    staff.disable(connection, member.id, at=recorded_at)
    audit.record(connection, staff.chain_of(connection, member), "staff.disabled",
                 {"staff": member.id, **(approval or {})}, actor=actor, recorded_at=recorded_at)


def create_token(login: str, *, actor: str, valid: timedelta = TOKEN_VALID) -> str:
    """Make a token and return it, this once: only its SHA-256 is kept. Raises Problem NOT_FOUND."""
    token = "lf_" + secrets.token_urlsafe(_TOKEN_BYTES)
    with transaction() as connection:
        now = store_engine.now(connection)
        member = _known(connection, login)
        expires_at = clock.wall() + valid
        staff.insert_token(connection, member.id, _digest(token), recorded_at=now, expires_at=expires_at)
        detail = {"staff": member.id, "expires_at": clock.format_instant(expires_at)}
        chain = staff.chain_of(connection, member)
        audit.record(connection, chain, "token.created", detail, actor=actor, recorded_at=now)
    return token


def revoke_tokens(login: str, *, actor: str) -> int:
    """Take all tokens of a login out of use, at once; return how many. Raises Problem NOT_FOUND."""
    with transaction() as connection:
        now = store_engine.now(connection)
        member = _known(connection, login)
        count = staff.revoke_tokens(connection, member.id, at=now)
        chain, detail = staff.chain_of(connection, member), {"staff": member.id, "count": count}
        audit.record(connection, chain, "token.revoked", detail, actor=actor, recorded_at=now)
        return count


def authenticate(token: str) -> Principal | None:
    """Who holds this token; None for an unknown, expired or revoked one, or a login that is disabled."""
    if _TOKEN.fullmatch(token) is None:
        return None
    with reading() as connection:
        return staff.by_token(connection, _digest(token), at=clock.wall())


def _tenant(connection: Connection, court_code: str | None, bank_code: str | None) -> tuple[str | None, str | None]:
    if court_code is not None:
        court = courts.by_code(connection, court_code)
        if court is None:
            raise Problem("NOT_FOUND", "/court")
        return court.id, None
    if bank_code is None:
        return None, None
    bank = banks.by_code(connection, bank_code)
    if bank is None:
        raise Problem("NOT_FOUND", "/bank")
    return None, bank.id


def _known(connection: Connection, login: str) -> Member:
    member = staff.by_login(connection, login)
    if member is None:
        raise Problem("NOT_FOUND", "/login")
    return member


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
