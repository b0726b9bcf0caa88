"""What the bank shows of its messages, and how much of them is left to do."""

import sqlite3

from bank_adapters.sandbox import employments
from bank_adapters.sandbox.bank import Bank
from bank_adapters.sandbox.clock import wall_s


def both_ways(connection: sqlite3.Connection) -> dict:
    """All messages, without bodies: those that came, and those that leave or left."""
    came = connection.execute("SELECT webhook_id, type, state, problem, received_at FROM message_in ORDER BY position")
    left = connection.execute(
        "SELECT webhook_id, kind, reference, state, attempts, status, problem, created_at"
        " FROM message_out ORDER BY position"
    )
    return {"inbox": [dict(row) for row in came], "outbox": [dict(row) for row in left]}


def later(connection: sqlite3.Connection) -> int:
    """How many transfers wait for their time to be carried out."""
    return connection.execute(
        "SELECT count(*) FROM transfer WHERE state = 'instructed' AND due_at > ?", (wall_s(),)
    ).fetchone()[0]


def waiting(connection: sqlite3.Connection, bank: Bank) -> dict[str, int]:
    """How many messages, transfers, inquiries and salaries are left to do now; what is not due yet does not count."""
    row = connection.execute(
        "SELECT (SELECT count(*) FROM message_in WHERE state = 'waiting') AS inbox,"
        " (SELECT count(*) FROM message_out WHERE state = 'waiting') AS outbox,"
        " (SELECT count(*) FROM transfer WHERE state = 'instructed' AND due_at <= ?) AS transfers,"
        " (SELECT count(*) FROM inquiry WHERE state = 'waiting' AND due_at <= ?) AS inquiries",
        (wall_s(), wall_s()),
    ).fetchone()
    return {**row, "salaries": employments.count_due(connection, bank)}
