"""The only place that asks what time it is.

There are two times. The business clock (`now`) is what money goes by: in which period a
withdrawal counts, when a sweep is due. In development it can be moved by a file, so that a demo
reaches the next payday in a second. The wall clock (`wall`) is for transport: signatures,
expiry of tokens, leases, waiting before a retry. Nothing ever moves it.
"""

import os
import re
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from livefreeze.base.errors import InstantInvalid

_RFC3339 = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,9})?"
    r"(?:Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])"
)
_STANDING_STILL = timedelta()

_clock_file: Path | None = None
_read_at_ns: int | None = None
_offset = _STANDING_STILL


def wall() -> datetime:
    """Return the real time, in UTC."""
    return datetime.now(UTC)


def wall_ms() -> int:
    """Return the real time in milliseconds since 1970, in UTC."""
    return time.time_ns() // 1_000_000


def stopwatch_s() -> float:
    """Return seconds from an unnamed beginning, for measuring how long something took."""
    return time.perf_counter()


def now() -> datetime:
    """Return the time that money goes by, in UTC: the real one, unless a clock file moves it."""
    if _clock_file is None:
        return datetime.now(UTC)
    return datetime.now(UTC) + offset()


def offset() -> timedelta:
    """Return how far the business clock is ahead of the real one. Raises ValueError on a damaged file."""
    global _read_at_ns, _offset
    if _clock_file is None:
        return _STANDING_STILL
    try:
        changed_at_ns = os.stat(_clock_file).st_mtime_ns
    except FileNotFoundError:
        return _STANDING_STILL
    if changed_at_ns != _read_at_ns:
        _offset = timedelta(seconds=float(_clock_file.read_text(encoding="ascii")))
        _read_at_ns = changed_at_ns
    return _offset


def set_clock_file(path: Path | str | None) -> None:
    """Let the business clock be moved by this file, or stand on the real time again with None.

    The file holds the seconds to add to the real time, as text. It is read anew when it changes, so
    change it by renaming a whole new file over it. A file that is not there yet moves nothing.
    Settings refuse one in production.
    """
    global _clock_file, _read_at_ns, _offset
    _clock_file = None if path is None else Path(path)
    _read_at_ns = None
    _offset = _STANDING_STILL


def move_to(instant: datetime) -> None:
    """Let the business clock show this aware instant now, by its file. Raises LookupError where no file moves it."""
    if _clock_file is None:
        raise LookupError("no clock file is set")
    write_clock_file(_clock_file, instant)


def write_clock_file(path: Path, instant: datetime) -> None:
    """Let every clock that this file moves show the instant now; from there they go on."""
    draft = path.with_name(path.name + ".new")
    draft.write_text(str(seconds_ahead(instant)), encoding="ascii")
    os.replace(draft, path)  # a reader finds the old text or the new one, never half of it


def seconds_ahead(instant: datetime) -> int:
    """Return by how many whole seconds the clock must be moved for it to be this instant now, rounded up."""
    return -((wall() - instant) // timedelta(seconds=1))


def parse_instant(text: object) -> datetime:
    """Return the instant of an RFC 3339 text, in UTC. Raises InstantInvalid; a zone is required.

    Digits beyond the microsecond are cut off: many systems write nanoseconds.
    """
    if not isinstance(text, str) or _RFC3339.fullmatch(text) is None:
        raise InstantInvalid
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):  # the 30th of February, the year 0
        raise InstantInvalid from None


def format_instant(instant: datetime) -> str:
    """Return an aware instant as text, always in UTC and always with six decimals."""
    if instant.tzinfo is None:
        raise ValueError("an instant without a zone is no instant")
    return instant.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"
