"""What we answer a bank's call: signed by us, and bound to the very request."""

from collections.abc import Iterable
from typing import Annotated, ClassVar, Literal

from bank_adapters.contract.errors import ERRORS_COUNT_MAX, FieldError
from bank_adapters.contract.events import EVENTS_COUNT_MAX
from bank_adapters.contract.message import ObjectOf, Struct, UpTo, struct
from bank_adapters.contract.vocabulary import (
    AmountOrZero,
    Balance,
    BankCode,
    Count,
    Currency,
    Digest,
    HttpStatus,
    Instant,
    MessageId,
    Pointer,
    ProblemType,
    Reference,
    Sentence,
    Sha256,
    WithdrawalId,
    Word,
)

EXPLANATION_STEPS_MAX = 100


@struct
class ToBank(Struct):
    """What every message to a bank carries."""

    bank: BankCode
    audience: Annotated[BankCode, "for whom the message is: the code of the bank"]

    def contradictions(self) -> Iterable[FieldError]:
        """A message about one bank is not for another."""
        if self.audience != self.bank:
            yield FieldError("/audience", "FIELD_INVALID", "It must be the same as bank.", "应与 bank 一致。")


@struct
class Receipt(Struct):
    """Where the event stands in our audit chain. A bank that keeps it can prove a later change."""

    chain: Reference
    seq: Count
    hash: Sha256


@struct
class Answer(ToBank):
    """What binds an answer to its request."""

    in_reply_to: Annotated[MessageId, "webhook-id of the request"]
    request_digest: Annotated[Digest, "of the exact bytes of the request's body"]
    audit: Receipt


@struct
class InTwoLanguages(Struct):
    """One sentence, in English and in Chinese."""

    en: Sentence
    zh: Sentence


@struct
class ExplanationStep(Struct):
    """One step by which a decision came about."""

    step: Sentence
    step_zh: Sentence
    amount: Balance | None
    source: Annotated[Sentence, "the law or order that gives the number"] | None


@struct
class WithdrawalDecided(Answer):
    """The decision on `withdrawal.authorise`. Pay only if it is approved and nothing in it surprises you."""

    type: ClassVar[str] = "withdrawal.decided"
    id: Annotated[WithdrawalId, "our name for the withdrawal"]
    reference: Reference
    decision: Literal["approved", "declined"]
    reason: Word
    reason_text: InTwoLanguages
    approved_amount: Annotated[AmountOrZero, "the whole amount, or zero"]
    currency: Currency
    allowance_left: Annotated[AmountOrZero, "until the next payday, after this decision"]
    spendable: Annotated[AmountOrZero, "what may still be taken now, after this decision"]
    expires_at: Annotated[Instant, "capture or void before; null if declined"] | None
    duration_ms: Count
    explanation: Annotated[tuple[ExplanationStep, ...], UpTo(EXPLANATION_STEPS_MAX)]


@struct
class WithdrawalState(Answer):
    """How a withdrawal stands: the answer to capture, void and asking."""

    type: ClassVar[str] = "withdrawal.state"
    id: WithdrawalId
    reference: Reference
    status: Literal["authorised", "captured", "voided", "queried", "reversed", "declined"]
    amount: AmountOrZero
    captured_amount: AmountOrZero
    currency: Currency
    allowance_left: AmountOrZero
    spendable: AmountOrZero


@struct
class ProblemField(Struct):
    """One field that is to blame."""

    pointer: Annotated[Pointer, "JSON Pointer into the message or event"]
    code: Word
    reason: Sentence
    reason_zh: Sentence


@struct
class Problem(Struct):
    """Why a request or event was refused (RFC 9457). Bound to its request if that was signed."""

    type: ProblemType
    title: Sentence
    title_zh: Sentence
    status: HttpStatus
    code: Word
    detail: Sentence
    detail_zh: Sentence
    errors: Annotated[tuple[ProblemField, ...], UpTo(ERRORS_COUNT_MAX)] | None = None
    bank: BankCode | None = None
    audience: BankCode | None = None
    in_reply_to: MessageId | None = None
    request_digest: Digest | None = None
    audit: Receipt | None = None


def parse_problem(document: object) -> Problem:
    """The problem that this JSON document holds. Raises MessageInvalid."""
    return ObjectOf(Problem).read(document)


@struct
class EventResult(Struct):
    """What became of one event."""

    event_id: Reference | None
    outcome: Annotated[Literal["applied", "waiting", "refused"], "waiting: kept until its account is known"]
    problem: Problem | None


@struct
class EventsApplied(Answer):
    """The answer to `events`: a result for each event, in the same order."""

    type: ClassVar[str] = "events.applied"
    results: Annotated[tuple[EventResult, ...], UpTo(EVENTS_COUNT_MAX)]


ANSWERS = (WithdrawalDecided, WithdrawalState, EventsApplied)
