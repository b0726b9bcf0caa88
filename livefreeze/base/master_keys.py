"""The file of master keys: every secret that protects personal data at rest comes from it.

Whoever has this file and the database can read everything; whoever loses it can read nothing.
Keep it apart from the database and back it up apart. To rotate, add a key and name it as
`current`: new values use it, old ones stay readable by theirs. `index` names the key of the blind
index; changing it means computing every index again.
"""

import base64
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

_SECRET_BYTES = 32
_KEY_ID_MAX = 0xFFFF


class MasterKeysInvalid(Exception):
    """The file cannot be used; the sentence says how to mend it."""


@dataclass(frozen=True, slots=True)
class MasterKeys:
    """Secrets by key id (1 to 65535), which of them encrypts now, and which makes the blind index."""

    secrets: dict[int, bytes]
    current: int
    index: int

    def __repr__(self) -> str:
        return f"MasterKeys(ids={sorted(self.secrets)}, current={self.current}, index={self.index})"


def generate() -> MasterKeys:
    """Return a first, random key."""
    return MasterKeys({1: secrets.token_bytes(_SECRET_BYTES)}, current=1, index=1)


def create(path: Path) -> MasterKeys:
    """Write a new file that only its owner may read. Raises FileExistsError rather than replace one."""
    keys = generate()
    document = {
        "current": keys.current,
        "index": keys.index,
        "keys": [{"id": key, "secret": base64.b64encode(secret).decode()} for key, secret in keys.secrets.items()],
    }
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "w", encoding="utf-8") as file:
        json.dump(document, file, indent=2)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())
    return keys


def load(path: Path) -> MasterKeys:
    """Read the file. Raises MasterKeysInvalid with what is wrong and how to mend it; never shows a secret."""
    try:
        if path.stat().st_mode & 0o077:
            raise MasterKeysInvalid(f"other users may read the master key file {path}: run chmod 600 {path}")
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise MasterKeysInvalid(f"there is no master key file {path}: run livefreeze init, or restore it") from None
    except (OSError, UnicodeDecodeError) as error:
        raise MasterKeysInvalid(f"the master key file {path} cannot be read: {error}") from None
    try:
        return _parse(json.loads(text))
    except (ValueError, KeyError, TypeError):
        raise MasterKeysInvalid(f"the master key file {path} is damaged: restore it from its backup") from None


def _parse(document: dict[str, object]) -> MasterKeys:
    keys = MasterKeys(
        {entry["id"]: base64.b64decode(entry["secret"], validate=True) for entry in document["keys"]},
        current=document["current"],
        index=document["index"],
    )
    if not all(isinstance(key, int) and 0 < key <= _KEY_ID_MAX for key in keys.secrets):
        raise ValueError("key id")
    if not all(len(secret) == _SECRET_BYTES for secret in keys.secrets.values()):
        raise ValueError("secret")
    if keys.current not in keys.secrets or keys.index not in keys.secrets:
        raise ValueError("current")
    return keys
