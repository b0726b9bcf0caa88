"""What tellers did on our counter page: their withdrawals, and cash that came back, which takes two of them."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, select, update

from livefreeze.store.engine import locking
from livefreeze.store.tables import account, counter_reversal, counter_withdrawal, staff, withdrawal


class AccountAtBank(NamedTuple):
    """An account of a bank, as the locking read needs it named."""

    account_id: str
    pool_id: str
    currency: str


class Reversal(NamedTuple):
    """One request to book cash back, and who asked."""

    id: str
    bank_id: str
    withdrawal_id: str
    amount_minor: int
    reason: str
    digest: bytes
    status: str
    asked_by: str
    ended_by: str | None
    reference: str  # of the withdrawal
    asked_by_person: str


def account_by_id(connection: Connection, bank_id: str, account_id: str) -> AccountAtBank | None:
    """The bank's account of this id; another bank's does not exist for it."""
    return _account(connection, bank_id, account.c.id == account_id)


def account_by_index(connection: Connection, bank_id: str, number_index: bytes) -> AccountAtBank | None:
    """The bank's account of this number, by its blind index."""
    return _account(connection, bank_id, account.c.number_index == number_index)


def withdrawal_row(withdrawal_id: str, *, bank_id: str, staff_id: str, identified_by: str, shown: str,
                   recorded_at: datetime, ended_at: datetime | None) -> Mapping[str, object]:
    """The row that says who asked for it, and what the answer showed."""
    return {"withdrawal_id": withdrawal_id, "bank_id": bank_id, "staff_id": staff_id, "identified_by": identified_by,
            "shown": shown, "recorded_at": recorded_at, "ended_at": ended_at}


def is_ours(connection: Connection, withdrawal_id: str) -> bool:
    """Was it asked for on our page, so that the bank's own system knows nothing of it?"""
    t = counter_withdrawal.c
    return connection.scalar(select(t.withdrawal_id).where(t.withdrawal_id == withdrawal_id)) is not None


def reference(connection: Connection, bank_id: str, withdrawal_id: str) -> str | None:
    """The reference of a withdrawal that was asked for on our page at this bank."""
    t = counter_withdrawal.c
    query = select(withdrawal.c.reference).join(counter_withdrawal, t.withdrawal_id == withdrawal.c.id)
    return connection.scalar(query.where(t.withdrawal_id == withdrawal_id, t.bank_id == bank_id))


def end(connection: Connection, withdrawal_id: str, *, at: datetime) -> None:
    """The teller has said what became of it."""
    t = counter_withdrawal.c
    connection.execute(update(counter_withdrawal).where(t.withdrawal_id == withdrawal_id).values(ended_at=at))


def insert_reversal(connection: Connection, new: Mapping[str, object]) -> None:
    """Keep a request. Lock the pool of its withdrawal before."""
    connection.execute(counter_reversal.insert().values(**new, status="open"))


def open_reversal(connection: Connection, withdrawal_id: str) -> Reversal | None:
    """The request on this withdrawal that nobody has decided yet; there is at most one."""
    t = counter_reversal.c
    return _reversal(connection, t.withdrawal_id == withdrawal_id, t.status == "open")


def lock_reversal(connection: Connection, bank_id: str, reversal_id: str) -> Reversal | None:
    """The bank's request, locked."""
    t = counter_reversal.c
    connection.execute(locking(select(t.id).where(t.id == reversal_id, t.bank_id == bank_id)))
    return reversal(connection, bank_id, reversal_id)


def reversal(connection: Connection, bank_id: str, reversal_id: str) -> Reversal | None:
    """The bank's request; another bank's does not exist for it."""
    t = counter_reversal.c
    return _reversal(connection, t.id == reversal_id, t.bank_id == bank_id)


def end_reversal(connection: Connection, reversal_id: str, status: str, *, by: str, at: datetime) -> None:
    """Approved or withdrawn, by whom and when."""
    changed = update(counter_reversal).where(counter_reversal.c.id == reversal_id)
    connection.execute(changed.values(status=status, ended_by=by, ended_at=at))


def _account(connection: Connection, bank_id: str, condition) -> AccountAtBank | None:
    query = select(account.c.id, account.c.pool_id, account.c.currency).where(account.c.bank_id == bank_id, condition)
    row = connection.execute(query).one_or_none()
    return None if row is None else AccountAtBank(*row)


def _reversal(connection: Connection, *conditions) -> Reversal | None:
    t = counter_reversal.c
    query = (
        select(t.id, t.bank_id, t.withdrawal_id, t.amount_minor, t.reason, t.digest, t.status, t.asked_by, t.ended_by,
               withdrawal.c.reference, staff.c.person)
        .join(withdrawal, withdrawal.c.id == t.withdrawal_id).join(staff, staff.c.id == t.asked_by)
    )
    row = connection.execute(query.where(*conditions)).one_or_none()
    return None if row is None else Reversal(*row)
