"""Facts that a bank reports: recorded as they come, never refused; what is odd about them becomes an alert."""

import json
from datetime import datetime

from sqlalchemy import Connection

from livefreeze.base import ids
from livefreeze.base.errors import Problem
from livefreeze.flows import periods
from livefreeze.store import orders, pools, transactions
from livefreeze.store import tables as t
from livefreeze.store.pools import LockedPool
from livefreeze.store.record import Record


def claim_transaction(record: Record, account_id: str, transaction_reference: str | None) -> bool:
    """Count the same cash once: False where another message has told of this booking before."""
    if transaction_reference is None:
        return True
    if transactions.is_claimed(record.connection, account_id, transaction_reference):
        return False
    return record.add_once(t.transaction_claim, {
        "account_id": account_id, "transaction_reference": transaction_reference, "recorded_at": record.recorded_at,
    })


def alert(record: Record, pool: LockedPool, account_id: str, kind: str, detail: dict, *,
          court_id: str | None = None) -> None:
    """Show this to a court, or to every court whose order took effect on the pool."""
    courts = [court_id] if court_id else orders.courts_of_pool(record.connection, pool.pool_id)
    for court_id in courts:
        record.add(t.alert, {
            "id": ids.new("alr"), "court_id": court_id, "bank_id": None, "account_id": account_id, "kind": kind,
            "document": json.dumps(detail, sort_keys=True), "recorded_at": record.recorded_at,
        })


def alert_of_bank(connection: Connection, bank_id: str, kind: str, detail: dict, *, recorded_at: datetime) -> None:
    """Show this to who looks after the link with the bank."""
    connection.execute(t.alert.insert().values(
        id=ids.new("alr"), court_id=None, bank_id=bank_id, account_id=None, kind=kind,
        document=json.dumps(detail, sort_keys=True), recorded_at=recorded_at,
    ))


def recount(record: Record, pool: LockedPool, since: datetime) -> None:
    """Count excess anew where a fact has changed the sums of a period that is over."""
    if since < pool.period_start:
        record.flush()
        fresh = pools.lock(record.connection, [pool.pool_id])[pool.pool_id]
        periods.recount(record.connection, fresh, since=since)


def refuse_other_currency(pool: LockedPool, currency: str, pointer: str) -> None:
    """Raise Problem CURRENCY_MISMATCH: an amount in another currency than the account's says nothing."""
    if currency != pool.currency:
        raise Problem("CURRENCY_MISMATCH", pointer, currency=pool.currency)
