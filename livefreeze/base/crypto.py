"""Personal data: sealed value by value, found again by a blind index, masked when shown.

Every value is sealed by AES-256-GCM for its own place (table, column, row), so that a ciphertext
moved elsewhere does not open. A blind index is a keyed hash of the normalised value: equal values
are found, but without the key nobody can try out all ID numbers.

A key seals at most 2^32 values (NIST SP 800-38D, 8.3, for random nonces): add a new one before that.
"""

import hashlib
import hmac
import os
import re
import struct
import unicodedata

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from livefreeze.base.master_keys import MasterKeys

_VERSION = 1
_HEADER = struct.Struct(">BH")  # version of this format, key id
_NONCE_BYTES = 12
_SEALED_FROM = _HEADER.size + _NONCE_BYTES
_SPACES_AND_HYPHENS = re.compile(r"[\s\-\u2010-\u2015\u2212]+")


class Unreadable(Exception):
    """A stored value that does not open: altered, moved from another place, or its key is missing."""


class Vault:
    """Seals and opens values with the master keys; safe to share between threads."""

    def __init__(self, keys: MasterKeys) -> None:
        self._current = keys.current
        self._ciphers = {key: AESGCM(_derive(secret, b"encrypt")) for key, secret in keys.secrets.items()}
        self._index_version = struct.pack(">H", keys.index)
        self._index_secret = _derive(keys.secrets[keys.index], b"index")
        self.cookie_secret = _derive(keys.secrets[keys.current], b"cookie")  # signs what browsers bring back

    def encrypt(self, plaintext: bytes | str, *, table: str, column: str, row: str) -> bytes:
        """Seal a value for its place: one byte version, two bytes key id, nonce, ciphertext with its tag."""
        if isinstance(plaintext, str):
            plaintext = plaintext.encode()
        nonce = os.urandom(_NONCE_BYTES)
        place = _place(table, column, row, self._current)
        sealed = self._ciphers[self._current].encrypt(nonce, plaintext, place)
        return _HEADER.pack(_VERSION, self._current) + nonce + sealed

    def decrypt(self, ciphertext: bytes, *, table: str, column: str, row: str) -> bytes:
        """Open a value at its place. Raises Unreadable."""
        ciphertext = bytes(ciphertext)  # a driver may hand out a memoryview
        if len(ciphertext) < _SEALED_FROM:
            raise Unreadable(f"{table}.{column} of {row} is too short to be a sealed value")
        version, key = _HEADER.unpack_from(ciphertext)
        cipher = self._ciphers.get(key)
        if version != _VERSION or cipher is None:
            raise Unreadable(f"{table}.{column} of {row} needs master key {key}, format {version}")
        nonce, sealed = ciphertext[_HEADER.size : _SEALED_FROM], ciphertext[_SEALED_FROM:]
        try:
            return cipher.decrypt(nonce, sealed, _place(table, column, row, key))
        except InvalidTag:
            raise Unreadable(f"{table}.{column} of {row} was altered, or belongs elsewhere") from None

    def decrypt_text(self, ciphertext: bytes, *, table: str, column: str, row: str) -> str:
        """Open a value that was text. Raises Unreadable."""
        return self.decrypt(ciphertext, table=table, column=column, row=row).decode()

    def blind_index(self, kind: str, normalised: str) -> bytes:
        """Return what a value is looked up by: two bytes key id, then HMAC-SHA256 over its kind and itself.

        The kind ("id_number", "account") keeps equal texts of different meaning apart; what is
        looked up within one bank should have the bank's id in its kind.
        """
        message = _framed(kind, normalised)
        return self._index_version + hmac.digest(self._index_secret, message, hashlib.sha256)


_vault: Vault | None = None


def set_vault(vault: Vault) -> None:
    """Make this the vault of the process; called once, at its start."""
    global _vault
    _vault = vault


def vault() -> Vault:
    """Return the vault of the process."""
    if _vault is None:
        raise RuntimeError("no vault yet: call set_vault at the start of the process")
    return _vault


def normalise_id_number(text: str) -> str:
    """Return the spelling an ID number is looked up by: half width, no spaces or hyphens, upper case."""
    return _SPACES_AND_HYPHENS.sub("", unicodedata.normalize("NFKC", text)).upper()


def normalise_account(text: str) -> str:
    """Return the spelling an account number is looked up by: half width, no spaces or hyphens, upper case."""
    return _SPACES_AND_HYPHENS.sub("", unicodedata.normalize("NFKC", text)).upper()


def mask_id_number(text: str) -> str:
    """Show the first three and last two characters: 330********12."""
    return _mask(text, shown_first=3, shown_last=2)


def mask_account(text: str) -> str:
    """Show the last four characters, as bank cards are printed: ****1234."""
    return "****" + text[-4:] if len(text) > 8 else "****"


def mask_name(text: str) -> str:
    """Show the first character: the family name of a Chinese name, an initial elsewhere."""
    return text[:1] + "**"


def _derive(secret: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"livefreeze " + purpose).derive(secret)


def _place(table: str, column: str, row: str, key: int) -> bytes:
    return _framed(table, column, row, str(key))


def _framed(*parts: str) -> bytes:
    """Join texts so that no two lists of them look alike: each behind its length."""
    return b"".join([b"%d:%b" % (len(part), part) for part in map(str.encode, parts)])


def _mask(text: str, *, shown_first: int, shown_last: int) -> str:
    hidden = len(text) - shown_first - shown_last
    if hidden < shown_first + shown_last:  # too short: what is left would tell most of it
        return "*" * len(text)
    return text[:shown_first] + "*" * hidden + text[-shown_last:]
