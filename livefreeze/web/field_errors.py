"""What marshmallow found wrong, as the list of fields that a problem names.

A field of our own raises `ValidationError` with a code of `base.words`; marshmallow's own messages
are matched to one here, so that each field error has a code and both languages.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from livefreeze.base.errors import FieldError
from livefreeze.base.words import PROBLEMS

ERRORS_COUNT_MAX = 20  # an answer that a person can read, whatever was sent

_CODES = (
    (re.compile("Missing data for required field"), "FIELD_MISSING"),
    (re.compile("Unknown field"), "FIELD_UNKNOWN"),
    (re.compile("Must be one of"), "CHOICE_UNKNOWN"),
    (re.compile("Longer than|Shorter than|Length must be|String does not match"), "TEXT_INVALID"),
)
_TABLE_SAYS_IT_BETTER = {"FIELD_MISSING", "FIELD_UNKNOWN"}


def field_errors(messages: dict[str, object]) -> list[FieldError]:
    """Return marshmallow's messages, nested by location and field, as a flat list.

    A field of the body is named by its JSON pointer, a query parameter by `?` and its name.
    """
    found = [
        _error(pointer, message)
        for location, nested in messages.items()
        for pointer, message in _flatten(nested, "?" if location in ("query", "querystring") else "/")
    ]
    return found[:ERRORS_COUNT_MAX]


def _flatten(messages: object, prefix: str) -> Iterator[tuple[str, str | FieldError]]:
    """Yield (pointer, message); `prefix` is the pointer up to and with its last separator."""
    if isinstance(messages, dict):
        for name, nested in messages.items():
            if name == "_schema":  # the object as a whole is to blame
                yield from _flatten(nested, prefix)
            else:
                yield from _flatten(nested, f"{prefix}{_escaped(name)}/")
    elif isinstance(messages, list):
        for message in messages:
            yield from _flatten(message, prefix)
    else:
        yield prefix[:-1], messages if isinstance(messages, FieldError) else str(messages)


def _escaped(name: object) -> str:
    return str(name).replace("~", "~0").replace("/", "~1")


def _error(pointer: str, message: str | FieldError) -> FieldError:
    if isinstance(message, FieldError):  # a field that has its own words in both languages
        return replace(message, pointer=pointer)
    if message in PROBLEMS:
        return FieldError(pointer, message, PROBLEMS[message].sentence, PROBLEMS[message].sentence_zh)
    code = next((code for pattern, code in _CODES if pattern.match(message)), "FIELD_INVALID")
    words = PROBLEMS[code]
    return FieldError(pointer, code, words.sentence if code in _TABLE_SAYS_IT_BETTER else message, words.sentence_zh)
