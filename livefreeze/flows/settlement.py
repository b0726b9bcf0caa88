"""What became of a transfer that we instructed: settled, failed, returned; and the freeze that lifts by itself."""

from bank_adapters.contract import TransferFailed, TransferReturned, TransferSettled
from livefreeze.base.errors import Problem
from livefreeze.flows import amounts, facts, order_end
from livefreeze.rules import ledger
from livefreeze.rules import sweep as rule_of_sweep
from livefreeze.rules.freeze import FreezeStatus
from livefreeze.rules.sweep import SweepStatus
from livefreeze.store import orders, pools, sweeps
from livefreeze.store.audit import account_chain
from livefreeze.store.pools import LockedPool
from livefreeze.store.record import Record

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
    record.event(account_chain(account_id), event.type, {
        "sweep": sweep.id, "claim": sweep.claim_id, "event": event.event_id, "amount_minor": amount_minor,
        "currency": event.currency, "before": sweep.status, "after": outcome.status,
    }, actor=actor)
    over_collected_before = orders.claim_counters(record.connection, sweep.claim_id).over_collected_minor
    if outcome.is_alert:
        facts.alert(record, pool, account_id, "TRANSFER_CONTRADICTED",
                    {"sweep": sweep.id, "status": sweep.status, "bank_says": reported})
    record.flush()
    if outcome.status != sweep.status:
        sweeps.set_status(record.connection, sweep.id, outcome.status, at=record.recorded_at)
    claim = orders.claim_counters(record.connection, sweep.claim_id)
    if claim.over_collected_minor > over_collected_before:
        facts.alert(record, pool, account_id, "OVER_COLLECTED",
                    {"claim": claim.id, "over_collected_minor": claim.over_collected_minor})
    _lift_when_met(record, claim)
    return pools.lock(record.connection, [pool.pool_id])[pool.pool_id]


def _lift_when_met(record: Record, claim) -> None:
    """The quota is met by money that arrived: every order of the claim ends, and its banks are told."""
    if claim.settled_minor < claim.target_minor:
        return
    for order in orders.live_of_claims(record.connection, [claim.id]):
        order_end.end(record, order, FreezeStatus.SATISFIED, reason="satisfied", actor="rule:quota met")
