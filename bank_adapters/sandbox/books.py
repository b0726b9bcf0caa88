"""Double-entry books: accounts of customers and of the bank itself, and the bookings between them.

A customer's balance is what the bank owes the customer. The bank's own accounts (tills, employers,
correspondents, income) stand in the same books, so that the sum of all balances of a currency is nothing.
"""

import sqlite3
from dataclasses import dataclass

from bank_adapters.sandbox import identifiers, money
from bank_adapters.sandbox.refused import Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One account as its books stand now."""

    number: str
    kind: str  # salary, case_fund or internal
    name: str
    id_number: str
    branch: str
    currency: str
    balance_minor: int
    sequence: int  # of its newest booking; rises by one with each


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One side of a booking, as the account sees it."""

    account: str
    currency: str
    amount_minor: int  # what moved, never negative
    balance_after_minor: int
    sequence: int
    transaction_reference: str
    happened_at: str

    def as_event_fields(self) -> dict:
        """The fields by which every event tells of a booking."""
        return {
            "account": self.account,
            "happened_at": self.happened_at,
            "amount": money.format_minor(self.amount_minor, self.currency),
            "currency": self.currency,
            "sequence": self.sequence,
            "transaction_reference": self.transaction_reference,
        }

    def with_balance(self) -> dict:
        """The same fields and the balance after it, for events of credits and debits."""
        return {
            **self.as_event_fields(),
            "balance_after": money.format_minor(self.balance_after_minor, self.currency),
        }


def open_account(
    connection: sqlite3.Connection,
    *,
    number: str,
    kind: str,
    name: str,
    currency: str,
    opened_at: str,
    id_number: str = "",
    branch: str = "",
) -> None:
    """Open an empty account. Raises Refused (ACCOUNT_EXISTS, CURRENCY_UNKNOWN)."""
    money.digits_of(currency)
    try:
        connection.execute(
            "INSERT INTO account (number, kind, name, id_number, branch, currency, opened_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (number, kind, name, id_number, branch, currency, opened_at),
        )
    except sqlite3.IntegrityError:
        raise Refused("ACCOUNT_EXISTS") from None


def account(connection: sqlite3.Connection, number: object) -> Account:
    """The account of that number. Raises Refused (ACCOUNT_UNKNOWN)."""
    found = _find(connection, number) if isinstance(number, str) else None
    if found is None:
        raise Refused("ACCOUNT_UNKNOWN")
    return found


def customer(connection: sqlite3.Connection, number: object) -> Account:
    """The customer's account of that number; the bank's own are unknown here."""
    found = account(connection, number)
    if found.kind == "internal":
        raise Refused("ACCOUNT_UNKNOWN")
    return found


def accounts(connection: sqlite3.Connection) -> list[Account]:
    """All accounts, customers' and the bank's own, by number."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM account ORDER BY number")
    return [Account(**row) for row in rows]


def own(connection: sqlite3.Connection, name: str, currency: str, opened_at: str) -> str:
    """The number of one of the bank's own accounts, such as "till/main/CNY", opened when first used."""
    number = f"{name}/{currency}"
    if _find(connection, number) is None:
        open_account(connection, number=number, kind="internal", name=name, currency=currency, opened_at=opened_at)
    return number


def accounts_of(connection: sqlite3.Connection, id_number: str) -> list[Account]:
    """The salary accounts of one person, whose identity number is given without spaces and with a capital X."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM account WHERE kind = 'salary' AND replace(upper(id_number), ' ', '') = ?"
        " ORDER BY number",
        (id_number,),
    )
    return [Account(**row) for row in rows]


def book(
    connection: sqlite3.Connection,
    *,
    kind: str,
    debit: str,
    credit: str,
    amount_minor: int,
    happened_at: str,
    recorded_at: str,
    reverses: str | None = None,
) -> tuple[Entry, Entry]:
    """Move the amount from one account to the other; returns both sides, debit first.

    A balance may fall below nothing: charges and recalled salaries are facts. Who may not overdraw
    an account asks `balance_minor` first, in the same transaction.
    """
    debit_before, credit_before = account(connection, debit), account(connection, credit)
    if debit_before.currency != credit_before.currency:
        raise Refused("CURRENCY_DIFFERS", currency=debit_before.currency)
    reference = identifiers.new("tx")
    sides = [
        Entry(
            account=before.number,
            currency=before.currency,
            amount_minor=amount_minor,
            balance_after_minor=before.balance_minor + sign * amount_minor,
            sequence=before.sequence + 1,
            transaction_reference=reference,
            happened_at=happened_at,
        )
        for before, sign in ((debit_before, -1), (credit_before, +1))
    ]
    connection.execute(
        "INSERT INTO booking (transaction_reference, kind, debit_account, debit_sequence, debit_balance_minor,"
        " credit_account, credit_sequence, credit_balance_minor, amount_minor, reverses, happened_at,"
        " recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            reference,
            kind,
            *(debit, sides[0].sequence, sides[0].balance_after_minor),
            *(credit, sides[1].sequence, sides[1].balance_after_minor),
            amount_minor,
            reverses,
            happened_at,
            recorded_at,
        ),
    )
    return sides[0], sides[1]


def remark(connection: sqlite3.Connection, entry: Entry, counterparty: str) -> None:
    """Note who stands on the other side of a booking."""
    connection.execute(
        "INSERT INTO remark (transaction_reference, counterparty) VALUES (?, ?)",
        (entry.transaction_reference, counterparty),
    )


def entries(connection: sqlite3.Connection, number: str) -> list[sqlite3.Row]:
    """Every entry of an account in the order of its sequence; amounts are signed."""
    return connection.execute("SELECT * FROM entry WHERE account = ? ORDER BY sequence", (number,)).fetchall()


def trial_balance(connection: sqlite3.Connection) -> dict[str, int]:
    """The sum of all balances of each currency in minor units: nothing, or the books are wrong."""
    rows = connection.execute("SELECT currency, sum(balance_minor) FROM account GROUP BY 1 ORDER BY 1")
    return dict(rows.fetchall())


_COLUMNS = "number, kind, name, id_number, branch, currency, balance_minor, sequence"


def _find(connection: sqlite3.Connection, number: str) -> Account | None:
    row = connection.execute(f"SELECT {_COLUMNS} FROM account WHERE number = ?", (number,)).fetchone()
    return Account(**row) if row else None
