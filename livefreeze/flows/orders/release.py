"""Release a freeze order by the court's will, whatever is still owed."""

from datetime import datetime

from sqlalchemy import Connection

from livefreeze.base.access import ORDER_WRITERS, Principal
from livefreeze.base.errors import Problem
from livefreeze.flows import order_end, proposals
from livefreeze.flows.orders import parties
from livefreeze.flows.proposals import Approval, Document, Prepared
from livefreeze.flows.transaction import transaction
from livefreeze.rules import fields
from livefreeze.rules.freeze import FreezeStatus, may_become
from livefreeze.store import audit
from livefreeze.store import engine as store_engine
from livefreeze.store.orders import StoredOrder
from livefreeze.store.proposals import Proposal

KIND = "order.release"
WRITERS = ORDER_WRITERS


def prepare(order_id: str, *, reason: object, principal: Principal) -> Prepared:
    """Write why an order is to end, for another person to approve. Raises Problem: NOT_FOUND, ORDER_STATE."""
    with transaction() as connection:
        now = store_engine.now(connection)
        order = parties.of_court(connection, principal.court_id, order_id)
        ending(order)
        document = {"kind": KIND, "order": order_id, "reason": fields.text(reason, "/reason")}
        return proposals.prepare(connection, document, subject_id=order_id, chain=parties.chain_of(order),
                                 principal=principal, recorded_at=now)


def change(connection: Connection, proposal: Proposal, document: object, *, recorded_at: datetime) -> Document:
    """Check an edited document. Raises Problem naming the field."""
    members = proposals.members(document, proposal.document, editable=("reason",))
    return {**members, "reason": fields.text(members["reason"], "/reason")}


def act(connection: Connection, approval: Approval) -> None:
    """The order's quota counts no more, and its banks block nothing for it. Raises Problem ORDER_STATE.

    One that no bank has answered yet is revoked; transfers on the way stay what they are.
    """
    locked = parties.lock(connection, approval.proposal.subject_id, recorded_at=approval.recorded_at)
    order, record = locked.order, locked.record
    status = ending(order)
    detail = approval.detail() | {"order": order.id, "before": order.status, "after": status}
    record.event(audit.case_chain(order.case_id), f"order.{status}", detail, actor=approval.actor,
                 authority=order.notice_number)
    order_end.end(record, order, status, reason=status.value, actor=approval.actor)


def ending(order: StoredOrder) -> FreezeStatus:
    """As what the order ends. Raises Problem ORDER_STATE for one that is not served or has ended."""
    status = FreezeStatus.REVOKED if order.status is FreezeStatus.PENDING else FreezeStatus.RELEASED
    if not may_become(order.status, status):
        raise Problem("ORDER_STATE", status=order.status)
    return status
