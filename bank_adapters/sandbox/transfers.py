"""Transfers to the court's case fund: written down when instructed, carried out when due, reported once.

The money leaves the account with the booking of the settlement; until then it is only promised.
"""

import sqlite3

from bank_adapters import contract
from bank_adapters.sandbox import books, faults, freezes, money, outbox, payroll
from bank_adapters.sandbox.bank import Bank
from bank_adapters.sandbox.books import Entry
from bank_adapters.sandbox.clock import format_instant, wall_s
from bank_adapters.sandbox.refused import Refused


def instruct(connection: sqlite3.Connection, transfer: contract.Transfer) -> None:
    """Write the transfer down once, due after the delay that the faults ask for."""
    connection.execute(
        "INSERT OR IGNORE INTO transfer (transfer, account, amount_minor, currency, to_bank, to_account,"
        " state, due_at) VALUES (?, ?, ?, ?, ?, ?, 'instructed', ?)",
        (
            transfer.transfer,
            transfer.account,
            money.parse(transfer.amount, transfer.currency),
            transfer.currency,
            transfer.to.bank,
            transfer.to.account,
            wall_s() + faults.current(connection).delay_settlement_s,
        ),
    )


def next_due_at(connection: sqlite3.Connection) -> float | None:
    """When the next transfer is to be carried out, as seconds since 1970."""
    return connection.execute("SELECT min(due_at) FROM transfer WHERE state = 'instructed'").fetchone()[0]


def due(connection: sqlite3.Connection) -> list[str]:
    """The transfers to be carried out now, in the order of their instruction."""
    rows = connection.execute(
        "SELECT transfer FROM transfer WHERE state = 'instructed' AND due_at <= ? ORDER BY rowid",
        (wall_s(),),
    )
    return [row["transfer"] for row in rows]


def carry_out(connection: sqlite3.Connection, bank: Bank, name: str) -> None:
    """Settle a due transfer, or say why it fails, as accounts and faults have it."""
    present = faults.current(connection)
    if present.fail_transfers:
        fail(connection, bank, name, present.fail_transfers)
        return
    try:
        settle(connection, bank, name)
    except Refused as refused:
        fail(connection, bank, name, refused.reason)
        return
    if present.return_transfers:
        give_back(connection, bank, name, present.return_transfers)


def settle(connection: sqlite3.Connection, bank: Bank, name: str) -> None:
    """Book the transfer and report it; also one that was reported as failed, as banks sometimes do.

    Raises Refused (TRANSFER_STATE, ACCOUNT_UNKNOWN, CURRENCY_DIFFERS, BALANCE_TOO_LOW).
    """
    row = _in_state(connection, name, "instructed", "failed")
    happened_at = format_instant(bank.clock.now())
    account = books.customer(connection, row["account"])
    if account.currency != row["currency"]:
        raise Refused("CURRENCY_DIFFERS", currency=account.currency)
    if row["amount_minor"] > account.balance_minor:
        raise Refused("BALANCE_TOO_LOW")
    sent, received = books.book(
        connection,
        kind="transfer",
        debit=account.number,
        credit=_payee(connection, bank, row, happened_at),
        amount_minor=row["amount_minor"],
        happened_at=happened_at,
        recorded_at=happened_at,
    )
    _move(connection, name, "settled", sent.transaction_reference)
    _report(connection, bank, row, "transfer.settled", happened_at, entry=sent)
    if freezes.is_frozen(connection, received.account):
        event = payroll.credit_event(received, income="other")
        outbox.add_events(connection, bank, [event])


def fail(connection: sqlite3.Connection, bank: Bank, name: str, why: str) -> None:
    """Report that the transfer was not made. Raises Refused (TRANSFER_STATE)."""
    row = _in_state(connection, name, "instructed")
    _move(connection, name, "failed", None)
    _report(connection, bank, row, "transfer.failed", format_instant(bank.clock.now()), why=why)


def give_back(connection: sqlite3.Connection, bank: Bank, name: str, why: str) -> None:
    """Book a settled transfer back and report it. Raises Refused (TRANSFER_STATE)."""
    row = _in_state(connection, name, "settled")
    happened_at = format_instant(bank.clock.now())
    _, entry = books.book(
        connection,
        kind="transfer_returned",
        debit=_payee(connection, bank, row, happened_at),
        credit=row["account"],
        amount_minor=row["amount_minor"],
        happened_at=happened_at,
        recorded_at=happened_at,
        reverses=row["transaction_reference"],
    )
    _move(connection, name, "returned", entry.transaction_reference)
    _report(connection, bank, row, "transfer.returned", happened_at, entry=entry, why=why)


def in_transit_minor(connection: sqlite3.Connection, account: str) -> int:
    """What is promised to transfers that were not carried out yet."""
    return connection.execute(
        "SELECT coalesce(sum(amount_minor), 0) FROM transfer WHERE account = ? AND state = 'instructed'",
        (account,),
    ).fetchone()[0]


def all_of(connection: sqlite3.Connection) -> list[dict]:
    """Every transfer, as the API shows them."""
    return [
        {
            "transfer": row["transfer"],
            "account": row["account"],
            "amount": money.format_minor(row["amount_minor"], row["currency"]),
            "currency": row["currency"],
            "to": {"bank": row["to_bank"], "account": row["to_account"]},
            "state": row["state"],
        }
        for row in connection.execute("SELECT * FROM transfer ORDER BY rowid")
    ]


def _payee(connection: sqlite3.Connection, bank: Bank, row: sqlite3.Row, opened_at: str) -> str:
    """The payee's account here, or our account with the bank that keeps it."""
    if row["to_bank"] == bank.code:
        return books.customer(connection, row["to_account"]).number
    return books.own(connection, f"correspondent/{row['to_bank']}", row["currency"], opened_at)


def _report(
    connection: sqlite3.Connection,
    bank: Bank,
    row: sqlite3.Row,
    event_type: str,
    happened_at: str,
    *,
    entry: Entry | None = None,
    why: str | None = None,
) -> None:
    outbox.add_event(
        connection,
        bank,
        event_type,
        account=row["account"],
        happened_at=happened_at,
        transfer=row["transfer"],
        amount=money.format_minor(row["amount_minor"], row["currency"]),
        currency=row["currency"],
        sequence=entry.sequence if entry else None,
        transaction_reference=entry.transaction_reference if entry else None,
        why=why,
    )


def _in_state(connection: sqlite3.Connection, name: str, *states: str) -> sqlite3.Row:
    row = connection.execute("SELECT * FROM transfer WHERE transfer = ?", (name,)).fetchone()
    if row is None:
        raise Refused("TRANSFER_UNKNOWN")
    if row["state"] not in states:
        raise Refused("TRANSFER_STATE", state=row["state"])
    return row


def _move(connection: sqlite3.Connection, name: str, state: str, transaction_reference: str | None) -> None:
    connection.execute(
        "UPDATE transfer SET state = ?, transaction_reference = coalesce(?, transaction_reference) WHERE transfer = ?",
        (state, transaction_reference, name),
    )
