"""Withdrawals by the bank's own reference."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, exists, select, update

from livefreeze.store.insert import insert_new
from livefreeze.store.tables import transfer, unanswered_query, withdrawal


class StoredWithdrawal(NamedTuple):
    """One withdrawal, approved or declined, as it stands."""

    id: str
    bank_id: str
    reference: str
    account_id: str
    pool_id: str
    amount_minor: int
    captured_minor: int
    currency: str
    channel: str
    status: str
    reason: str
    from_held_minor: int
    period_start: datetime
    happened_at: datetime
    expires_at: datetime | None
    recorded_at: datetime


def by_reference(connection: Connection, bank_id: str, reference: str) -> StoredWithdrawal | None:
    """The bank's withdrawal of this name; another bank's does not exist for it."""
    return _one(connection, withdrawal.c.bank_id == bank_id, withdrawal.c.reference == reference)


def by_id(connection: Connection, withdrawal_id: str) -> StoredWithdrawal | None:
    """The withdrawal of this id."""
    return _one(connection, withdrawal.c.id == withdrawal_id)


def set_status(connection: Connection, withdrawal_id: str, status: str, *, captured_minor: int | None = None) -> None:
    """Write where it stands; what it moved is in the transfers."""
    values = {"status": status} if captured_minor is None else {"status": status, "captured_minor": captured_minor}
    connection.execute(update(withdrawal).where(withdrawal.c.id == withdrawal_id).values(**values))


def expired(connection: Connection, at: datetime, *, after: str, count_max: int) -> list[str]:
    """Authorised withdrawals whose time is over, by id, from the one after this on."""
    t = withdrawal.c
    query = select(t.id).where(t.status == "authorised", t.expires_at <= at, t.id > after)
    return list(connection.scalars(query.order_by(t.id).limit(count_max)))


def unanswered(connection: Connection, expired_before: datetime, *, after: str, count_max: int) -> list[str]:
    """Queried withdrawals of long ago that nobody was told of, by id, from the one after this on."""
    t = withdrawal.c
    told = exists().where(unanswered_query.c.withdrawal_id == t.id)
    query = select(t.id).where(t.status == "queried", t.expires_at <= expired_before, t.id > after, ~told)
    return list(connection.scalars(query.order_by(t.id).limit(count_max)))


def tell_once(connection: Connection, withdrawal_id: str, *, at: datetime) -> bool:
    """Note that the silence about a withdrawal is told of; False where it was before."""
    return insert_new(connection, unanswered_query, {"withdrawal_id": withdrawal_id, "recorded_at": at})


class TransferOfWithdrawal(NamedTuple):
    """One ledger row of a withdrawal."""

    kind: str
    amount_minor: int
    period_start: datetime | None
    from_held_minor: int
    stand_in_minor: int


def transfers(connection: Connection, withdrawal_id: str) -> list[TransferOfWithdrawal]:
    """The ledger rows of a withdrawal, oldest first."""
    t = transfer.c
    query = select(t.kind, t.amount_minor, t.period_start, t.from_held_minor, t.stand_in_minor)
    query = query.where(t.withdrawal_id == withdrawal_id).order_by(t.recorded_at, t.id)
    return [TransferOfWithdrawal(*row) for row in connection.execute(query)]


def _one(connection: Connection, *conditions) -> StoredWithdrawal | None:
    row = connection.execute(select(withdrawal).where(*conditions)).one_or_none()
    return None if row is None else StoredWithdrawal(*row)
