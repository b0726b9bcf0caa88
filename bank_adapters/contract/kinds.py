"""What a field may hold. Each kind reads a JSON value strictly and writes it back.

A kind serves twice: `message.parse` reads by it, and `schemas` makes of it the marshmallow field from which
the OpenAPI document comes.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, ClassVar, Protocol

from bank_adapters.contract.errors import MessageInvalid, misfit

WHOLE_NUMBER_MAX = 2**53 - 1  # beyond it JavaScript, and so many a JSON reader, loses units


class Kind(Protocol):
    """What all kinds can do."""

    def read(self, raw: object) -> Any:
        """The value that this JSON value stands for. Raises MessageInvalid."""

    def write(self, value: Any) -> object:
        """The JSON value for a value."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text that a pattern fits from end to end; the pattern means the same in Python and in ECMAScript."""

    pattern: str
    length_max: int
    form: str  # completes "It must be ..."
    form_zh: str
    example: str
    code: str = "TEXT_INVALID"
    is_personal: bool = False  # then it stays out of repr, and so out of logs
    _compiled: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_compiled", re.compile(self.pattern))

    def read(self, raw: object) -> str:
        """The text as it came: nothing is trimmed or tidied."""
        if isinstance(raw, str) and len(raw) <= self.length_max and self._compiled.fullmatch(raw):
            return raw
        raise misfit(self.code, f"It must be {self.form}.", f"应为{self.form_zh}。")

    def write(self, value: str) -> str:
        """The text as it is."""
        return value


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words."""

    words: tuple[str, ...]

    def read(self, raw: object) -> str:
        """The word."""
        if isinstance(raw, str) and raw in self.words:
            return raw
        listed = ", ".join(self.words)
        raise misfit("CHOICE_UNKNOWN", f"It must be one of: {listed}.", f"只能是以下之一：{listed}。")

    def write(self, value: str) -> str:
        """The word."""
        return value


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment as RFC 3339 text with a zone; leap seconds and fractions below a nanosecond are refused."""

    pattern: ClassVar[str] = (
        r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
        r"(\.[0-9]{1,9})?(Z|[+\-]([01][0-9]|2[0-3]):[0-5][0-9])"
    )
    length_max: ClassVar[int] = 35
    example: ClassVar[str] = "2026-03-10T10:00:05+08:00"

    def read(self, raw: object) -> datetime:
        """The moment in UTC; what is finer than a microsecond is cut off."""
        if isinstance(raw, str) and _MOMENT.fullmatch(raw):
            try:
                return datetime.fromisoformat(raw).astimezone(UTC)
            except (ValueError, OverflowError):  # 30 February; beyond either end of the calendar
                pass
        raise misfit(
            "INSTANT_INVALID",
            f"It must be a date and time with a zone, such as {self.example}.",
            f"应为带时区的日期时间，例如 {self.example}。",
        )

    def write(self, value: datetime) -> str:
        """The moment in UTC, ending in Z."""
        return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


_MOMENT = re.compile(Moment.pattern)


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day of the calendar as text, without time or zone."""

    pattern: ClassVar[str] = r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
    length_max: ClassVar[int] = 10
    example: ClassVar[str] = "2026-03-10"

    def read(self, raw: object) -> date:
        """The day."""
        if isinstance(raw, str) and _DAY.fullmatch(raw):
            try:
                return date.fromisoformat(raw)
            except ValueError:  # 30 February; the year 0
                pass
        raise misfit("DAY_INVALID", f"It must be a day such as {self.example}.", f"应为日期，例如 {self.example}。")

    def write(self, value: date) -> str:
        """The day as text."""
        return value.isoformat()


_DAY = re.compile(CalendarDay.pattern)


@dataclass(frozen=True, slots=True)
class WholeNumber:
    """A count from 0 up, or from another least; never an amount of money."""

    number_max: int = WHOLE_NUMBER_MAX
    number_min: int = 0

    def read(self, raw: object) -> int:
        """The number; 12.0, "12" and true are refused."""
        if type(raw) is int and self.number_min <= raw <= self.number_max:
            return raw
        raise misfit(
            "FIELD_INVALID",
            f"It must be a whole number from {self.number_min} to {self.number_max}, written without quotes.",
            f"应为 {self.number_min} 至 {self.number_max} 的整数，不加引号。",
        )

    def write(self, value: int) -> int:
        """The number."""
        return value


@dataclass(frozen=True, slots=True)
class Nullable:
    """A value, or null where there is none."""

    kind: Kind

    def read(self, raw: object) -> Any:
        """None for null."""
        return None if raw is None else self.kind.read(raw)

    def write(self, value: Any) -> object:
        """Null for None."""
        return None if value is None else self.kind.write(value)


@dataclass(frozen=True, slots=True)
class Many:
    """A list of values of one kind."""

    item: Kind
    count_max: int
    count_min: int = 0

    def read(self, raw: object) -> tuple[Any, ...]:
        """The values in their order; all that is wrong with any of them is said at once."""
        values, errors = [], []
        for index, item in enumerate(self.counted(raw)):
            try:
                values.append(self.item.read(item))
            except MessageInvalid as invalid:
                errors += invalid.under(index)
        if errors:
            raise MessageInvalid(errors)
        return tuple(values)

    def write(self, value: tuple[Any, ...]) -> list[object]:
        """The list."""
        return [self.item.write(item) for item in value]

    def counted(self, raw: object) -> list[object]:
        """The list itself, if it is one of a length that is allowed. Raises MessageInvalid."""
        if not isinstance(raw, list):
            raise misfit("FIELD_INVALID", "It must be a list.", "应为列表。")
        if len(raw) > self.count_max:
            raise misfit(
                "LIST_TOO_LONG",
                f"It may have at most {self.count_max} entries. Send the others in another message.",
                f"最多 {self.count_max} 项，其余请另发报文。",
            )
        if len(raw) < self.count_min:
            raise misfit("FIELD_INVALID", f"It needs {self.count_min} or more.", f"至少 {self.count_min} 项。")
        return raw
