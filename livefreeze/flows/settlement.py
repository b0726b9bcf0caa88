"""What became of a transfer that we instructed: settled, failed, returned; and the freeze that lifts by itself."""

from bank_adapters.contract import TransferFailed, TransferReturned, TransferSettled
from livefreeze.base.errors import Problem
from livefreeze.flows import amounts, facts, order_end
from livefreeze.rules import ledger
from livefreeze.rules import sweep as rule_of_sweep
from livefreeze.rules.freeze import LIVE
from livefreeze.rules.ledger import TransferKind
from livefreeze.rules.sweep import Outcome, SweepStatus
from livefreeze.store import orders, pools, sweeps
from livefreeze.store.audit import account_chain
from livefreeze.store.pools import LockedPool
from livefreeze.store.record import Record
from livefreeze.store.sweeps import StoredSweep

TransferEvent = TransferSettled | TransferFailed | TransferReturned


def settled(record: Record, pool: LockedPool, account_id: str, event: TransferSettled, *, actor: str) -> LockedPool:
    """The case fund has the money; when the claim is met, its orders end by themselves."""
    return _reported(record, pool, account_id, event, SweepStatus.SETTLED, actor=actor)


def failed(record: Record, pool: LockedPool, account_id: str, event: TransferFailed, *, actor: str) -> LockedPool:
    """The transfer was not made: the money is on the account again."""
    return _reported(record, pool, account_id, event, SweepStatus.FAILED, actor=actor)


def returned(record: Record, pool: LockedPool, account_id: str, event: TransferReturned, *, actor: str) -> LockedPool:
    """The transfer was made and came back."""
    return _reported(record, pool, account_id, event, SweepStatus.RETURNED, actor=actor)


def _reported(record: Record, pool: LockedPool, account_id: str, event: TransferEvent, reported: SweepStatus, *,
              actor: str) -> LockedPool:
    """Record it, in whatever order the reports come. Every pool of the claim is locked."""
    facts.refuse_other_currency(pool, event.currency, "/currency")
    amount_minor = amounts.positive(event)
    record.flush()
    sweep = sweeps.by_id(record.connection, event.transfer)
    if sweep is None or sweep.account_id != account_id:
        raise Problem("NOT_FOUND", "/transfer")
    if amount_minor != sweep.amount_minor:
        raise Problem("TRANSFER_AMOUNT_DIFFERS", "/amount")
    outcome = rule_of_sweep.after_fact(SweepStatus(sweep.status), reported)
    for kind in outcome.kinds:
        row = ledger.sweep_fact(kind, pool.place(account_id), amount_minor=amount_minor, claim_id=sweep.claim_id,
                                sweep_id=sweep.id)
        record.transfer(row, happened_at=event.happened_at)
    # Told as a debit or credit as well, the booking counts no second time.
    facts.claim_transaction(record, account_id, event.transaction_reference)
    record.event(account_chain(account_id), event.type, {
        "sweep": sweep.id, "claim": sweep.claim_id, "event": event.event_id, "amount_minor": amount_minor,
        "currency": event.currency, "before": sweep.status, "after": outcome.status,
    }, actor=actor)
    before = orders.claim_counters(record.connection, sweep.claim_id)
    record.flush()
    if outcome.status != sweep.status:
        sweeps.set_status(record.connection, sweep.id, outcome.status, at=record.recorded_at)
    after = orders.claim_counters(record.connection, sweep.claim_id)
    _show_the_court(record, pool, sweep, reported, outcome, over_collected_minor=max(
        0, after.over_collected_minor - before.over_collected_minor))
    if after.settled_minor >= after.target_minor:  # met by money that arrived: the freeze lifts by itself
        order_end.end_all(record, after.id, actor="rule:quota met")
    return pools.lock(record.connection, [pool.pool_id])[pool.pool_id]


def _show_the_court(record: Record, pool: LockedPool, sweep: StoredSweep, reported: SweepStatus, outcome: Outcome, *,
                    over_collected_minor: int) -> None:
    """What a person of the court that swept should look at."""
    order = orders.by_id(record.connection, sweep.order_id)
    told = {"sweep": sweep.id, "claim": sweep.claim_id, "amount_minor": sweep.amount_minor}

    def alert(kind: str, **detail: object) -> None:
        facts.alert(record, pool, sweep.account_id, kind, {**told, **detail}, court_id=order.court_id)

    if outcome.is_alert:
        alert("TRANSFER_CONTRADICTED", status=sweep.status, bank_says=reported)
    if over_collected_minor:
        alert("OVER_COLLECTED", over_collected_minor=over_collected_minor)
    if TransferKind.SWEEP_RETURNED in outcome.kinds and order.status not in LIVE:
        alert("RETURNED_UNFROZEN", order=order.id)
