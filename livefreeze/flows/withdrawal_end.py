"""How an approved withdrawal ends: captured, voided or reversed; used by the bank's calls, events and answers."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection

from livefreeze.base.errors import Problem
from livefreeze.flows import facts, periods
from livefreeze.rules import ledger
from livefreeze.rules.ledger import Paid, Transfer, TransferKind
from livefreeze.store import pools, withdrawals
from livefreeze.store.audit import account_chain
from livefreeze.store.pools import LockedPool
from livefreeze.store.record import Record
from livefreeze.store.withdrawals import StoredWithdrawal, TransferOfWithdrawal

OPEN = ("authorised", "queried")  # approved, and the bank has not yet told what became of it


class Taken(NamedTuple):
    """A withdrawal under the lock of its pool, and what is going to be written of it."""

    stored: StoredWithdrawal
    pool: LockedPool  # in its current period
    record: Record


def take(connection: Connection, bank_id: str, reference: str) -> Taken:
    """Lock the bank's withdrawal of this name. Raises Problem NOT_FOUND; another bank's does not exist for it."""
    stored = withdrawals.by_reference(connection, bank_id, reference)
    if stored is None:
        raise Problem("NOT_FOUND")
    pool = pools.lock(connection, [stored.pool_id])[stored.pool_id]
    pool = periods.roll(connection, pool, pool.read_at)
    stored = withdrawals.by_reference(connection, bank_id, reference)  # as it stands after the wait
    return Taken(stored, pool, Record(connection, pool.read_at, [pool.account(stored.account_id).head]))


def may_capture(stored: StoredWithdrawal) -> bool:
    """Whether the bank may still tell that it paid: once, before or after it told of a reversal."""
    return stored.status in OPEN or (stored.status == "reversed" and stored.captured_minor == 0)


def capture(record: Record, pool: LockedPool, stored: StoredWithdrawal, captured_minor: int, *, happened_at: datetime,
            transaction_reference: str | None, actor: str) -> None:
    """The bank paid this much of it. What is above the hold is a stand-in fact, with an alert for the court."""
    # The same cash may have been told as a debit before: it is counted there, so nothing was paid of the hold.
    is_told_here = facts.claim_transaction(record, stored.account_id, transaction_reference)
    if is_told_here and captured_minor > stored.amount_minor:
        facts.alert(record, pool, stored.account_id, "CAPTURED_ABOVE_APPROVED",
                    {"withdrawal": stored.id, "above_minor": captured_minor - stored.amount_minor})
    happened_period = periods.start_of(record.connection, pool, happened_at)
    if stored.status == "reversed":
        rows = ledger.capture_after_reverse(
            pool.place(stored.account_id), captured_minor=captured_minor if is_told_here else 0,
            assumed_minor=stored.amount_minor, paid=_paid(stored, _moved(record, stored)), withdrawal_id=stored.id,
            happened_period_start=happened_period,
        )
    elif is_told_here:
        rows = ledger.capture(
            pool.place(stored.account_id), captured_minor=captured_minor, held_minor=stored.amount_minor,
            from_held_minor=stored.from_held_minor, withdrawal_id=stored.id, period_start=stored.period_start,
            happened_period_start=happened_period,
        )
    else:
        rows = _hold_back(pool, stored)
    status = "reversed" if stored.status == "reversed" else "captured"
    _end(record, pool, stored, rows, "captured", happened_at, actor, status=status, captured_minor=captured_minor)


def void(record: Record, pool: LockedPool, stored: StoredWithdrawal, *, happened_at: datetime, actor: str) -> None:
    """It was not paid: the exact inverse of the hold, in the period of the hold."""
    _end(record, pool, stored, _hold_back(pool, stored), "voided", happened_at, actor, status="voided")


def reverse(record: Record, pool: LockedPool, stored: StoredWithdrawal, amount_minor: int, *, happened_at: datetime,
            transaction_reference: str | None, actor: str) -> None:
    """The cash came back. Told before the capture, all that was held counts as paid until the capture is told.

    Where nothing is left of what was paid, the bank contradicts itself: an alert, and the money counts only if
    it names its booking.
    """
    if not facts.claim_transaction(record, stored.account_id, transaction_reference):
        return
    place, moved, rows = pool.place(stored.account_id), _moved(record, stored), ()
    paid = _paid(stored, moved)
    if stored.status in OPEN:
        rows = ledger.capture(
            place, captured_minor=stored.amount_minor, held_minor=stored.amount_minor,
            from_held_minor=stored.from_held_minor, withdrawal_id=stored.id, period_start=stored.period_start,
            happened_period_start=stored.period_start,
        )
        paid = paid._replace(of_hold_minor=stored.amount_minor)
    elif not may_capture(stored) and _is_all_back(stored, paid, moved):
        facts.alert(record, pool, stored.account_id, "REVERSED_UNPAID",
                    {"withdrawal": stored.id, "status": stored.status, "amount_minor": amount_minor})
        if transaction_reference is None:
            return
    rows += ledger.reverse(place, amount_minor=amount_minor, paid=paid, withdrawal_id=stored.id)
    status = stored.status if stored.status in ("voided", "declined") else "reversed"
    _end(record, pool, stored, rows, "reversed", happened_at, actor, status=status)


def still_paid_minor(record: Record, stored: StoredWithdrawal) -> int:
    """How much of what was paid has not come back yet."""
    paid = _paid(stored, _moved(record, stored))
    return paid.of_hold_minor + paid.stand_in_minor


def _hold_back(pool: LockedPool, stored: StoredWithdrawal) -> tuple[Transfer, ...]:
    return (ledger.void(
        pool.place(stored.account_id), held_minor=stored.amount_minor, from_held_minor=stored.from_held_minor,
        withdrawal_id=stored.id, period_start=stored.period_start,
    ),)


def _end(record: Record, pool: LockedPool, stored: StoredWithdrawal, rows: tuple[Transfer, ...], told: str,
         happened_at: datetime, actor: str, *, status: str, captured_minor: int | None = None) -> None:
    for row in rows:
        record.transfer(row, happened_at=happened_at)
    record.event(account_chain(stored.account_id), f"withdrawal.{told}", {
        "withdrawal": stored.id, "reference": stored.reference, "before": stored.status, "after": status,
        "rows": [{"kind": row.kind, "amount_minor": row.amount_minor} for row in rows],
    }, actor=actor)
    record.flush()
    withdrawals.set_status(record.connection, stored.id, status, captured_minor=captured_minor)
    touched = [row.period_start for row in rows if row.period_start is not None]
    facts.recount(record, pool, min(touched, default=pool.period_start))


def _moved(record: Record, stored: StoredWithdrawal) -> list[TransferOfWithdrawal]:
    record.flush()
    return withdrawals.transfers(record.connection, stored.id)


def _paid(stored: StoredWithdrawal, moved: list[TransferOfWithdrawal]) -> Paid:
    """What the withdrawal still counts for: sums of its rows, so that parts may be reversed in any order."""
    stand_ins = [row for row in moved if row.kind == TransferKind.STAND_IN]
    of_hold_back = sum(row.amount_minor for row in moved if row.kind == TransferKind.REVERSE and not row.stand_in_minor)
    return Paid(
        of_hold_minor=_total(moved, TransferKind.CAPTURE) - of_hold_back,
        from_held_minor=sum(row.from_held_minor for row in moved),
        period_start=stored.period_start,
        stand_in_minor=sum(row.stand_in_minor for row in moved),
        stand_in_period_start=stand_ins[0].period_start if stand_ins else None,
        came_back_above_minor=_total(moved, TransferKind.CREDIT) - _total(moved, TransferKind.CREDIT_REVERSED),
    )


def _is_all_back(stored: StoredWithdrawal, paid: Paid, moved: list[TransferOfWithdrawal]) -> bool:
    came_back = _total(moved, TransferKind.REVERSE) + paid.came_back_above_minor
    return paid.of_hold_minor + paid.stand_in_minor == 0 and came_back >= stored.captured_minor


def _total(moved: list[TransferOfWithdrawal], kind: TransferKind) -> int:
    return sum(row.amount_minor for row in moved if row.kind == kind)
