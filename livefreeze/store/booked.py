"""Accounts as movements need them: which pool a bank's account belongs to, and since when its balance is known."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, delete, select, update

from livefreeze.base.crypto import vault
from livefreeze.store.tables import account, prior_hold


class Booked(NamedTuple):
    """Where the movements of an account go."""

    account_id: str
    pool_id: str


def by_index(connection: Connection, bank_id: str, indexes: Iterable[bytes]) -> dict[bytes, Booked]:
    """Those of this bank's accounts, by the blind index of their number, that are known here."""
    t = account.c
    query = select(t.number_index, t.id, t.pool_id).where(t.bank_id == bank_id, t.number_index.in_(list(indexes)))
    return {bytes(row.number_index): Booked(row.id, row.pool_id) for row in connection.execute(query)}


def by_id(connection: Connection, account_id: str) -> Booked:
    """The account of this id. Raises sqlalchemy.exc.NoResultFound."""
    t = account.c
    return Booked(*connection.execute(select(t.id, t.pool_id).where(t.id == account_id)).one())


def index_of(connection: Connection, account_id: str) -> bytes:
    """The blind index by which its bank's messages find the account."""
    return bytes(connection.scalar(select(account.c.number_index).where(account.c.id == account_id)))


def bank_of(connection: Connection, account_id: str) -> str:
    """The bank that keeps the account."""
    return connection.scalar(select(account.c.bank_id).where(account.c.id == account_id))


def prior_hold_row(account_id: str, position: int, holder: str, amount_minor: int, *, recorded_at: datetime) -> dict:
    """A row of prior_hold. Who holds it may be a person, so it is sealed."""
    sealed = vault().encrypt(holder, table="prior_hold", column="holder_sealed", row=f"{account_id}/{position}")
    return {"account_id": account_id, "position": position, "holder_sealed": sealed, "amount_minor": amount_minor,
            "recorded_at": recorded_at}


def open_books(
    connection: Connection, account_id: str, *, opened_at: datetime, sequence: int | None, as_of: datetime
) -> None:
    """From here on the account has a balance: a receipt named it, up to this booking or instant.

    The prior holds that the receipt of an earlier freeze named are forgotten.
    """
    values = {"opened_at": opened_at, "opening_sequence": sequence, "opening_as_of": as_of}
    connection.execute(update(account).where(account.c.id == account_id).values(**values))
    connection.execute(delete(prior_hold).where(prior_hold.c.account_id == account_id))
