"""Passwords: which ones will do, and how they are kept (Argon2id, RFC 9106)."""

import re
import threading
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from livefreeze.base.errors import NotDecided, Problem

LENGTH_MIN = 12
LENGTH_MAX = 200
_AT_ONCE_MAX = 4  # each takes 64 MiB: more log-ins than these wait their turn
_WAIT_S = 10

#: What is guessed first (the shorter ones are refused for their length already).
_COMMON = frozenset("1q2w3e4r5t6y 1q2w3e4r5t6y7u zaq12wsxcde3 woaini1314520 q1w2e3r4t5y6".split())

#: What is left of the most common ones without their digits and signs: "Password2026!" is "password".
_COMMON_WORDS = frozenset("""
    a abc abcabc abcd abcdef abcdefg abcdefgh abcdefghij abcdefghijkl admin adminadmin administrator asdf asdfasdf
    asdfgh asdfghjkl changeme computer default dragon football freeze guest hello iloveyou iloveyouiloveyou letmein
    livefreeze login master monkey p pass passw passwd password passwordpassword princess qazwsx qazwsxedc qq qwe qweasd
    qweasdzxc qwer qwerty qwertyqwerty qwertyuiop qwertyuiopas root secret sunshine superman system test testtest user
    welcome welcomewelcome woaini woainiwoaini zaq zxcv zxcvbn zxcvbnm
""".split()) | {""}
_NO_LETTER = re.compile(r"[\W\d_]+")

_hasher = PasswordHasher()
_turns = threading.BoundedSemaphore(_AT_ONCE_MAX)


def use(hasher: PasswordHasher) -> None:
    """Work with this hasher from now on: tests take a cheap one."""
    global _hasher, _of_nobody
    _hasher, _of_nobody = hasher, hasher.hash("nobody")


def check_strength(password: str, login: str) -> None:
    """Raise Problem PASSWORD_WEAK unless the password is long and not the first that anybody would guess.

    NIST SP 800-63B, 5.1.1.2: length and a list of common ones, no rules about kinds of characters.
    """
    normalised = _normalised(password)
    lowered = normalised.lower()
    is_guessed = (lowered in _COMMON or _NO_LETTER.sub("", lowered) in _COMMON_WORDS or len(set(lowered)) < 4
                  or (len(login) > 3 and login.lower() in lowered))
    if not LENGTH_MIN <= len(normalised) <= LENGTH_MAX or is_guessed:
        raise Problem("PASSWORD_WEAK", "/password", length_min=LENGTH_MIN)


def hashed(password: str) -> str:
    """Return what is kept of the password. Raises NotDecided where too many log in at once."""
    with _turn():
        return _hasher.hash(_normalised(password))


def is_right(password: str, kept: str | None) -> bool:
    """Say whether the password is the one that is kept; without one it takes as long, and the answer is no.

    Raises NotDecided where too many log in at once.
    """
    with _turn():
        try:
            _hasher.verify(kept or _of_nobody, _normalised(password))
        except (VerifyMismatchError, InvalidHashError):
            return False
    return kept is not None


def is_dated(kept: str) -> bool:
    """Say whether it was hashed at another cost than new ones are."""
    return _hasher.check_needs_rehash(kept)


def _normalised(password: str) -> str:
    """One spelling of what different keyboards send (NIST SP 800-63B, 5.1.1.2); one far too long stays too long."""
    return unicodedata.normalize("NFKC", password[: 2 * LENGTH_MAX]).strip()


class _turn:
    """One of a few places among those who are having a password looked at."""

    def __enter__(self) -> None:
        if not _turns.acquire(timeout=_WAIT_S):
            raise NotDecided

    def __exit__(self, *error: object) -> None:
        _turns.release()


_of_nobody = _hasher.hash("nobody")
