"""The service's audit receipts: whoever alters its records later contradicts what the bank holds here."""

import sqlite3


def keep(connection: sqlite3.Connection, answer: dict) -> None:
    """Keep the receipt in a verified answer, where it has one."""
    audit = answer.get("audit")
    if audit:
        connection.execute(
            "INSERT OR IGNORE INTO receipt (chain, seq, hash, in_reply_to) VALUES (?, ?, ?, ?)",
            (audit["chain"], audit["seq"], audit["hash"], answer["in_reply_to"]),
        )


def all_kept(connection: sqlite3.Connection) -> list[dict]:
    """Every receipt, by chain and number."""
    return [dict(row) for row in connection.execute("SELECT * FROM receipt ORDER BY chain, seq, hash")]
