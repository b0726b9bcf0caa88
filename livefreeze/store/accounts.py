"""Salary accounts and the pool in which a debtor's accounts of one currency lie together."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, select

from livefreeze.base import ids
from livefreeze.base.crypto import normalise_account, vault
from livefreeze.store.engine import locking
from livefreeze.store.insert import insert_new
from livefreeze.store.tables import account, bank, court_debtor, pool


class Account(NamedTuple):
    """One account as it was registered; its number is opened, for the bank's eyes only."""

    id: str
    bank_id: str
    bank_code: str
    debtor_id: str
    pool_id: str
    number: str
    currency: str
    is_allowance_account: bool


_ACCOUNT = select(
    account.c.id, account.c.bank_id, bank.c.code.label("bank_code"), account.c.debtor_id, account.c.pool_id,
    account.c.number_sealed, account.c.currency, account.c.is_allowance_account,
).join(bank, bank.c.id == account.c.bank_id)


def number_index(number: str) -> bytes:
    """What an account is looked up by within its bank."""
    return vault().blind_index("account", normalise_account(number))


def lock_pool_of(connection: Connection, debtor_id: str, currency: str, *, recorded_at: datetime) -> str:
    """The id of the debtor's pool in this currency, locked, made if there is none.

    A new pool has no period yet: the first begins with a bank's receipt.
    """
    row = {"id": ids.new("pol"), "debtor_id": debtor_id, "currency": currency, "recorded_at": recorded_at}
    insert_new(connection, pool, row)
    t = pool.c
    query = select(t.id).where(t.debtor_id == debtor_id, t.currency == currency)
    return connection.scalar(locking(query))


def insert(connection: Connection, new: Account, *, recorded_at: datetime) -> bool:
    """Keep a new account; False where its number is known at its bank."""
    return insert_new(connection, account, {
        "id": new.id, "bank_id": new.bank_id, "debtor_id": new.debtor_id, "pool_id": new.pool_id,
        "number_sealed": vault().encrypt(new.number, table="account", column="number_sealed", row=new.id),
        "number_index": number_index(new.number), "currency": new.currency,
        "is_allowance_account": new.is_allowance_account, "recorded_at": recorded_at,
    })


def by_number(connection: Connection, bank_id: str, number: str) -> Account | None:
    """The account of this number at this bank."""
    found = _many(connection, account.c.bank_id == bank_id, account.c.number_index == number_index(number))
    return found[0] if found else None


def of_court(connection: Connection, court_id: str, account_ids: Iterable[str]) -> dict[str, Account]:
    """Those of these accounts whose debtor the court may name, by id."""
    known = select(court_debtor.c.debtor_id).where(court_debtor.c.court_id == court_id)
    found = _many(connection, account.c.id.in_(set(account_ids)), account.c.debtor_id.in_(known))
    return {one.id: one for one in found}


def by_ids(connection: Connection, account_ids: Iterable[str]) -> list[Account]:
    """These accounts, sorted by id."""
    return _many(connection, account.c.id.in_(set(account_ids)))


def number(connection: Connection, account_id: str) -> str:
    """The account's number, opened: for a message to its bank. Raises LookupError for an unknown id."""
    found = by_ids(connection, [account_id])
    if not found:
        raise LookupError(f"no account {account_id}")
    return found[0].number


def allowance_account(connection: Connection, pool_id: str) -> str | None:
    """The account of the pool at which the debtor fetches the living money, where the court named one."""
    t = account.c
    return connection.scalar(select(t.id).where(t.pool_id == pool_id, t.is_allowance_account))


def has_allowance_account(connection: Connection, debtor_id: str, currency: str) -> bool:
    """Has the debtor's pool in this currency an allowance account?"""
    t = account.c
    named = select(t.id).where(t.debtor_id == debtor_id, t.currency == currency, t.is_allowance_account)
    return connection.scalar(named.limit(1)) is not None


def _many(connection: Connection, *conditions) -> list[Account]:
    rows = connection.execute(_ACCOUNT.where(*conditions).order_by(account.c.id)).all()
    return [
        Account(row.id, row.bank_id, row.bank_code, row.debtor_id, row.pool_id,
                vault().decrypt_text(row.number_sealed, table="account", column="number_sealed", row=row.id),
                row.currency, row.is_allowance_account)
        for row in rows
    ]
