"""The bank's two clocks: business time, which a demonstration may move, and the real time of transport."""

import re
import time as system_time
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bank_adapters.sandbox.refused import Refused

OPENING_HOUR = time(9, 0)  # when a booking dated by the day alone is said to have happened


class Clock:
    """Business time is the real time plus the signed number of seconds that `offset_file` holds."""

    def __init__(self, offset_file: Path | None = None, time_zone: str = "Asia/Shanghai") -> None:
        self._offset_file = offset_file
        self._zone = ZoneInfo(time_zone)

    def now(self) -> datetime:
        """Business time, aware, in UTC."""
        return self.wall() + self.offset()

    def wall(self) -> datetime:
        """Real time, aware, in UTC."""
        return datetime.now(UTC)

    def offset(self) -> timedelta:
        """How far business time is moved; nothing while the file is absent or empty."""
        if self._offset_file is None:
            return timedelta(0)
        try:
            return timedelta(seconds=float(self._offset_file.read_text() or 0))
        except FileNotFoundError:
            return timedelta(0)

    def day_of(self, instant: datetime) -> date:
        """The day on which the instant falls, by the bank's own zone."""
        return instant.astimezone(self._zone).date()

    def opening(self, day: date) -> datetime:
        """When the bank opens on that day, by its own zone."""
        return datetime.combine(day, OPENING_HOUR, self._zone)


def wall_s() -> float:
    """Real time as seconds since 1970, for what falls due."""
    return system_time.time()


def format_instant(instant: datetime) -> str:
    """An aware instant as RFC 3339 text in UTC with microseconds."""
    return instant.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def parse_instant(text: object, field: str) -> datetime:
    """An RFC 3339 instant with its zone. Raises Refused (FIELD_INVALID)."""
    try:
        instant = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        instant = None
    if instant is None or instant.tzinfo is None:
        raise Refused("FIELD_INVALID", field=field, wanted="an RFC 3339 time with a zone")
    return instant


def parse_day(text: object, field: str) -> date:
    """A day such as 2026-03-10. Raises Refused (FIELD_INVALID)."""
    if not isinstance(text, str) or re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) is None:
        raise Refused("FIELD_INVALID", field=field, wanted="a day such as 2026-03-10")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused("FIELD_INVALID", field=field, wanted="a day of the calendar") from None
