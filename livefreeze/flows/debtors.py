"""Debtors as courts name them: one person, one id, whatever number of courts."""

import unicodedata
from typing import NamedTuple

from livefreeze.base import ids
from livefreeze.base.access import Principal
from livefreeze.base.errors import Problem
from livefreeze.flows.transaction import transaction
from livefreeze.store import audit, courts, debtors
from livefreeze.store import engine as store_engine


class Registered(NamedTuple):
    """An id, and whether it was made just now."""

    id: str
    is_new: bool


def register(*, name: str, id_number: str, principal: Principal) -> Registered:
    """The debtor of this ID number, known from now on to the court that asks.

    Raises Problem ALREADY_EXISTS where the number is known under another name.
    """
    with transaction() as connection:
        now = store_engine.now(connection)
        new = debtors.Debtor(ids.new("dbt"), name, id_number)
        is_new = debtors.insert(connection, new, recorded_at=now)
        known = new if is_new else debtors.by_id_number(connection, id_number)
        if _spelling(known.name) != _spelling(name):
            raise Problem("ALREADY_EXISTS", "/name")
        if debtors.make_known(connection, principal.court_id, known.id, recorded_at=now):
            court = courts.by_id(connection, principal.court_id)
            audit.record(connection, audit.court_chain(court.code), "debtor.registered", {"debtor": known.id},
                         actor=principal.actor, recorded_at=now)
        return Registered(known.id, is_new)


def _spelling(name: str) -> str:
    return unicodedata.normalize("NFKC", name).strip().casefold()
