"""The accounts of courts to which alone sweeps may go: one at a time for each court and currency."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, Row, func, literal_column, or_, select, update

from livefreeze.base.crypto import vault
from livefreeze.rules.ledger import Bucket
from livefreeze.store.tables import case_fund, case_fund_closing, claim, court_case, transfer


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


def of_fund() -> ColumnElement[bool]:
    """Is the transfer an entry of a case fund? Spelled out, for else no engine sees that the index is for it."""
    bucket = literal_column(f"'{Bucket.CASE_FUND}'")
    return or_(transfer.c.credit_bucket == bucket, transfer.c.debit_bucket == bucket)


def balance(connection: Connection, court_id: str, currency: str, *, before: datetime | None = None) -> int:
    """What is in the fund, in minor units, counting the entries recorded before an instant: two queries.

    The sum of all entries; those before the last closing are not added up again.
    """
    t, moved = case_fund_closing.c, transfer.c
    closings = select(t.closed_at, t.balance_minor).where(t.court_id == court_id, t.currency == currency)
    entries = (
        select(func.coalesce(func.sum(moved.amount_minor).filter(moved.credit_bucket == Bucket.CASE_FUND), 0)
               - func.coalesce(func.sum(moved.amount_minor).filter(moved.debit_bucket == Bucket.CASE_FUND), 0))
        .join(claim, claim.c.id == moved.claim_id).join(court_case, court_case.c.id == claim.c.case_id)
        .where(of_fund(), court_case.c.court_id == court_id, claim.c.currency == currency)
    )
    if before is not None:
        closings, entries = closings.where(t.closed_at < before), entries.where(moved.recorded_at < before)
    closing = connection.execute(closings.order_by(t.closed_at.desc()).limit(1)).one_or_none()
    if closing is not None:
        entries = entries.where(moved.recorded_at >= closing.closed_at)
    return (0 if closing is None else closing.balance_minor) + int(connection.scalar(entries))


def to_close(connection: Connection, *, closed_before: datetime) -> Sequence[Row]:
    """Court and currency of the funds that were last closed before this instant, or never."""
    t, f = case_fund_closing.c, case_fund.c
    fresh = select(t.closed_at).where(t.court_id == f.court_id, t.currency == f.currency, t.closed_at >= closed_before)
    return connection.execute(select(f.court_id, f.currency).distinct().where(~fresh.exists())).all()


def close(connection: Connection, court_id: str, currency: str, *, closed_at: datetime) -> None:
    """Keep the balance of the entries before this instant, after which no more of them can come."""
    amount_minor = balance(connection, court_id, currency, before=closed_at)
    connection.execute(case_fund_closing.insert().values(
        court_id=court_id, currency=currency, closed_at=closed_at, balance_minor=amount_minor,
    ))
