"""Stand-in: the bank paid without asking us. Recorded whatever the allowance says, and shown to the court."""

from bank_adapters.contract import DebitPosted, Event, WithdrawalStandIn
from livefreeze.flows import amounts, bookings, facts, periods
from livefreeze.rules import ledger
from livefreeze.store.audit import account_chain
from livefreeze.store.pools import LockedPool
from livefreeze.store.record import Record


def paid(record: Record, pool: LockedPool, account_id: str, event: WithdrawalStandIn | DebitPosted, *,
         actor: str) -> None:
    """Count it in the period in which it happened; above the allowance, later periods pay it back."""
    facts.refuse_other_currency(pool, event.currency, "/currency")
    amount_minor = amounts.positive(event)
    if not bookings.counts(record, pool.account(account_id), event):
        return
    record_paid(record, pool, account_id, amount_minor, event, actor=actor)


def record_paid(record: Record, pool: LockedPool, account_id: str, amount_minor: int, event: Event, *, actor: str,
                withdrawal_id: str | None = None) -> None:
    """Write the row, its audit event and the alert for the court."""
    period_start = periods.start_of(record.connection, pool, event.happened_at)
    row = ledger.stand_in(pool.place(account_id), amount_minor=amount_minor, period_start=period_start,
                          withdrawal_id=withdrawal_id)
    transfer_id = record.transfer(row, happened_at=event.happened_at)
    record.event(account_chain(account_id), event.type, {
        "transfer": transfer_id, "event": event.event_id, "amount_minor": amount_minor, "currency": pool.currency,
    }, actor=actor)
    facts.alert(record, pool, account_id, "STAND_IN", {"transfer": transfer_id, "amount_minor": amount_minor})
    facts.recount(record, pool, period_start)
