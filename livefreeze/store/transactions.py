"""Bookings by the bank's own reference: the same cash is counted once."""

from sqlalchemy import Connection, select

from livefreeze.store.tables import transaction_claim


def is_claimed(connection: Connection, account_id: str, transaction_reference: str) -> bool:
    """Has any message told of this booking before?"""
    t = transaction_claim.c
    query = select(t.account_id).where(t.account_id == account_id, t.transaction_reference == transaction_reference)
    return connection.execute(query).first() is not None
