"""How an approved withdrawal ends: captured, voided or reversed; used by the bank's calls, events and answers."""

from datetime import datetime

from livefreeze.flows import facts, periods
from livefreeze.rules import ledger
from livefreeze.rules.ledger import Paid, Transfer, TransferKind
from livefreeze.store import withdrawals
from livefreeze.store.audit import account_chain
from livefreeze.store.pools import LockedPool
from livefreeze.store.record import Record
from livefreeze.store.withdrawals import StoredWithdrawal, TransferOfWithdrawal


def capture(record: Record, pool: LockedPool, stored: StoredWithdrawal, captured_minor: int, *, happened_at: datetime,
            transaction_reference: str | None, actor: str) -> str:
    """The bank paid this much of it. What is above the hold is a stand-in fact, with an alert for the court."""
    if not facts.claim_transaction(record, stored.account_id, transaction_reference):
        # The same cash was told as a debit before: it is counted there, so the hold only goes back.
        return void(record, pool, stored, happened_at=happened_at, actor=actor, status="captured")
    happened_period = periods.start_of(record.connection, pool, happened_at)
    rows = ledger.capture(
        pool.place(stored.account_id), captured_minor=captured_minor, held_minor=stored.amount_minor,
        from_held_minor=stored.from_held_minor, withdrawal_id=stored.id, period_start=stored.period_start,
        happened_period_start=happened_period,
    )
    if captured_minor > stored.amount_minor:
        facts.alert(record, pool, stored.account_id, "CAPTURED_ABOVE_APPROVED",
                    {"withdrawal": stored.id, "above_minor": captured_minor - stored.amount_minor})
    _end(record, stored, rows, "captured", happened_at, actor, captured_minor=captured_minor)
    facts.recount(record, pool, min(stored.period_start, happened_period))
    return "captured"


def void(record: Record, pool: LockedPool, stored: StoredWithdrawal, *, happened_at: datetime, actor: str,
         status: str = "voided") -> str:
    """It was not paid: the exact inverse of the hold, in the period of the hold."""
    row = ledger.void(
        pool.place(stored.account_id), held_minor=stored.amount_minor, from_held_minor=stored.from_held_minor,
        withdrawal_id=stored.id, period_start=stored.period_start,
    )
    _end(record, stored, (row,), status, happened_at, actor)
    facts.recount(record, pool, stored.period_start)
    return status


def reverse(record: Record, pool: LockedPool, stored: StoredWithdrawal, amount_minor: int, *, happened_at: datetime,
            transaction_reference: str | None, actor: str) -> str:
    """The cash came back. Before the capture was told, the hold simply ends: the sum of both is the same."""
    if not facts.claim_transaction(record, stored.account_id, transaction_reference):
        return stored.status
    if stored.status in ("authorised", "queried") and amount_minor == stored.amount_minor:
        return void(record, pool, stored, happened_at=happened_at, actor=actor, status="reversed")
    record.flush()
    moved = withdrawals.transfers(record.connection, stored.id)
    rows = ledger.reverse(
        pool.place(stored.account_id), amount_minor=amount_minor, paid=_paid(stored, moved), withdrawal_id=stored.id
    )
    _end(record, stored, rows, "reversed", happened_at, actor)
    since = [row.period_start for row in rows if row.period_start is not None]
    facts.recount(record, pool, min(since, default=pool.period_start))
    return "reversed"


def _end(record: Record, stored: StoredWithdrawal, rows: tuple[Transfer, ...], status: str, happened_at: datetime,
         actor: str, *, captured_minor: int | None = None) -> None:
    for row in rows:
        record.transfer(row, happened_at=happened_at)
    record.event(account_chain(stored.account_id), f"withdrawal.{status}", {
        "withdrawal": stored.id, "reference": stored.reference, "before": stored.status,
        "rows": [{"kind": row.kind, "amount_minor": row.amount_minor} for row in rows],
    }, actor=actor)
    record.flush()
    withdrawals.set_status(record.connection, stored.id, status, captured_minor=captured_minor)


def _paid(stored: StoredWithdrawal, moved: list[TransferOfWithdrawal]) -> Paid:
    """What the withdrawal still counts for: sums of its rows, so that parts may be reversed in any order."""
    stand_ins = [row for row in moved if row.kind == TransferKind.STAND_IN]
    stand_in_left = sum(row.stand_in_minor for row in moved)
    given_back = sum(row.amount_minor for row in moved if row.kind == TransferKind.REVERSE and row.stand_in_minor == 0)
    captured = sum(row.amount_minor for row in moved if row.kind == TransferKind.CAPTURE)
    return Paid(
        of_hold_minor=captured - given_back, from_held_minor=sum(row.from_held_minor for row in moved),
        period_start=stored.period_start, stand_in_minor=stand_in_left,
        stand_in_period_start=stand_ins[0].period_start if stand_ins else None,
    )
