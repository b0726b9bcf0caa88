"""What a bank answers to an inquiry: accounts, freezes of others, history; and, later, a new account."""

from collections.abc import Iterable
from typing import Annotated, ClassVar, Literal

from bank_adapters.contract.errors import FieldError, missing
from bank_adapters.contract.message import Struct, UpTo, struct
from bank_adapters.contract.vocabulary import (
    Account,
    AmountOrZero,
    Balance,
    Branch,
    Count,
    CounterpartyAccount,
    Currency,
    Day,
    IdNumber,
    InquiryId,
    Instant,
    Name,
    PartNumber,
    Reference,
    Sentence,
)

ACCOUNTS_COUNT_MAX = 500
FREEZES_COUNT_MAX = 100
TRANSACTIONS_COUNT_MAX = 5_000

AccountKind = Literal["current", "savings", "term_deposit", "card", "wealth", "credit", "other"]
Income = Literal["salary", "pension", "benefit", "maintenance", "own_transfer", "other"]


@struct
class InquiryEvent(Struct):
    """What every event about an inquiry carries. It stands alone in its message."""

    event_id: Annotated[Reference, "the bank's own id of the event; sent again, it counts once"]
    happened_at: Annotated[Instant, "when the bank answered, by its clock"]
    inquiry: Annotated[InquiryId, "the inquiry as in inquiry.requested"]
    id_number: Annotated[IdNumber, "the identity number of the person whom this is about"]


@struct
class AnsweredFreeze(Struct):
    """A freeze that stands on the account; courts see of each other no more than this."""

    rank: Annotated[Count, "1 is the first in turn"]
    amount: AmountOrZero
    authority: Annotated[Name, "who froze it"]


@struct
class AnsweredAccount(Struct):
    """One account of the person."""

    account: Account
    kind: AccountKind
    currency: Currency
    balance: Annotated[Balance, "the booked balance at as_of"]
    opened_on: Day
    branch: Branch
    owners: Annotated[Count, "how many persons hold it together; left out, one"] | None = None
    freezes: Annotated[tuple[AnsweredFreeze, ...], UpTo(FREEZES_COUNT_MAX)] | None = None

    def contradictions(self) -> Iterable[FieldError]:
        """An account has an owner."""
        if self.owners == 0:
            yield FieldError("/owners", "FIELD_INVALID", "It must be 1 or more.", "应不小于 1。")


@struct
class Transaction(Struct):
    """One booking of a history."""

    date: Annotated[Day, "the day of booking, by the bank's calendar"]
    amount: Annotated[Balance, "with '-' before it where money went out"]
    sequence: Annotated[Count, "the bank's running number of bookings on this account"]
    balance_after: Annotated[Balance, "the booked balance after it"] | None = None
    counterparty: Annotated[Name, "the other side"] | None = None
    counterparty_account: CounterpartyAccount | None = None
    text: Annotated[Sentence, "what the booking says"] | None = None
    income: Annotated[Income, "where the bank knows what came in"] | None = None


@struct
class History(Struct):
    """Bookings of one account, by rising sequence; the account may stand in another part."""

    account: Account
    currency: Currency
    transactions: Annotated[tuple[Transaction, ...], UpTo(TRANSACTIONS_COUNT_MAX)]


@struct
class InquiryAnswered(InquiryEvent):
    """The bank's answer to `inquiry.requested`, or one part of it; parts may come in any order."""

    type: ClassVar[str] = "inquiry.answered"
    outcome: Literal["accounts", "no_such_person", "refused"]
    part: Annotated[PartNumber, "1, 2, ..."]
    parts: Annotated[PartNumber, "how many parts there are; one of them has to say it"] | None = None
    as_of: Annotated[Instant, "the moment of the balances; goes with accounts"] | None = None
    accounts: Annotated[tuple[AnsweredAccount, ...], UpTo(ACCOUNTS_COUNT_MAX)] | None = None
    histories: Annotated[tuple[History, ...], UpTo(ACCOUNTS_COUNT_MAX)] | None = None
    why: Annotated[Sentence, "why it was refused"] | None = None
    corrects: Annotated[Reference, "event_id of the part that this one replaces"] | None = None

    def contradictions(self) -> Iterable[FieldError]:
        """A part has its place among the parts; only an answer with accounts has any."""
        if self.parts is not None and self.parts < self.part:
            yield FieldError("/parts", "FIELD_INVALID", "It must not be below part.", "不得小于 part。")
        if self.outcome != "accounts":
            for name in ("accounts", "histories"):
                if getattr(self, name):
                    yield FieldError(f"/{name}", "FIELD_INVALID", "Only an answer with outcome accounts has it.",
                                     "仅 outcome 为 accounts 的答复可带此项。")
            if self.part > 1 or self.parts is None or self.parts > 1:
                yield FieldError("/parts", "FIELD_INVALID", "This answer is one part: part 1 of parts 1.",
                                 "此类答复只有一个部分：part 与 parts 均为 1。")
        if self.outcome == "refused" and self.why is None:
            yield missing("why")
        if self.accounts and self.as_of is None:
            yield missing("as_of")
        if self.corrects is not None and self.corrects == self.event_id:
            yield FieldError("/corrects", "FIELD_INVALID", "It must name an earlier event.", "应为先前事件的编号。")


@struct
class AccountOpened(InquiryEvent):
    """The person of a standing inquiry has opened an account."""

    type: ClassVar[str] = "account.opened"
    account: Account
    kind: AccountKind
    currency: Currency
    opened_on: Day
    branch: Branch


INQUIRY_EVENTS = (InquiryAnswered, AccountOpened)
