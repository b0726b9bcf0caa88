"""Which event of a bank goes to which flow: one table."""

from collections.abc import Callable

from bank_adapters.contract import (
    CreditPosted,
    CreditReversed,
    DebitPosted,
    Event,
    FreezeReceipt,
    TransferFailed,
    TransferReturned,
    TransferSettled,
    WithdrawalReversed,
    WithdrawalStandIn,
    WithdrawalStatus,
)
from livefreeze.flows import bookings, receipt, settlement, stand_in, withdrawal_news
from livefreeze.store.booked import Booked
from livefreeze.store.pools import AccountRow, LockedPool
from livefreeze.store.record import Record

Flow = Callable[..., LockedPool | None]

FLOWS: dict[type[Event], Flow] = {
    FreezeReceipt: receipt.received,
    CreditPosted: bookings.credit,
    CreditReversed: bookings.credit_reversed,
    DebitPosted: bookings.debit,
    WithdrawalReversed: withdrawal_news.reversed_,
    WithdrawalStandIn: stand_in.paid,
    WithdrawalStatus: withdrawal_news.status,
    TransferSettled: settlement.settled,
    TransferFailed: settlement.failed,
    TransferReturned: settlement.returned,
}


def must_wait(account: AccountRow, event: Event) -> bool:
    """Until the first receipt has named a balance, facts about the account wait; only a receipt may come."""
    return account.opened_at is None and not isinstance(event, FreezeReceipt)


def apply(record: Record, locked: dict[str, LockedPool], account: Booked, event: Event, *, actor: str) -> None:
    """Hand the event to its flow, which records it or raises a Problem before it has written anything.

    A flow that changes the pool itself returns it as it is then.
    """
    changed = FLOWS[type(event)](record, locked[account.pool_id], account.account_id, event, actor=actor)
    if changed is not None:
        locked[account.pool_id] = changed
