"""The bank's own key pair in its folder, and the service's public keys that it trusts."""

import os
import sqlite3
from pathlib import Path

from bank_adapters.keys import PrivateKey, PublicKey
from bank_adapters.sandbox import identifiers

_FILE = "signing-key"


def load_or_make(folder: Path) -> PrivateKey:
    """The bank's key; made at the first call, in a file that only its owner can read."""
    file = folder / _FILE
    if not file.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = folder / identifiers.new(_FILE)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as handle:
            handle.write(PrivateKey.generate().text())
            handle.flush()
            os.fsync(handle.fileno())
        try:
            os.link(draft, file)  # never replaces: two first starts end with one key
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return PrivateKey.parse(file.read_text().strip())


def trust(connection: sqlite3.Connection, public_key: str) -> None:
    """Trust answers and messages signed by this key. Raises KeyInvalid."""
    PublicKey.parse(public_key)
    connection.execute("INSERT OR IGNORE INTO trusted_key (public_key) VALUES (?)", (public_key,))


def trusted(connection: sqlite3.Connection) -> list[PublicKey]:
    """The service's public keys known so far."""
    rows = connection.execute("SELECT public_key FROM trusted_key ORDER BY rowid")
    return [PublicKey.parse(row["public_key"]) for row in rows]
