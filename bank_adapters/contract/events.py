"""What a bank reports: bookings, receipts, the fate of transfers. One call carries up to 5,000 events."""

from collections.abc import Iterable
from typing import Annotated, Any, ClassVar, Literal

from bank_adapters.contract.calls import FromBank, amount_without_currency
from bank_adapters.contract.errors import EventInvalid, FieldError, MessageInvalid, missing
from bank_adapters.contract.inquiry_events import INQUIRY_EVENTS, InquiryEvent
from bank_adapters.contract.kinds import Many
from bank_adapters.contract.message import OneOf, Struct, UpTo, struct
from bank_adapters.contract.vocabulary import (
    Account,
    Amount,
    Balance,
    Channel,
    Count,
    Currency,
    Instant,
    Name,
    OrderId,
    Reference,
    Sentence,
    TransferId,
)

EVENTS_COUNT_MAX = 5_000
PRIOR_HOLDS_COUNT_MAX = 100


@struct
class Event(Struct):
    """What every event carries."""

    event_id: Annotated[Reference, "the bank's own id of the event; sent again, it counts once"]
    account: Account
    happened_at: Annotated[Instant, "when it happened, by the bank's clock; decides the allowance period"]


@struct
class Booking(Event):
    """An event that may name its booking, so that cash that is told twice counts once."""

    sequence: Annotated[Count, "the bank's running number of bookings on this account"] | None = None
    transaction_reference: Annotated[Reference, "the booking, unique per account"] | None = None


@struct
class AmountBooked(Booking):
    """A booking of an amount."""

    amount: Amount
    currency: Currency
    balance_after: Annotated[Balance, "the booked balance after it, as the bank sees it"] | None = None


@struct
class PriorHold(Struct):
    """A freeze that stands before ours, of somebody outside this system."""

    holder: Name
    amount: Amount


@struct
class FreezeReceipt(Event):
    """The bank's answer to `freeze.placed`, with the balance from which our books start."""

    type: ClassVar[str] = "freeze.receipt"
    order: Annotated[OrderId, "the order as in freeze.placed"]
    result: Literal["accepted", "partial", "refused"]
    balance: Annotated[Balance, "the booked balance at as_of; not needed if refused"] | None = None
    currency: Annotated[Currency, "not needed if refused"] | None = None
    as_of: Annotated[Instant, "the moment of balance; not needed if refused"] | None = None
    sequence: Annotated[Count, "the number of the last booking that is in balance"] | None = None
    prior_holds: Annotated[tuple[PriorHold, ...], UpTo(PRIOR_HOLDS_COUNT_MAX)] | None = None
    why: Annotated[Sentence, "why it was refused or only accepted in part"] | None = None

    def contradictions(self) -> Iterable[FieldError]:
        """A freeze that stands needs the balance it stands on."""
        if self.result != "refused":
            for name in ("balance", "currency", "as_of"):
                if getattr(self, name) is None:
                    yield missing(name)


@struct
class CreditPosted(AmountBooked):
    """Money came in."""

    type: ClassVar[str] = "credit.posted"
    income: Literal["salary", "pension", "benefit", "maintenance", "own_transfer", "other"]
    payer: Name | None = None


@struct
class CreditReversed(AmountBooked):
    """A credit was recalled, such as a salary paid by mistake."""

    type: ClassVar[str] = "credit.reversed"
    reverses: Annotated[Reference, "transaction_reference of the credit"] | None = None


@struct
class DebitPosted(AmountBooked):
    """Money went out by other ways than a withdrawal that we approved or a transfer that we instructed."""

    type: ClassVar[str] = "debit.posted"
    kind: Annotated[
        Literal["bank_charge", "correction", "other_authority", "customer"],
        "customer: the debtor took it, so it counts against the allowance",
    ]


@struct
class WithdrawalReversed(Booking):
    """A captured withdrawal was undone: the cash came back."""

    type: ClassVar[str] = "withdrawal.reversed"
    reference: Annotated[Reference, "the bank's name for the withdrawal"]
    amount: Amount
    currency: Currency


@struct
class WithdrawalStandIn(Booking):
    """The bank paid without asking us, because we could not be reached."""

    type: ClassVar[str] = "withdrawal.stand_in"
    amount: Amount
    currency: Currency
    channel: Channel
    grant: Annotated[Reference, "the grant under which it was paid"] | None = None


@struct
class WithdrawalStatus(Booking):
    """The bank's answer to `withdrawal.queried`: was it paid?"""

    type: ClassVar[str] = "withdrawal.status"
    reference: Annotated[Reference, "the bank's name for the withdrawal"]
    status: Literal["paid", "not_paid"]
    amount: Annotated[Amount, "what was paid; left out, all that was approved"] | None = None
    currency: Annotated[Currency, "goes with amount"] | None = None

    def contradictions(self) -> Iterable[FieldError]:
        """An amount without its currency says nothing."""
        return amount_without_currency(self.amount, self.currency)


@struct
class TransferEvent(Booking):
    """What became of one transfer of `transfer.instructed`."""

    transfer: Annotated[TransferId, "the transfer as in transfer.instructed"]
    amount: Amount
    currency: Currency


@struct
class TransferSettled(TransferEvent):
    """The case fund has the money."""

    type: ClassVar[str] = "transfer.settled"


@struct
class TransferFailed(TransferEvent):
    """The transfer was not made; the money is on the account."""

    type: ClassVar[str] = "transfer.failed"
    why: Sentence | None = None


@struct
class TransferReturned(TransferEvent):
    """The transfer was made and came back; the money is on the account again."""

    type: ClassVar[str] = "transfer.returned"
    why: Sentence | None = None


EVENTS = (
    FreezeReceipt,
    CreditPosted,
    CreditReversed,
    DebitPosted,
    WithdrawalReversed,
    WithdrawalStandIn,
    WithdrawalStatus,
    TransferSettled,
    TransferFailed,
    TransferReturned,
    *INQUIRY_EVENTS,
)


class EventList(Many):
    """A list of events that stand or fall one by one: one that does not fit becomes its EventInvalid."""

    __slots__ = ()

    def read(self, raw: object) -> tuple[Event | InquiryEvent | EventInvalid, ...]:
        """The events and EventInvalid values in their order. Raises MessageInvalid only for the list itself."""
        return tuple(self._event(item) for item in self.counted(raw))

    def _event(self, raw: object) -> Event | InquiryEvent | EventInvalid:
        try:
            return self.item.read(raw)
        except MessageInvalid as invalid:
            return EventInvalid(invalid.errors, _event_id(raw))


@struct
class Events(FromBank):
    """One or many events. Each is applied, waits or is refused by itself; the answer is `events.applied`."""

    type: ClassVar[str] = "events"
    events: Annotated[
        tuple[Event | InquiryEvent | EventInvalid, ...],
        EventList(OneOf(*EVENTS), count_max=EVENTS_COUNT_MAX, count_min=1),
    ]


def _event_id(raw: Any) -> str | None:
    """The id of an event that does not fit, if at least that can be read."""
    event_id = raw.get("event_id") if isinstance(raw, dict) else None
    try:
        return _EVENT_ID.read(event_id)
    except MessageInvalid:
        return None


_EVENT_ID = Reference.__metadata__[0]
