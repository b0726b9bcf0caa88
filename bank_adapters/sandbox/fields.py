"""Read the fields of a request strictly: wrong, missing and unknown ones are refused by name."""

import re
from datetime import datetime
from typing import Any

from bank_adapters.sandbox import clock, money
from bank_adapters.sandbox.refused import Refused

TEXT_LENGTH_MAX = 200
_REQUIRED: Any = object()


class Fields:
    """The fields of one JSON object, each asked for once."""

    def __init__(self, document: dict) -> None:
        self._left = dict(document)

    def text(self, name: str, *, default: Any = _REQUIRED, pattern: str = r"(?s).+") -> Any:
        """A text that fits the pattern as a whole, else Refused; `default` where the field is absent."""
        value = self._left.pop(name, None)
        if value is None and default is not _REQUIRED:
            return default
        if isinstance(value, str) and len(value) <= TEXT_LENGTH_MAX and re.fullmatch(pattern, value):
            return value
        raise Refused("FIELD_INVALID", field=name, wanted="a text" if pattern == r"(?s).+" else pattern)

    def choice(self, name: str, choices: tuple[str, ...], *, default: str) -> str:
        """One of the words given."""
        value = self._left.pop(name, None)
        value = default if value is None else value
        if value not in choices:
            raise Refused("FIELD_INVALID", field=name, wanted=" / ".join(choices))
        return value

    def amount(self, name: str, currency: str, *, default: Any = _REQUIRED, least: int = 1) -> Any:
        """Minor units of an amount written as text."""
        value = self._left.pop(name, None)
        if value is None and default is not _REQUIRED:
            return default
        return money.parse(value, currency, field=name, least=least)

    def flag(self, name: str) -> bool:
        """True or false; false where the field is absent."""
        value = self._left.pop(name, None)
        if value is not None and not isinstance(value, bool):
            raise Refused("FIELD_INVALID", field=name, wanted="true or false")
        return bool(value)

    def reason(self, name: str, otherwise: str) -> str:
        """Why something is to happen: a text, or true for the usual one; empty where it is not to happen."""
        value = self._left.get(name)
        if value is None or isinstance(value, bool):
            return otherwise if self.flag(name) else ""
        return self.text(name)

    def number(self, name: str, *, default: float) -> float:
        """A number that is not negative."""
        value = self._left.pop(name, None)
        value = default if value is None else value
        if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
            raise Refused("FIELD_INVALID", field=name, wanted="a number from 0 on")
        return value

    def day_of_month(self, name: str) -> int:
        """A day from 1 to 31."""
        value = self._left.pop(name, None)
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 31:
            raise Refused("FIELD_INVALID", field=name, wanted="a day of the month, 1 to 31")
        return value

    def object(self, name: str) -> "Fields | None":
        """The fields of an object within; None where the field is absent."""
        value = self._left.pop(name, None)
        if value is not None and not isinstance(value, dict):
            raise Refused("FIELD_INVALID", field=name, wanted="an object")
        return None if value is None else Fields(value)

    def list(self, name: str) -> list:
        """A list of anything."""
        value = self._left.pop(name, None)
        if not isinstance(value, list):
            raise Refused("FIELD_INVALID", field=name, wanted="a list")
        return value

    def happened_at(self, bank_clock: clock.Clock) -> datetime:
        """The instant `happened_at`, else the opening of the day `on`, else now."""
        instant, day = self._left.pop("happened_at", None), self._left.pop("on", None)
        if instant is not None:
            return clock.parse_instant(instant, "happened_at")
        if day is not None:
            return bank_clock.opening(clock.parse_day(day, "on"))
        return bank_clock.now()

    def refuse_unknown(self) -> None:
        """Refuse the fields nobody asked for."""
        if self._left:
            raise Refused("FIELD_UNKNOWN", field=min(self._left))
