"""What we say no with: one exception that carries its code, and the document it becomes (RFC 9457).

A refusal that a rule decides is a value, never an exception. `Problem` is for input and states
that stop a request: raise it anywhere, and the web answers with its document.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from livefreeze.base.words import PROBLEMS


@dataclass(frozen=True, slots=True)
class FieldError:
    """One field that is to blame: where it stands (a JSON pointer), and why in both languages."""

    pointer: str
    code: str
    reason: str
    reason_zh: str


class Problem(Exception):
    """Something a caller must mend or wait for; `code` names its words in `base.words`.

    `pointer` is the JSON pointer of the field to blame, `params` fill the sentence's braces.
    Several fields at once come as `errors`: see `invalid_fields`.
    """

    def __init__(
        self,
        code: str,
        pointer: str | None = None,
        *,
        errors: Sequence[FieldError] = (),
        retry_after_s: int | None = None,
        **params: object,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.words = PROBLEMS[code]
        self.pointer = pointer
        self.params = params
        self.retry_after_s = retry_after_s
        self._errors = tuple(errors)

    @property
    def status(self) -> int:
        """The HTTP status of the answer."""
        return self.words.status

    @property
    def detail(self) -> str:
        """What happened and what to do, in English."""
        return self._errors[0].reason if self._errors else self.words.sentence.format(**self.params)

    @property
    def detail_zh(self) -> str:
        """What happened and what to do, in Chinese."""
        return self._errors[0].reason_zh if self._errors else self.words.sentence_zh.format(**self.params)

    @property
    def errors(self) -> tuple[FieldError, ...]:
        """The fields to blame; empty where no single field is."""
        if self._errors or self.pointer is None:
            return self._errors
        return (FieldError(self.pointer, self.code, self.detail, self.detail_zh),)

    def at(self, pointer: str) -> "Problem":
        """Name the field to blame, which a caller may know and a parser cannot: `problem.at("/amount")`."""
        self.pointer = pointer
        return self

    def __str__(self) -> str:
        return f"{self.code}: {self.detail}"


class AmountInvalid(Problem):
    """Text that is no amount of the currency it came with."""

    def __init__(self, pointer: str | None = None, *, currency: str, digits: int) -> None:
        example = "2500." + "0" * digits if digits else "2500"
        super().__init__("AMOUNT_INVALID", pointer, currency=currency, digits=digits, example=example)


class CurrencyUnknown(Problem):
    """A currency code that this service does not know."""

    def __init__(self, pointer: str | None = None) -> None:
        super().__init__("CURRENCY_UNKNOWN", pointer)


class InstantInvalid(Problem):
    """Text that is no point in time with its zone."""

    def __init__(self, pointer: str | None = None) -> None:
        super().__init__("INSTANT_INVALID", pointer)


class MessageReused(Problem):
    """A message id that was used before, for another body."""

    def __init__(self, message_id: str) -> None:
        super().__init__("MESSAGE_REUSED", message_id=message_id)


class NotDecided(Problem):
    """Nothing was decided and nothing claimed; the same request may be sent again."""

    def __init__(self, *, retry_after_s: int = 1) -> None:
        super().__init__("NOT_DECIDED", retry_after_s=retry_after_s)


def invalid_fields(errors: Sequence[FieldError]) -> Problem:
    """Return the one problem that blames all these fields; its code and detail are the first one's."""
    return Problem(errors[0].code, errors=errors)


def as_document(problem: Problem) -> dict[str, object]:
    """Return the problem as the JSON object that we answer with, as a response or among a batch's results."""
    document: dict[str, object] = {
        "type": "urn:livefreeze:problem:" + problem.code.lower().replace("_", "-"),
        "title": problem.words.title,
        "title_zh": problem.words.title_zh,
        "status": problem.status,
        "code": problem.code,
        "detail": problem.detail,
        "detail_zh": problem.detail_zh,
    }
    if problem.errors:
        document["errors"] = [
            {
                "pointer": error.pointer,
                "code": error.code,
                "reason": error.reason,
                "reason_zh": error.reason_zh,
            }
            for error in problem.errors
        ]
    return document
