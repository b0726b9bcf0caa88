"""The bank's SQLite file: one connection, one writer at a time, every change in one transaction."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bank_adapters.sandbox.schema import SCHEMA

FILE = "bank.sqlite"
BUSY_TIMEOUT_MS = 10_000  # the command line writes trusted keys while the bank runs


class Database:
    """Opens (and on first use creates) the file `bank.sqlite` in the bank's folder."""

    def __init__(self, folder: Path, *, waits_for_disk: bool = True) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # it holds names and account numbers
        self._lock = threading.RLock()
        self._connection = sqlite3.connect(folder / FILE, isolation_level=None, check_same_thread=False)
        self._connection.row_factory = sqlite3.Row
        for pragma in (
            f"busy_timeout={BUSY_TIMEOUT_MS}",
            "journal_mode=WAL",
            f"synchronous={'FULL' if waits_for_disk else 'NORMAL'}",  # NORMAL outlives a kill, not a power cut
            "foreign_keys=ON",
        ):
            self._connection.execute(f"PRAGMA {pragma}")
        self._connection.executescript(f"BEGIN IMMEDIATE; {SCHEMA} COMMIT;")

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Commit all that is done within, or nothing of it. Never talk over the network inside."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """A part of a transaction that is undone by itself, and alone, where it raises."""
        self._connection.execute("SAVEPOINT attempt")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK TO attempt")
            raise
        finally:
            self._connection.execute("RELEASE attempt")

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """One state of the books for several questions."""
        with self._lock:
            self._connection.execute("BEGIN")
            try:
                yield self._connection
            finally:
                self._connection.execute("ROLLBACK")

    def close(self) -> None:
        """Close the file; whoever still waits for it gets an error."""
        with self._lock:
            self._connection.close()
