"""A key for the contents of one thing: once it is thrown away, nobody reads them any more, in no copy of their rows.

A backup of the whole database holds the key, too, sealed: what was deleted stays readable as long as that is kept.
"""

import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from livefreeze.base.crypto import Unreadable

SECRET_BYTES = 32
_NONCE_BYTES = 12


def new_secret() -> bytes:
    """A random secret, to be kept sealed by the vault."""
    return os.urandom(SECRET_BYTES)


class ContentKey:
    """Seals and opens what belongs to one thing. Place names table, column and row, as with the vault."""

    def __init__(self, secret: bytes) -> None:
        self._cipher = AESGCM(_derive(secret, b"content"))
        self._mark_secret = _derive(secret, b"mark")

    def seal(self, plaintext: bytes, place: str) -> bytes:
        """Seal a value for its place."""
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, plaintext, place.encode())

    def open(self, sealed: bytes, place: str) -> bytes:
        """Open a value at its place. Raises Unreadable."""
        sealed = bytes(sealed)  # a driver may hand out a memoryview
        try:
            return self._cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], place.encode())
        except (InvalidTag, ValueError):
            raise Unreadable(f"{place} was altered, or belongs elsewhere") from None

    def mark(self, kind: str, value: bytes) -> bytes:
        """What equal values have in common and nothing else tells: a keyed hash, of no use without the key."""
        return hmac.digest(self._mark_secret, kind.encode() + b"\0" + value, hashlib.sha256)


def _derive(secret: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"livefreeze content key " + purpose).derive(secret)
