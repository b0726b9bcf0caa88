"""Freeze orders as movements need them; each order stands on one pool and carries one claim there."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, func, select, update

from livefreeze.rules.freeze import LIVE, FreezeStatus
from livefreeze.store.tables import claim, court_case, freeze_order, freeze_order_account


class StoredOrder(NamedTuple):
    """One order."""

    id: str
    court_id: str
    case_id: str
    claim_id: str
    pool_id: str
    rule_id: str
    notice_number: str
    status: FreezeStatus
    rank: int | None


_COLUMNS = [freeze_order.c[name] for name in StoredOrder._fields]


def by_id(connection: Connection, order_id: str) -> StoredOrder | None:
    """The order of this id."""
    return _first(connection.execute(select(*_COLUMNS).where(freeze_order.c.id == order_id)).all())


def of_claim(connection: Connection, claim_id: str) -> list[StoredOrder]:
    """Every order that carries this claim, whatever became of it."""
    query = select(*_COLUMNS).where(freeze_order.c.claim_id == claim_id).order_by(freeze_order.c.id)
    return [_stored(row) for row in connection.execute(query)]


def live_of_pool(connection: Connection, pool_id: str) -> list[StoredOrder]:
    """The orders that count on this pool, by rank."""
    query = select(*_COLUMNS).where(freeze_order.c.pool_id == pool_id, freeze_order.c.status.in_(LIVE))
    return [_stored(row) for row in connection.execute(query.order_by(freeze_order.c.rank))]


def courts_of_pool(connection: Connection, pool_id: str) -> list[str]:
    """The courts whose orders took effect on this pool, now or before."""
    t = freeze_order.c
    query = select(t.court_id).where(t.pool_id == pool_id, t.rank.is_not(None)).distinct().order_by(t.court_id)
    return list(connection.scalars(query))


def set_status(connection: Connection, order_id: str, status: FreezeStatus, **dates: datetime | int) -> None:
    """Write where the order stands, and `in_force_at`, `ended_at` or `rank` with it."""
    connection.execute(update(freeze_order).where(freeze_order.c.id == order_id).values(status=status, **dates))


def receipts(connection: Connection, order_id: str) -> dict[str, str]:
    """What the bank answered for each account of the order: waiting, accepted, partial, refused."""
    t = freeze_order_account.c
    rows = connection.execute(select(t.account_id, t.receipt).where(t.order_id == order_id).order_by(t.account_id))
    return {row.account_id: row.receipt for row in rows}


def set_receipt(connection: Connection, order_id: str, account_id: str, receipt: str, *, at: datetime) -> None:
    """Write the bank's answer for one account."""
    t = freeze_order_account.c
    connection.execute(
        update(freeze_order_account).where(t.order_id == order_id, t.account_id == account_id)
        .values(receipt=receipt, receipt_at=at)
    )


def next_rank(connection: Connection, pool_id: str) -> int:
    """The rank of the next order that the bank accepts on this pool."""
    return connection.scalar(select(func.coalesce(func.max(freeze_order.c.rank), 0) + 1).where(
        freeze_order.c.pool_id == pool_id))


def claim_counters(connection: Connection, claim_id: str):
    """The claim's row: target, quota, settled, in transit, over-collected."""
    return connection.execute(select(claim).where(claim.c.id == claim_id)).one()


def case_number(connection: Connection, case_id: str) -> str:
    """The court's own number of the case."""
    return connection.scalar(select(court_case.c.case_number).where(court_case.c.id == case_id))


def _stored(row) -> StoredOrder:
    return StoredOrder(*row)._replace(status=FreezeStatus(row.status))


def _first(rows) -> StoredOrder | None:
    return _stored(rows[0]) if rows else None
