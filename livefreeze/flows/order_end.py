"""An order ends: satisfied by itself, released or revoked by the court. Its banks are told to block nothing for it."""

from bank_adapters.contract import FreezeReleased, dumps, to_document
from livefreeze.flows import rule_in_force
from livefreeze.rules.freeze import LIVE, STANDING, FreezeStatus
from livefreeze.store import accounts, banks, booked, orders
from livefreeze.store.audit import account_chain
from livefreeze.store.orders import StoredOrder
from livefreeze.store.outbox import Outgoing
from livefreeze.store.record import Record


def end(record: Record, order: StoredOrder, status: FreezeStatus, *, reason: str, actor: str) -> None:
    """Write the order's end and one message an account. The pool is locked; its quota falls at once.

    Transfers on the way stay what they are: a later failure gives back, a later settlement counts. Where it was
    the first order of its pool, the next one's rule follows.
    """
    for account_id, receipt in orders.receipts(record.connection, order.id).items():
        record.event(account_chain(account_id), f"order.{status}", {"order": order.id, "before": order.status},
                     actor=actor, authority=order.notice_number)
        if receipt == "refused":
            continue
        bank_id = booked.bank_of(record.connection, account_id)
        code = banks.code(record.connection, bank_id)
        notice = FreezeReleased(
            bank=code, audience=code, order=order.id, account=accounts.number(record.connection, account_id),
            reason=reason, happened_at=record.recorded_at,
        )
        record.message(Outgoing(bank_id, account_id, notice.type, dumps(to_document(notice))))
    record.flush()
    orders.set_status(record.connection, order.id, status, ended_at=record.recorded_at)
    rule_in_force.follow(record, order.pool_id)


def end_all(record: Record, claim_id: str, *, actor: str) -> None:
    """The claim is met: its orders that count are satisfied, and those that no bank has answered are revoked."""
    for order in orders.of_claim(record.connection, claim_id):
        if order.status in STANDING:
            status = FreezeStatus.SATISFIED if order.status in LIVE else FreezeStatus.REVOKED
            end(record, order, status, reason=status.value, actor=actor)
