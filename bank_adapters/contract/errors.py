"""What does not fit in a message: each field with the reason and the remedy, in two languages."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from bank_adapters.errors import Refused

ERRORS_COUNT_MAX = 20  # a message of a million unknown fields gets an answer that a person can read

_NAME_THAT_MAY_BE_REPEATED = re.compile(r"[A-Za-z_]{1,40}")  # never digits: they could be an account number


@dataclass(frozen=True, slots=True)
class FieldError:
    """One field that does not fit. `pointer` is a JSON Pointer (RFC 6901) into the message or event."""

    pointer: str
    code: str
    reason: str
    reason_zh: str


class MessageInvalid(Refused):
    """A message that does not fit its description; `errors` has at least one entry."""

    def __init__(self, errors: Iterable[FieldError]) -> None:
        super().__init__(
            "MESSAGE_INVALID",
            "The message does not fit its description. Mend the fields listed in errors.",
            "报文不符合格式要求，请按 errors 所列字段修改。",
        )
        self.errors = tuple(errors)[:ERRORS_COUNT_MAX]

    def under(self, name: str | int) -> list[FieldError]:
        """The same errors, seen from the object or list that holds the value under this name."""
        return [replace(error, pointer=f"/{name}{error.pointer}") for error in self.errors]

    def __str__(self) -> str:
        """All errors in one line, for a log."""
        return "; ".join(f"{error.pointer} {error.code}: {error.reason}" for error in self.errors)


class EventInvalid(MessageInvalid):
    """One event of a batch that does not fit; the others stand. `event_id` is None if it cannot be read either."""

    def __init__(self, errors: Iterable[FieldError], event_id: str | None) -> None:
        super().__init__(errors)
        self.event_id = event_id


def misfit(code: str, reason: str, reason_zh: str, *, pointer: str = "") -> MessageInvalid:
    """A value that does not fit, seen from itself."""
    return MessageInvalid([FieldError(pointer, code, reason, reason_zh)])


def missing(name: str) -> FieldError:
    """A field that must stand in the message and does not."""
    return FieldError(
        f"/{name}", "FIELD_MISSING", f"The field {name} is missing. Add it.", f"缺少字段 {name}，请补上。"
    )


def unknown(name: str) -> FieldError:
    """A field that the message does not have. A name that could be personal data is not repeated."""
    if not _NAME_THAT_MAY_BE_REPEATED.fullmatch(name):
        return FieldError(
            "",
            "FIELD_UNKNOWN",
            "There is a field that this message does not have. Leave it out.",
            "报文含有未定义的字段，请删除。",
        )
    return FieldError(
        f"/{name}",
        "FIELD_UNKNOWN",
        f"This message has no field {name}. Leave it out or mend its name.",
        f"此报文没有字段 {name}，请删除或更正字段名。",
    )
