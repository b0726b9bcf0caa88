"""The reference for SQLite: one process, Python's own sqlite3, the statements of a withdrawal in plain tables.

    python -m bench.raw_sqlite FILE ACCOUNTS SECONDS

Makes the file where there is none, runs for so many seconds and prints one line of JSON.
"""

import json
import random
import sqlite3
import sys
import time
import uuid
from pathlib import Path

TABLES = """
CREATE TABLE pool (id INTEGER PRIMARY KEY, allowance_minor INTEGER, taken_minor INTEGER, reserve_minor INTEGER,
  quota_left_minor INTEGER, CHECK (taken_minor <= allowance_minor));
CREATE TABLE account (id INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, pool_id INTEGER NOT NULL REFERENCES pool,
  balance_minor INTEGER, held_minor INTEGER, chain_seq INTEGER, chain_hash BLOB);
CREATE TABLE inbox (message_id TEXT PRIMARY KEY, digest BLOB, answer TEXT);
CREATE TABLE withdrawal (id TEXT PRIMARY KEY, account_id INTEGER NOT NULL REFERENCES account,
  reference TEXT NOT NULL UNIQUE, amount_minor INTEGER, status TEXT);
CREATE TABLE transfer (id TEXT PRIMARY KEY, withdrawal_id TEXT NOT NULL REFERENCES withdrawal, kind TEXT);
CREATE TABLE entry (id INTEGER PRIMARY KEY, transfer_id TEXT NOT NULL REFERENCES transfer,
  account_id INTEGER NOT NULL REFERENCES account, bucket TEXT, amount_minor INTEGER);
CREATE TABLE audit_event (account_id INTEGER, seq INTEGER, prev_hash BLOB, hash BLOB, document TEXT,
  PRIMARY KEY (account_id, seq));
"""
HASH, TEXT = bytes(32), "a" * 300


def connect(path: Path, accounts: int) -> sqlite3.Connection:
    """Open the file as the service does, filled where it is new."""
    is_new = not path.exists()
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
    if is_new:
        connection.executescript(TABLES)
        connection.execute("BEGIN IMMEDIATE")
        numbers = range(1, accounts + 1)
        connection.executemany("INSERT INTO pool VALUES (?, 5000000, 0, 0, 100000000)", ((n,) for n in numbers))
        connection.executemany(
            "INSERT INTO account VALUES (?, ?, ?, 10000000, 0, 0, ?)", ((n, str(n), n, HASH) for n in numbers)
        )
        connection.execute("COMMIT")
    return connection


def withdraw(connection: sqlite3.Connection, account: int) -> None:
    """One withdrawal: the nine statements between BEGIN and COMMIT."""
    run, message = connection.execute, uuid.uuid4().hex
    run("BEGIN IMMEDIATE")
    run("INSERT INTO inbox VALUES (?, ?, NULL) ON CONFLICT DO NOTHING", (message, HASH))
    facts = run(
        "SELECT p.*, a.* FROM pool p JOIN account a ON a.pool_id = p.id WHERE a.number = ?", (str(account),)
    ).fetchone()
    pool_id, account_id, seq, head = facts[0], facts[5], facts[10], facts[11]
    withdrawal, transfer = uuid.uuid4().hex, uuid.uuid4().hex
    run("INSERT INTO withdrawal VALUES (?, ?, ?, 100, 'authorised')", (withdrawal, account_id, uuid.uuid4().hex))
    run("INSERT INTO transfer VALUES (?, ?, 'hold')", (transfer, withdrawal))
    run("INSERT INTO entry VALUES (NULL, ?1, ?2, 'account', -100), (NULL, ?1, ?2, 'withdrawal_hold', 100)",
        (transfer, account_id))
    run("UPDATE pool SET taken_minor = taken_minor + 100 WHERE id = ?", (pool_id,))
    run("UPDATE account SET balance_minor = balance_minor - 100, held_minor = held_minor + 100,"
        " chain_seq = chain_seq + 1, chain_hash = ? WHERE id = ?", (HASH, account_id))
    run("INSERT INTO audit_event VALUES (?, ?, ?, ?, ?)", (account_id, seq + 1, head, HASH, TEXT))
    run("UPDATE inbox SET answer = ? WHERE message_id = ?", (TEXT, message))
    run("COMMIT")


def main(path: str, accounts: str, seconds: str) -> None:
    connection = connect(Path(path), int(accounts))
    chance, count = random.Random(), 0
    began_s, began_cpu_s = time.perf_counter(), time.process_time()
    while (taken_s := time.perf_counter() - began_s) < float(seconds):
        withdraw(connection, chance.randint(1, int(accounts)))
        count += 1
    print(json.dumps({"transactions": count, "per_s": count / taken_s, "cpu_s": time.process_time() - began_cpu_s}))


if __name__ == "__main__":
    main(*sys.argv[1:])
