"""Amend a freeze order: the claim's quota is another one, on all accounts and banks of that claim."""

from datetime import datetime

from sqlalchemy import Connection

from livefreeze.base import money
from livefreeze.base.access import ORDER_WRITERS, Principal
from livefreeze.base.errors import Problem
from livefreeze.flows import order_end, proposals
from livefreeze.flows.orders import notices, parties
from livefreeze.flows.orders.parties import Locked
from livefreeze.flows.pointers import at
from livefreeze.flows.proposals import Approval, Document, Prepared
from livefreeze.flows.transaction import transaction
from livefreeze.rules import freeze
from livefreeze.rules.freeze import STANDING
from livefreeze.store import audit, cases, orders
from livefreeze.store import engine as store_engine
from livefreeze.store.cases import Claim
from livefreeze.store.orders import StoredOrder
from livefreeze.store.proposals import Proposal

KIND = "order.amend"
WRITERS = ORDER_WRITERS


def prepare(order_id: str, *, quota: object, principal: Principal) -> Prepared:
    """Write another quota for another person to approve.

    Raises Problem: NOT_FOUND, ORDER_STATE, AMOUNT_INVALID, QUOTA_BELOW_SETTLED.
    """
    with transaction() as connection:
        now = store_engine.now(connection)
        order = parties.of_court(connection, principal.court_id, order_id)
        claim = _claim(connection, order)
        target_minor = _target(quota, claim)
        refuse(order, claim, target_minor)
        document = {"kind": KIND, "order": order_id, "currency": claim.currency,
                    "quota": money.format_amount(target_minor, claim.currency)}
        return proposals.prepare(connection, document, subject_id=order_id, chain=parties.chain_of(order),
                                 principal=principal, recorded_at=now)


def change(connection: Connection, proposal: Proposal, document: object, *, recorded_at: datetime) -> Document:
    """Check an edited document. Raises Problem as `prepare` does."""
    members = proposals.members(document, proposal.document, editable=("quota",))
    order = parties.of_court(connection, proposal.court_id, proposal.subject_id)
    claim = _claim(connection, order)
    target_minor = _target(members["quota"], claim)
    refuse(order, claim, target_minor)
    return {**members, "quota": money.format_amount(target_minor, claim.currency)}


def act(connection: Connection, approval: Approval) -> None:
    """The claim has another target and ceiling, its banks another amount to block; met, its orders end.

    Raises Problem as `prepare` does: more may have settled since.
    """
    locked = parties.lock(connection, approval.proposal.subject_id, recorded_at=approval.recorded_at)
    target_minor = _target(approval.proposal.document["quota"], locked.claim)
    refuse(locked.order, locked.claim, target_minor)
    amended = locked.claim._replace(counters=freeze.amend(locked.claim.counters, target_minor))
    cases.amend_claim(connection, amended.id, amended.counters)
    _note(locked, amended, approval)
    if amended.counters.is_satisfied:
        order_end.end_all(locked.record, amended.id, actor=approval.actor)
    else:
        for order in orders.of_claim(connection, amended.id):
            if order.status in STANDING:
                _tell_banks(locked, order, amended, approval)
    locked.record.flush()


def _note(locked: Locked, amended: Claim, approval: Approval) -> None:
    order, before, after = locked.order, locked.claim.counters, amended.counters
    detail = approval.detail() | {
        "order": order.id, "claim": amended.id, "currency": amended.currency,
        "before": {"target_minor": before.target_minor, "quota_minor": before.quota_minor},
        "after": {"target_minor": after.target_minor, "quota_minor": after.quota_minor},
    }
    locked.record.event(audit.case_chain(order.case_id), "claim.amended", detail, actor=approval.actor,
                        authority=order.notice_number)


def _tell_banks(locked: Locked, order: StoredOrder, amended: Claim, approval: Approval) -> None:
    record = locked.record
    receipts = orders.receipts(record.connection, order.id)
    frozen = [account_id for account_id, receipt in receipts.items() if receipt != "refused"]
    for account_id in frozen:
        detail = approval.detail() | {"order": order.id, "target_minor": amended.counters.target_minor}
        record.event(audit.account_chain(account_id), "order.amended", detail, actor=approval.actor,
                     authority=order.notice_number)
    for message in notices.amended(record.connection, order.id, frozen, amended, at=record.recorded_at):
        record.message(message)


def _claim(connection: Connection, order: StoredOrder) -> Claim:
    return next(claim for claim in cases.claims(connection, order.case_id) if claim.id == order.claim_id)


def _target(quota: object, claim: Claim) -> int:
    with at("/quota"):
        return money.parse_positive(quota, claim.currency)


def refuse(order: StoredOrder, claim: Claim, target_minor: int) -> None:
    """Raise Problem ORDER_STATE or QUOTA_BELOW_SETTLED where the claim cannot get this target now."""
    if order.status not in STANDING:
        raise Problem("ORDER_STATE", status=order.status)
    if not freeze.may_amend(claim.counters, target_minor):
        settled = money.format_amount(claim.counters.settled_minor, claim.currency)
        raise Problem("QUOTA_BELOW_SETTLED", "/quota", settled=settled, currency=claim.currency)
