"""Courts, as an operator adds them."""

from bank_adapters.contract import vocabulary
from livefreeze.base import ids
from livefreeze.base.errors import Problem
from livefreeze.flows.shapes import shaped
from livefreeze.flows.transaction import transaction
from livefreeze.store import audit, courts
from livefreeze.store import engine as store_engine


def add(code: str, name: str, *, actor: str) -> str:
    """Add a court, which acts at once, and return its id. Raises Problem: ALREADY_EXISTS, TEXT_INVALID."""
    shaped(vocabulary.BankCode, code, "/code")
    shaped(vocabulary.Name, name, "/name")
    with transaction() as connection:
        now = store_engine.now(connection)
        new = courts.Court(ids.new("crt"), code, name)
        if not courts.insert(connection, new, recorded_at=now):
            raise Problem("ALREADY_EXISTS", "/code")
        detail = {"court": new.id, "code": code}
        audit.record(connection, audit.court_chain(code), "court.added", detail, actor=actor, recorded_at=now)
        return new.id
