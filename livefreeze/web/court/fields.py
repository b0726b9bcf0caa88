"""Fields of the court's API: the shapes that the bank contract publishes, ids, amounts, instants, pages."""

import re
from collections.abc import Sequence
from typing import Annotated, Any

from marshmallow import ValidationError, fields

from bank_adapters.contract import MessageInvalid, vocabulary
from bank_adapters.contract.kinds import Text
from livefreeze.base import clock
from livefreeze.base.errors import FieldError

PAGE_SIZE = 50
PAGE_SIZE_MAX = 200
AMOUNT_PATTERN = r"^(0|[1-9][0-9]{0,14})(\.[0-9]{1,3})?$"


class Shaped(fields.String):
    """Text of a kind that the bank contract publishes: what a court may write is what a bank can read."""

    def __init__(self, annotated: object, *, example: str | None = None, **options: Any) -> None:
        self.kind: Text = annotated.__metadata__[0]
        metadata = {"pattern": f"^{self.kind.pattern}$", "maxLength": self.kind.length_max,
                    "examples": [example or self.kind.example], **options.pop("metadata", {})}
        super().__init__(metadata=metadata, **options)

    def _deserialize(self, value: object, attr: str | None, data: object, **options: Any) -> str:
        try:
            return self.kind.read(value)
        except MessageInvalid as invalid:
            error = invalid.errors[0]
            raise ValidationError([FieldError("", "TEXT_INVALID", error.reason, error.reason_zh)]) from None


def shape(kind: Text) -> object:
    """A shape of our own, annotated as those of the contract are."""
    return Annotated[str, kind]


_ID_BODY = "[0-7][0-9a-hjkmnp-tv-z]{25}"


class Id(Shaped):
    """An id that we gave."""

    def __init__(self, prefix: str, what: str, what_zh: str, **options: Any) -> None:
        kind = Text(
            code="ID_INVALID", pattern=f"{prefix}_{_ID_BODY}", length_max=len(prefix) + 27,
            form=f"the id of {what}: {prefix}_ and 26 letters and digits",
            form_zh=f"{what_zh}编号：{prefix}_ 加 26 位字母或数字", example=f"{prefix}_01kkb5c8w0q3v7n2m4x6z8a9b1",
        )
        super().__init__(shape(kind), **options)


class Amount(fields.Raw):
    """An amount as text. It is read where its currency is known, by the one parser of amounts."""

    def __init__(self, description: str, *, example: str = "60000.00", **options: Any) -> None:
        super().__init__(**options, metadata={
            "type": "string", "pattern": AMOUNT_PATTERN, "examples": [example], "description": description
        })


class Verbatim(fields.Raw):
    """A value that the flow reads strictly itself; the page says what it takes."""

    def __init__(self, schema: dict[str, object], **options: Any) -> None:
        super().__init__(metadata=schema, **options)


class Figure(fields.String):
    """An amount in an answer."""

    def __init__(self, description: str, *, example: str = "8000.00", **options: Any) -> None:
        super().__init__(metadata={"description": description, "examples": [example]}, **options)


class Moment(fields.String):
    """An instant in an answer."""

    def __init__(self, description: str, **options: Any) -> None:
        metadata = {"description": description, "format": "date-time", "examples": ["2026-03-10T02:00:05.000000Z"]}
        super().__init__(metadata=metadata, **options)

    def _serialize(self, value: Any, attr: str | None, obj: Any, **options: Any) -> str | None:
        return None if value is None else clock.format_instant(value)


class OneOf(fields.String):
    """One of a few words."""

    def __init__(self, words: Sequence[str], **options: Any) -> None:
        self.words = words
        super().__init__(metadata={"enum": list(words)}, **options)

    def _deserialize(self, value: object, attr: str | None, data: object, **options: Any) -> str:
        if value not in self.words:
            raise ValidationError("CHOICE_UNKNOWN")
        return value


class TrueOrFalse(fields.Boolean):
    """`true` or `false`; no word, number or text stands for them."""

    def _deserialize(self, value: object, attr: str | None, data: object, **options: Any) -> bool:
        if not isinstance(value, bool):
            reason, reason_zh = "It must be true or false.", "须为 true 或 false。"
            raise ValidationError([FieldError("", "FIELD_INVALID", reason, reason_zh)])
        return value


class NumberOfQuery(fields.Integer):
    """A whole number in a query string, where everything is text, so that `strict` would refuse them all."""

    def __init__(self, number_min: int, number_max: int, description: str, **options: Any) -> None:
        self.number_min, self.number_max = number_min, number_max
        metadata = {"minimum": number_min, "maximum": number_max, "description": description}
        super().__init__(metadata=metadata, **options)

    def _deserialize(self, value: object, attr: str | None, data: object, **options: Any) -> int:
        is_number = isinstance(value, str) and re.fullmatch("0|[1-9][0-9]{0,14}", value)
        if is_number and self.number_min <= int(value) <= self.number_max:
            return int(value)
        span, span_zh = f"from {self.number_min} to {self.number_max}", f"{self.number_min} 至 {self.number_max}"
        reason = f"It must be a whole number {span}."
        raise ValidationError([FieldError("", "FIELD_INVALID", reason, f"须为 {span_zh} 的整数。")])


def currency(**options: Any) -> Shaped:
    """A currency by its code; whether it is known, the flow says."""
    return Shaped(vocabulary.Currency, **options)


def masked(description: str, example: str) -> fields.String:
    """Personal data in an answer, masked."""
    return fields.String(metadata={"description": f"{description}, masked", "examples": [example]})


def page_size() -> NumberOfQuery:
    """How many entries a page may have."""
    return NumberOfQuery(1, PAGE_SIZE_MAX, "how many entries at most", load_default=PAGE_SIZE)
