"""Sweeps: transfers of surplus to a court's case fund, and which pools are due for one."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, select, update

from livefreeze.base.crypto import vault
from livefreeze.store.tables import case_fund, pool, sweep


class StoredSweep(NamedTuple):
    """One instructed transfer."""

    id: str
    claim_id: str
    order_id: str
    account_id: str
    pool_id: str
    amount_minor: int
    currency: str
    status: str


_COLUMNS = [sweep.c[name] for name in StoredSweep._fields]


def by_id(connection: Connection, sweep_id: str) -> StoredSweep | None:
    """The sweep of this id."""
    row = connection.execute(select(*_COLUMNS).where(sweep.c.id == sweep_id)).one_or_none()
    return None if row is None else StoredSweep(*row)


def claims_of(connection: Connection, sweep_ids: list[str]) -> list[str]:
    """The claims that these sweeps serve."""
    return list(connection.scalars(select(sweep.c.claim_id).where(sweep.c.id.in_(sweep_ids)).distinct()))


def set_status(connection: Connection, sweep_id: str, status: str, *, at: datetime) -> None:
    """Write what the bank reported."""
    connection.execute(update(sweep).where(sweep.c.id == sweep_id).values(status=status, finished_at=at))


def due_pools(connection: Connection, at: datetime, *, after: str, count_max: int) -> list[str]:
    """Pools whose sweep is due, by id, from the one after this on; no lock is taken."""
    query = select(pool.c.id).where(pool.c.next_sweep_at <= at, pool.c.id > after)
    return list(connection.scalars(query.order_by(pool.c.id).limit(count_max)))


def next_sweep_at(connection: Connection, pool_id: str) -> datetime | None:
    """When this pool is due next."""
    return connection.scalar(select(pool.c.next_sweep_at).where(pool.c.id == pool_id))


class CaseFund(NamedTuple):
    """The registered account of a court to which alone its sweeps may go."""

    id: str
    bank_code: str
    number: str
    name: str


def current_case_fund(connection: Connection, court_id: str, currency: str) -> CaseFund | None:
    """The court's case fund in this currency; None where none is registered."""
    t = case_fund.c
    row = connection.execute(
        select(case_fund).where(t.court_id == court_id, t.currency == currency, t.retired_at.is_(None))
    ).one_or_none()
    if row is None:
        return None
    number = vault().decrypt_text(row.number_sealed, table="case_fund", column="number_sealed", row=row.id)
    return CaseFund(row.id, row.bank_code, number, row.name)
