"""Money that goes out by other ways than withdrawals and transfers: charges, corrections, other authorities."""

import sqlite3

from bank_adapters.sandbox import books, freezes, outbox
from bank_adapters.sandbox.bank import Bank
from bank_adapters.sandbox.books import Account, Entry
from bank_adapters.sandbox.clock import format_instant

# What may be debited, and the bank's own account that gets it.
KINDS = {
    "bank_charge": "income",
    "correction": "corrections",
    "other_authority": "authorities",
    "customer": "correspondent",
}


def charge(
    connection: sqlite3.Connection,
    bank: Bank,
    account: Account,
    amount_minor: int,
    *,
    kind: str,
    happened_at: str,
) -> Entry:
    """Debit the account, even below nothing, and report it if it is under a freeze."""
    recorded_at = format_instant(bank.clock.now())
    entry, _ = books.book(
        connection,
        kind=kind,
        debit=account.number,
        credit=books.own(connection, KINDS[kind], account.currency, recorded_at),
        amount_minor=amount_minor,
        happened_at=happened_at,
        recorded_at=recorded_at,
    )
    if freezes.is_frozen(connection, account.number):
        outbox.add_event(connection, bank, "debit.posted", kind=kind, **entry.with_balance())
    return entry
