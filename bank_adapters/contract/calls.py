"""What a bank asks while a debtor waits at the counter: authorise, capture, void."""

from collections.abc import Iterable
from typing import Annotated, ClassVar, Literal

from bank_adapters.contract.errors import FieldError, missing
from bank_adapters.contract.message import Struct, struct
from bank_adapters.contract.vocabulary import (
    Account,
    Amount,
    BankCode,
    Channel,
    Currency,
    IdentifiedBy,
    Instant,
    Reference,
    Sentence,
)


@struct
class FromBank(Struct):
    """What every message of a bank carries, so that it fits only its own address and direction."""

    bank: Annotated[BankCode, "the sender's code, as in the address"]
    audience: Annotated[Literal["livefreeze"], "for whom the message is"]


@struct
class WithdrawalAuthorise(FromBank):
    """May this be paid? Asked before the cash is handed out; the answer is `withdrawal.decided`."""

    type: ClassVar[str] = "withdrawal.authorise"
    reference: Annotated[Reference, "the bank's own name for this withdrawal, used only once"]
    account: Account
    amount: Amount
    currency: Currency
    channel: Annotated[Channel, "where the debtor stands; the freeze rule says which are allowed"]
    identified_by: Annotated[IdentifiedBy, "how the bank made sure who asks"]
    decide_by: Annotated[Instant, "after this moment the bank no longer waits for the answer"]
    happened_at: Annotated[Instant, "when the debtor asked, by the bank's clock"]


@struct
class WithdrawalCapture(FromBank):
    """The bank has paid: all that was approved, or the amount named."""

    type: ClassVar[str] = "withdrawal.capture"
    reference: Annotated[Reference, "the withdrawal, as in the address"]
    amount: Annotated[Amount, "what was paid; left out, all that was approved"] | None = None
    currency: Annotated[Currency, "goes with amount"] | None = None
    transaction_reference: Annotated[Reference, "the bank's booking, unique per account"] | None = None
    happened_at: Annotated[Instant, "when the cash was handed out"]

    def contradictions(self) -> Iterable[FieldError]:
        """An amount without its currency says nothing."""
        return amount_without_currency(self.amount, self.currency)


@struct
class WithdrawalVoid(FromBank):
    """The bank has not paid and will not: what was held goes back."""

    type: ClassVar[str] = "withdrawal.void"
    reference: Annotated[Reference, "the withdrawal, as in the address"]
    happened_at: Annotated[Instant, "when the bank gave it up"]
    why: Sentence | None = None


def amount_without_currency(amount: str | None, currency: str | None) -> Iterable[FieldError]:
    """The one of the two that is missing when the other stands there."""
    if amount is not None and currency is None:
        yield missing("currency")
    if currency is not None and amount is None:
        yield missing("amount")


CALLS = (WithdrawalAuthorise, WithdrawalCapture, WithdrawalVoid)
