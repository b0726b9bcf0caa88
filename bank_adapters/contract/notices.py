"""What we tell a bank to do: block, change, lift, say whether it paid, transfer, answer an inquiry."""

from typing import Annotated, ClassVar, Literal

from bank_adapters.contract.answers import ToBank
from bank_adapters.contract.message import Struct, UpTo, struct
from bank_adapters.contract.vocabulary import (
    Account,
    Amount,
    AmountOrZero,
    Currency,
    Day,
    IdNumber,
    InquiryId,
    Instant,
    MessageId,
    Name,
    Number,
    OrderId,
    Reference,
    TransferId,
)

TRANSFERS_COUNT_MAX = 5_000


@struct
class Notice(ToBank):
    """What we send of our own accord carries this. Any 2xx acknowledges it; results come as events."""

    message_id: Annotated[MessageId, "the webhook-id, the same on each attempt"] | None = None


@struct
class Court(Struct):
    """The court on whose authority the bank acts."""

    code: Reference
    name: Name


@struct
class FreezePlaced(Notice):
    """Block this account up to the amount named. The bank answers with the event `freeze.receipt`."""

    type: ClassVar[str] = "freeze.placed"
    order: OrderId
    notice_number: Annotated[Number, "the notice of assistance"]
    case_number: Number
    court: Court
    account: Account
    name: Annotated[Name, "the debtor"]
    id_number: Annotated[IdNumber, "the debtor's identity number"]
    quota: AmountOrZero
    currency: Currency
    block_up_to: Annotated[AmountOrZero, "block at most this; what we approve is paid out of it"]
    happened_at: Annotated[Instant, "when the court served it"]


@struct
class FreezeAmended(Notice):
    """The quota of an order is another one now."""

    type: ClassVar[str] = "freeze.amended"
    order: OrderId
    account: Account
    quota: AmountOrZero
    currency: Currency
    block_up_to: AmountOrZero
    happened_at: Instant


@struct
class FreezeReleased(Notice):
    """The order has ended: block nothing for it."""

    type: ClassVar[str] = "freeze.released"
    order: OrderId
    account: Account
    reason: Literal["released", "satisfied", "revoked"]
    happened_at: Instant


@struct
class WithdrawalQueried(Notice):
    """We approved it and heard nothing: was it paid? The bank answers with the event `withdrawal.status`."""

    type: ClassVar[str] = "withdrawal.queried"
    reference: Reference
    account: Account
    amount: Amount
    currency: Currency
    authorised_at: Instant


@struct
class Payee(Struct):
    """The registered case fund of the court."""

    bank: Annotated[Name, "the bank that keeps it"]
    account: Account
    name: Name


@struct
class Transfer(Struct):
    """One transfer. The bank makes it once, however often it is told."""

    transfer: TransferId
    account: Annotated[Account, "from this account"]
    amount: Amount
    currency: Currency
    to: Payee
    case_number: Number


@struct
class TransferInstructed(Notice):
    """Make these transfers. The bank answers each with `transfer.settled`, `.failed` or `.returned`."""

    type: ClassVar[str] = "transfer.instructed"
    transfers: Annotated[tuple[Transfer, ...], UpTo(TRANSFERS_COUNT_MAX, count_min=1)]
    happened_at: Instant


@struct
class InquiryRequested(Notice):
    """Say what you know of this person. The bank answers with the event `inquiry.answered`, in one or several parts."""

    type: ClassVar[str] = "inquiry.requested"
    inquiry: InquiryId
    case_number: Number
    court: Court
    name: Annotated[Name, "the debtor"]
    id_number: Annotated[IdNumber, "the debtor's identity number"]
    asks: Annotated[tuple[Literal["accounts", "freezes", "history"], ...], UpTo(3, count_min=1)]
    period_from: Annotated[Day, "the first day of the history"]
    period_to: Annotated[Day, "the last day of the history"]
    answer_by: Annotated[Instant, "a later answer counts, too, and is marked as late"]
    standing_until: Annotated[Instant, "until then tell each new account: `account.opened`"] | None = None
    happened_at: Annotated[Instant, "when the court asked"]


@struct
class InquiryReminded(Notice):
    """The answer to an inquiry is overdue. It is the same question, not a new one."""

    type: ClassVar[str] = "inquiry.reminded"
    inquiry: InquiryId
    answer_by: Annotated[Instant, "when it was due"]
    happened_at: Instant


@struct
class InquiryEnded(Notice):
    """A standing inquiry is over: tell no more of new accounts."""

    type: ClassVar[str] = "inquiry.ended"
    inquiry: InquiryId
    reason: Literal["claim_covered", "case_closed", "term_over", "ended_by_court"]
    happened_at: Instant


NOTICES = (FreezePlaced, FreezeAmended, FreezeReleased, WithdrawalQueried, TransferInstructed, InquiryRequested,
           InquiryReminded, InquiryEnded)
