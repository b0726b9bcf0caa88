"""The accounts of courts to which alone sweeps may go: one at a time for each court and currency."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, update

from livefreeze.base.crypto import vault
from livefreeze.store.tables import case_fund


class NewCaseFund(NamedTuple):
    """An account to register."""

    id: str
    court_id: str
    currency: str
    bank_code: str
    number: str
    name: str


def replace(connection: Connection, new: NewCaseFund, *, recorded_at: datetime) -> None:
    """Register an account; the one before goes out of use, and what was sent there stays there."""
    t = case_fund.c
    current = update(case_fund).where(
        t.court_id == new.court_id, t.currency == new.currency, t.retired_at.is_(None)
    )
    connection.execute(current.values(retired_at=recorded_at))
    sealed = vault().encrypt(new.number, table="case_fund", column="number_sealed", row=new.id)
    connection.execute(case_fund.insert().values(
        id=new.id, court_id=new.court_id, currency=new.currency, bank_code=new.bank_code, number_sealed=sealed,
        name=new.name, recorded_at=recorded_at,
    ))
