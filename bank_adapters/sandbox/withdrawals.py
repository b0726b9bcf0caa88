"""Withdrawals as the bank writes them down. What may happen to them: `authorisations` and `payments`.

asked → approved → paid → captured (→ reversed)        asked → declined
asked or approved, and nobody will pay it → voiding → voided
An account without freeze pays without asking: paid_unasked. A stand_in was paid because the service was silent.
"""

import json
import sqlite3
from dataclasses import dataclass

from bank_adapters.sandbox import identifiers
from bank_adapters.sandbox.books import Account
from bank_adapters.sandbox.refused import Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """One withdrawal as it stands now."""

    serial: int
    reference: str
    account: str
    currency: str
    amount_minor: int
    channel: str
    branch: str
    teller: str
    state: str
    teller_waits: bool
    is_kept: bool
    decision: dict | None
    transaction_reference: str | None
    paid_minor: int | None
    decide_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the person at the counter wants, and who serves them where."""

    account: Account
    amount_minor: int
    channel: str
    identified_by: str
    branch: str
    teller: str
    is_kept: bool
    happened_at: str


def find(connection: sqlite3.Connection, reference: object) -> Withdrawal:
    """The withdrawal of that reference. Raises Refused (WITHDRAWAL_UNKNOWN)."""
    row = connection.execute(
        "SELECT withdrawal.*, currency FROM withdrawal JOIN account ON number = account WHERE reference = ?",
        (reference,),
    ).fetchone()
    if row is None:
        raise Refused("WITHDRAWAL_UNKNOWN")
    fields = {name: row[name] for name in Withdrawal.__slots__}
    fields["teller_waits"], fields["is_kept"] = bool(row["teller_waits"]), bool(row["is_kept"])
    fields["decision"] = json.loads(row["decision"]) if row["decision"] else None
    return Withdrawal(**fields)


def in_state(connection: sqlite3.Connection, reference: str, state: str) -> Withdrawal:
    """The withdrawal, if it is in that state. Raises Refused (WITHDRAWAL_UNKNOWN, WITHDRAWAL_STATE)."""
    withdrawal = find(connection, reference)
    if withdrawal.state != state:
        raise Refused("WITHDRAWAL_STATE", state=withdrawal.state)
    return withdrawal


def write_down(connection: sqlite3.Connection, wish: Wish, state: str, *, decide_by: str | None = None) -> str:
    """Write a new withdrawal down; returns its reference."""
    reference = identifiers.new("wdr")
    connection.execute(
        "INSERT INTO withdrawal (reference, account, amount_minor, channel, branch, teller, state,"
        " teller_waits, is_kept, decide_by, happened_at) VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?)",
        (
            reference,
            wish.account.number,
            wish.amount_minor,
            wish.channel,
            wish.branch,
            wish.teller,
            state,
            wish.is_kept,
            decide_by,
            wish.happened_at,
        ),
    )
    return reference


def set_state(connection: sqlite3.Connection, reference: str, state: str) -> None:
    """Move the withdrawal on."""
    connection.execute("UPDATE withdrawal SET state = ? WHERE reference = ?", (state, reference))
