"""What every act on an order needs: the order of the court, its case's chain, the locks of its whole claim."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection

from livefreeze.base.errors import NotDecided, Problem
from livefreeze.flows.proposals import Chain
from livefreeze.store import audit, cases, claims, orders, pools
from livefreeze.store.cases import Claim
from livefreeze.store.orders import StoredOrder
from livefreeze.store.record import Record


class Locked(NamedTuple):
    """An order and its claim, which nobody else moves until the transaction ends."""

    order: StoredOrder
    claim: Claim
    record: Record


def of_court(connection: Connection, court_id: str, order_id: str) -> StoredOrder:
    """The court's order. Raises Problem NOT_FOUND, also for another court's."""
    order = orders.by_id(connection, order_id)
    if order is None or order.court_id != court_id:
        raise Problem("NOT_FOUND")
    return order


def chain_of(order: StoredOrder) -> Chain:
    """Acts on an order stand in its case's chain, on the authority of its notice."""
    return Chain(audit.case_chain(order.case_id), order.notice_number)


def lock(connection: Connection, order_id: str, *, recorded_at: datetime) -> Locked:
    """Lock every pool of the order's claim, their accounts, then the claim, and read the order as it is then.

    Raises NotDecided where an order on another pool joined the claim meanwhile.
    """
    order = orders.by_id(connection, order_id)
    locked = pools.lock(connection, claims.pools_of(connection, [order.claim_id]))
    claim = cases.lock_claim(connection, order.claim_id)
    if set(claims.pools_of(connection, [order.claim_id])) - locked.keys():
        raise NotDecided()
    heads = [account.head for pool in locked.values() for account in pool.accounts]
    return Locked(orders.by_id(connection, order_id), claim, Record(connection, recorded_at, heads))
