"""What a bank reports of a withdrawal afterwards: reversed, or the answer to our question whether it was paid."""

from bank_adapters.contract import WithdrawalReversed, WithdrawalStatus
from livefreeze.base.errors import Problem
from livefreeze.flows import amounts, facts, stand_in, withdrawal_end
from livefreeze.rules import ledger
from livefreeze.store import withdrawals
from livefreeze.store.pools import LockedPool
from livefreeze.store.record import Record
from livefreeze.store.withdrawals import StoredWithdrawal


def reversed_(record: Record, pool: LockedPool, account_id: str, event: WithdrawalReversed, *, actor: str) -> None:
    """The cash came back after the capture, or before we heard of it."""
    facts.refuse_other_currency(pool, event.currency, "/currency")
    amount_minor = amounts.positive(event)
    stored = _of(record, pool, account_id, event.reference)
    withdrawal_end.reverse(record, pool, stored, amount_minor, happened_at=event.happened_at,
                           transaction_reference=event.transaction_reference, actor=actor)


def status(record: Record, pool: LockedPool, account_id: str, event: WithdrawalStatus, *, actor: str) -> None:
    """Paid: captured. Not paid: the hold goes back. A bank that contradicts itself is recorded, with an alert."""
    stored = _of(record, pool, account_id, event.reference)
    if event.status == "not_paid":
        if stored.status in withdrawal_end.OPEN:
            withdrawal_end.void(record, pool, stored, happened_at=event.happened_at, actor=actor)
        elif stored.status in ("captured", "reversed"):
            _contradiction(record, pool, stored, event.status)
        return
    amount_minor = stored.amount_minor
    if event.amount is not None:
        facts.refuse_other_currency(pool, event.currency, "/currency")
        amount_minor = amounts.positive(event)
    if withdrawal_end.may_capture(stored):
        withdrawal_end.capture(record, pool, stored, amount_minor, happened_at=event.happened_at,
                               transaction_reference=event.transaction_reference, actor=actor)
    elif stored.status in ("voided", "declined"):
        _paid_all_the_same(record, pool, stored, amount_minor, event, actor=actor)


def _of(record: Record, pool: LockedPool, account_id: str, reference: str) -> StoredWithdrawal:
    bank_id = pool.account(account_id).bank_id
    record.flush()
    stored = withdrawals.by_reference(record.connection, bank_id, reference)
    if stored is None or stored.account_id != account_id:
        raise Problem("NOT_FOUND", "/reference")
    return stored


def _paid_all_the_same(record: Record, pool: LockedPool, stored: StoredWithdrawal, amount_minor: int,
                       event: WithdrawalStatus, *, actor: str) -> None:
    """Paid though it was voided or declined: the cash is gone, so it counts like a stand-in, once."""
    rows = withdrawals.transfers(record.connection, stored.id)
    if any(row.kind == ledger.TransferKind.STAND_IN for row in rows):
        return
    if not facts.claim_transaction(record, stored.account_id, event.transaction_reference):
        return
    _contradiction(record, pool, stored, event.status)
    stand_in.record_paid(record, pool, stored.account_id, amount_minor, event, withdrawal_id=stored.id, actor=actor)


def _contradiction(record: Record, pool: LockedPool, stored: StoredWithdrawal, said: str) -> None:
    facts.alert(record, pool, stored.account_id, "WITHDRAWAL_CONTRADICTED",
                {"withdrawal": stored.id, "status": stored.status, "bank_says": said})
