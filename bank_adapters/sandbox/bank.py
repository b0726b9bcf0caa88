"""The running bank: what its parts share."""

import sqlite3
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from bank_adapters.keys import PrivateKey
from bank_adapters.sandbox import keys
from bank_adapters.sandbox.clock import Clock
from bank_adapters.sandbox.database import Database
from bank_adapters.sandbox.refused import Refused
from bank_adapters.sandbox.signal import Signal

PATIENCE = timedelta(seconds=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bank:
    """One bank with its folder opened. `changed` rings after every commit that others may wait for."""

    code: str
    service: str  # address of the court's service, such as http://127.0.0.1:8000
    database: Database
    clock: Clock
    signing_key: PrivateKey
    patience: timedelta  # how long a debtor waits at the counter for the service's answer
    changed: Signal = field(default_factory=Signal)


def open_bank(
    folder: Path, *, code: str, service: str, clock: Clock, patience: timedelta = PATIENCE, waits_for_disk: bool = True
) -> Bank:
    """Open the bank's folder, made at the first call. Raises Refused (CODE_DIFFERS) for another bank's."""
    database = Database(folder, waits_for_disk=waits_for_disk)
    with database.transaction() as connection:
        _keep_code(connection, code)
    return Bank(
        code=code,
        service=service.rstrip("/"),
        database=database,
        clock=clock,
        signing_key=keys.load_or_make(folder),
        patience=patience,
    )


def _keep_code(connection: sqlite3.Connection, code: str) -> None:
    connection.execute("INSERT OR IGNORE INTO setting (name, value) VALUES ('code', ?)", (code,))
    kept = connection.execute("SELECT value FROM setting WHERE name = 'code'").fetchone()["value"]
    if kept != code:
        raise Refused("CODE_DIFFERS", kept=kept)
