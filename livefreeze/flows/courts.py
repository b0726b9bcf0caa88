"""Courts, as an operator adds them."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection

from bank_adapters.contract import vocabulary
from livefreeze.base import ids
from livefreeze.base.errors import Problem
from livefreeze.flows.shapes import shaped
from livefreeze.flows.transaction import transaction
from livefreeze.store import audit, courts
from livefreeze.store import engine as store_engine


def add(code: str, name: str, *, actor: str) -> str:
    """Add a court, which acts at once, and return its id. Raises Problem: ALREADY_EXISTS, TEXT_INVALID."""
    check(code, name)
    with transaction() as connection:
        return add_within(connection, code, name, actor=actor, recorded_at=store_engine.now(connection))


def check(code: str, name: str) -> None:
    """Raise Problem TEXT_INVALID for a code or name that no court may have."""
    shaped(vocabulary.BankCode, code, "/code")
    shaped(vocabulary.Name, name, "/name")


def add_within(connection: Connection, code: str, name: str, *, actor: str, recorded_at: datetime,
               approval: Mapping[str, object] | None = None) -> str:
    """The same within a transaction that has begun; `approval` says in the audit event under what it is done."""
    new = courts.Court(ids.new("crt"), code, name)
    if not courts.insert(connection, new, recorded_at=recorded_at):
        raise Problem("ALREADY_EXISTS", "/code")
    detail = {"court": new.id, "code": code, **(approval or {})}
    audit.record(connection, audit.court_chain(code), "court.added", detail, actor=actor, recorded_at=recorded_at)
    return new.id
