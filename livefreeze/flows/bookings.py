"""Bookings of a bank that are no withdrawal: credits, recalled credits, debits by kind."""

from datetime import datetime

from bank_adapters.contract import CreditPosted, CreditReversed, DebitPosted
from livefreeze.flows import amounts, facts, stand_in
from livefreeze.rules import ledger
from livefreeze.rules.ledger import Transfer
from livefreeze.store.audit import account_chain
from livefreeze.store.pools import AccountRow, LockedPool
from livefreeze.store.record import Record


def credit(record: Record, pool: LockedPool, account_id: str, event: CreditPosted, *, actor: str) -> None:
    """Money came in."""
    amount_minor = _amount(pool, event)
    if counts(record, pool.account(account_id), event):
        row = ledger.credit(pool.place(account_id), amount_minor=amount_minor)
        _book(record, row, event, {"income": event.income}, actor=actor)


def credit_reversed(record: Record, pool: LockedPool, account_id: str, event: CreditReversed, *, actor: str) -> None:
    """Money that came in is recalled; a shortfall is a fact, not an error."""
    amount_minor = _amount(pool, event)
    if counts(record, pool.account(account_id), event):
        row = ledger.credit_reversed(pool.place(account_id), amount_minor=amount_minor)
        _book(record, row, event, {"reverses": event.reverses}, actor=actor)


def debit(record: Record, pool: LockedPool, account_id: str, event: DebitPosted, *, actor: str) -> LockedPool | None:
    """Money went out: a charge, a correction or another authority's debit; what the customer took is a stand-in."""
    if event.kind == "customer":
        return stand_in.paid(record, pool, account_id, event, actor=actor)
    amount_minor = _amount(pool, event)
    if counts(record, pool.account(account_id), event):
        row = ledger.debit(pool.place(account_id), amount_minor=amount_minor)
        _book(record, row, event, {"kind": event.kind}, actor=actor)
    return None


def counts(record: Record, account: AccountRow, event) -> bool:
    """Is this booking news: not part of the opening balance, and not told by another message before?"""
    if is_in_opening(account, event.sequence, event.happened_at):
        return False
    return facts.claim_transaction(record, account.account_id, event.transaction_reference)


def is_in_opening(account: AccountRow, sequence: int | None, happened_at: datetime) -> bool:
    """Was the booking part of the balance that the first receipt named? The bank's own numbering says it best."""
    if sequence is not None and account.opening_sequence is not None:
        return sequence <= account.opening_sequence
    return happened_at <= account.opening_as_of


def _amount(pool: LockedPool, event) -> int:
    facts.refuse_other_currency(pool, event.currency, "/currency")
    return amounts.positive(event)


def _book(record: Record, row: Transfer, event, detail: dict, *, actor: str) -> None:
    transfer_id = record.transfer(row, happened_at=event.happened_at)
    record.event(account_chain(row.account_id), event.type, {
        "transfer": transfer_id, "event": event.event_id, "amount_minor": row.amount_minor, "currency": row.currency,
        "balance_after": event.balance_after, **detail,
    }, actor=actor)
