"""Events that came before the account's first receipt: applied once it has named a balance."""

from datetime import datetime

from bank_adapters import strict_json
from bank_adapters.contract import EVENTS, Event, parse
from livefreeze.base.errors import Problem, as_document
from livefreeze.flows import answers, facts, inbound, periods
from livefreeze.flows.one_by_one import one_by_one
from livefreeze.flows.transaction import transaction
from livefreeze.store import banks, booked, events, pools
from livefreeze.store.booked import Booked
from livefreeze.store.events import EventClaim
from livefreeze.store.pools import LockedPool
from livefreeze.store.record import Record

NEVER_NUMBERED = float("inf")


def let_in(record: Record, locked: dict[str, LockedPool], account: Booked, *, actor: str) -> None:
    """Apply what waits for this account, if it is open now, in the order of the bank's bookings."""
    row = locked[account.pool_id].account(account.account_id)
    if row.opened_at is None:
        return
    record.flush()
    connection, bank_id = record.connection, row.bank_id
    waiting = events.waiting(connection, bank_id, booked.index_of(connection, account.account_id))
    digests = events.claims(connection, bank_id, waiting)
    bodies = (parse(strict_json.loads(one.body), *EVENTS) for one in waiting.values())
    told_by = record.message_id
    for event in sorted(bodies, key=_booking_order):
        record.message_id = waiting[event.event_id].message_id  # its own evidence, not that of the receipt
        outcome, problem = "applied", None
        try:
            inbound.apply(record, locked, account, event, actor=actor)
        except Problem as refused:  # its bank was told that it waits, so a person has to look
            outcome, problem = "refused", answers.dumps(as_document(refused)).decode()
            facts.alert(record, locked[account.pool_id], account.account_id, "WAITING_EVENT_REFUSED",
                        {"event": event.event_id, "code": refused.code})
        record.flush()
        claim = EventClaim(digests[event.event_id].digest, outcome, problem)
        events.end_waiting(connection, bank_id, event.event_id, claim, at=record.recorded_at)
    record.message_id = told_by


def run_due(at: datetime) -> int:
    """Let in what still waits for an account that is open; return for how many accounts.

    The receipt does it at once. Only an event that came for an account that nobody knew, in the very moment in
    which it became known and its receipt came, is left to this.
    """
    return one_by_one(events.accounts_waited_for, _let_in_late)


def _let_in_late(account_id: str) -> None:
    with transaction() as connection:
        account = booked.by_id(connection, account_id)
        locked = pools.lock(connection, [account.pool_id])
        pool = locked[account.pool_id]
        locked[account.pool_id] = periods.roll(connection, pool, pool.read_at)
        record = Record(connection, pool.read_at, [row.head for row in pool.accounts])
        bank = banks.code(connection, pool.account(account_id).bank_id)
        let_in(record, locked, account, actor=f"bank:{bank}")
        record.flush()


def _booking_order(event: Event) -> tuple[float, datetime, str]:
    sequence = getattr(event, "sequence", None)
    return (NEVER_NUMBERED if sequence is None else sequence, event.happened_at, event.event_id)
