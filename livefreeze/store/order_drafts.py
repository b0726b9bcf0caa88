"""Freeze orders before their service: prepared by one person, changed, and served once another approved."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, update
from sqlalchemy.exc import IntegrityError

from livefreeze.rules.freeze import FreezeStatus
from livefreeze.store.insert import insert_new
from livefreeze.store.tables import freeze_order, freeze_order_account


class Draft(NamedTuple):
    """An order that is not served yet."""

    id: str
    court_id: str
    case_id: str
    claim_id: str
    pool_id: str
    rule_id: str
    notice_number: str


def insert(connection: Connection, draft: Draft, *, recorded_at: datetime) -> bool:
    """Keep a prepared order; False where the court has used its notice number."""
    row = {**draft._asdict(), "status": FreezeStatus.PREPARED, "recorded_at": recorded_at}
    return insert_new(connection, freeze_order, row)


def change(connection: Connection, draft: Draft) -> bool:
    """Write rule and notice number anew; False where the court has used that number for another order."""
    values = {"rule_id": draft.rule_id, "notice_number": draft.notice_number}
    try:
        with connection.begin_nested():  # the transaction goes on where the database says no
            connection.execute(update(freeze_order).where(freeze_order.c.id == draft.id).values(**values))
    except IntegrityError:
        return False
    return True


def serve(connection: Connection, order_id: str, account_ids: Iterable[str]) -> None:
    """Name the accounts of an order and let it wait for the banks' receipts. Lock its pool before."""
    rows = [{"order_id": order_id, "account_id": account_id, "receipt": "waiting"} for account_id in account_ids]
    connection.execute(freeze_order_account.insert(), rows)
    connection.execute(
        update(freeze_order).where(freeze_order.c.id == order_id).values(status=FreezeStatus.PENDING)
    )


def revoke(connection: Connection, order_id: str, *, at: datetime) -> None:
    """End an order that was never served."""
    values = {"status": FreezeStatus.REVOKED, "ended_at": at}
    connection.execute(update(freeze_order).where(freeze_order.c.id == order_id).values(**values))
