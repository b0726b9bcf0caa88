"""Money that comes in from outside: the payroll, other credits, and credits that are recalled."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from bank_adapters.sandbox import books, freezes, outbox
from bank_adapters.sandbox.bank import Bank
from bank_adapters.sandbox.books import Account, Entry
from bank_adapters.sandbox.clock import format_instant
from bank_adapters.sandbox.refused import Refused

INCOMES = ("salary", "pension", "benefit", "maintenance", "own_transfer", "other")


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """What one account is paid."""

    account: Account
    amount_minor: int
    income: str
    payer: str | None


def pay(connection: sqlite3.Connection, bank: Bank, credits: Iterable[Credit], *, happened_at: str) -> list[Entry]:
    """Credit every account with its amount, and report those under a freeze together."""
    recorded_at = format_instant(bank.clock.now())
    entries, events = [], []
    for credit in credits:
        account = credit.account
        _, entry = books.book(
            connection,
            kind=credit.income,
            debit=books.own(connection, "correspondent", account.currency, recorded_at),
            credit=account.number,
            amount_minor=credit.amount_minor,
            happened_at=happened_at,
            recorded_at=recorded_at,
        )
        entries.append(entry)
        if credit.payer:
            books.remark(connection, entry, credit.payer)
        if freezes.is_frozen(connection, account.number):
            events.append(credit_event(entry, income=credit.income, payer=credit.payer))
    outbox.add_events(connection, bank, events)
    return entries


def recall(
    connection: sqlite3.Connection, bank: Bank, account: Account, transaction_reference: str, happened_at: str
) -> Entry:
    """Take a credit back, whole, even below nothing. Raises Refused (CREDIT_NOT_REVERSIBLE)."""
    row = connection.execute(
        "SELECT * FROM booking WHERE transaction_reference = ? AND credit_account = ?"
        f" AND kind IN ({', '.join('?' * len(INCOMES))})"
        " AND transaction_reference NOT IN (SELECT reverses FROM booking WHERE reverses IS NOT NULL)",
        (transaction_reference, account.number, *INCOMES),
    ).fetchone()
    if row is None:
        raise Refused("CREDIT_NOT_REVERSIBLE")
    entry, _ = books.book(
        connection,
        kind="credit_recalled",
        debit=account.number,
        credit=row["debit_account"],
        amount_minor=row["amount_minor"],
        happened_at=happened_at,
        recorded_at=format_instant(bank.clock.now()),
        reverses=transaction_reference,
    )
    if freezes.is_frozen(connection, account.number):
        outbox.add_event(
            connection,
            bank,
            "credit.reversed",
            reverses=transaction_reference,
            **entry.with_balance(),
        )
    return entry


def credit_event(entry: Entry, *, income: str, payer: str | None = None) -> dict:
    """The event that tells of a credit."""
    return outbox.make_event("credit.posted", income=income, payer=payer, **entry.with_balance())
