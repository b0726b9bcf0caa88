"""What the bank shows of its accounts: one in full, or all of them for a comparison of books."""

import sqlite3

from bank_adapters.sandbox import books, freezes, identifiers, money, payments, transfers
from bank_adapters.sandbox.bank import Bank
from bank_adapters.sandbox.books import Account
from bank_adapters.sandbox.clock import format_instant


def of_account(connection: sqlite3.Connection, number: str) -> dict:
    """One customer's account with all that is known about it. Raises Refused (ACCOUNT_UNKNOWN)."""
    account = books.customer(connection, number)
    return {
        **_line(connection, account),
        "name": account.name,
        "branch": account.branch,
        "in_transit": money.format_minor(transfers.in_transit_minor(connection, account.number), account.currency),
        "available": money.format_minor(payments.available_minor(connection, account), account.currency),
        "orders": freezes.orders(connection, account),
        "entries": [
            {
                "sequence": entry["sequence"],
                "transaction_reference": entry["transaction_reference"],
                "kind": entry["kind"],
                "amount": money.format_minor(entry["amount_minor"], account.currency),
                "balance_after": money.format_minor(entry["balance_after_minor"], account.currency),
                "happened_at": entry["happened_at"],
            }
            for entry in books.entries(connection, account.number)
        ],
    }


def books_of(connection: sqlite3.Connection, bank: Bank) -> dict:
    """Every account, customers' and the bank's own, and the sum of each currency, which is nothing."""
    lines = [(account, _line(connection, account)) for account in books.accounts(connection)]
    return {
        "bank": bank.code,
        "as_of": format_instant(bank.clock.now()),
        "accounts": [line for account, line in lines if account.kind != "internal"],
        "own_accounts": [line for account, line in lines if account.kind == "internal"],
        "trial_balance": {
            currency: money.format_minor(minor, currency) for currency, minor in books.trial_balance(connection).items()
        },
    }


def _line(connection: sqlite3.Connection, account: Account) -> dict:
    return {
        "account": account.number,
        "kind": account.kind,
        "name": account.name if account.kind == "internal" else identifiers.masked(account.name),
        "currency": account.currency,
        "balance": money.format_minor(account.balance_minor, account.currency),
        "blocked": money.format_minor(freezes.blocked_minor(connection, account), account.currency),
        "sequence": account.sequence,
    }
