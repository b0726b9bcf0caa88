"""Ids that say what they name and sort by when they were made: `wdl_01k5…`.

A prefix, then a UUID of version 7 (RFC 9562) in Crockford's base 32, which has no letters that
are read for digits. Text order is time order, to the millisecond of the wall clock.
"""

import os
import re

from livefreeze.base import clock

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_PAIRS = tuple(high + low for high in _ALPHABET for low in _ALPHABET)
_SHIFTS = tuple(range(120, -1, -10))
_VERSION_AND_VARIANT = (7 << 76) | (2 << 62)
_RANDOM = ~((0xF << 76) | (3 << 62)) & ((1 << 80) - 1)
_BODY = re.compile(r"[0-7][0-9a-hjkmnp-tv-z]{25}")


def new(prefix: str) -> str:
    """Return a fresh id, such as `new("acc")` for an account."""
    number = clock.wall_ms() << 80 | int.from_bytes(os.urandom(10)) & _RANDOM | _VERSION_AND_VARIANT
    return prefix + "_" + "".join([_PAIRS[number >> shift & 1023] for shift in _SHIFTS])


def is_id(prefix: str, text: object) -> bool:
    """Say whether the value has the shape of an id with this prefix; not whether such a thing exists."""
    if not isinstance(text, str) or not text.startswith(prefix + "_"):
        return False
    return _BODY.fullmatch(text, len(prefix) + 1) is not None
