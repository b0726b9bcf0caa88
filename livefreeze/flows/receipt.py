"""The bank's receipt for a freeze order: the order takes effect, the account gets its opening balance."""

from bank_adapters.contract import FreezeReceipt
from livefreeze.base.errors import Problem
from livefreeze.flows import amounts, facts, rule_in_force
from livefreeze.flows.withdrawal import refuse_future
from livefreeze.rules import freeze, ledger
from livefreeze.rules.freeze import FreezeStatus, ReceiptResult
from livefreeze.store import booked, orders, pools
from livefreeze.store import tables as t
from livefreeze.store.audit import account_chain
from livefreeze.store.orders import StoredOrder
from livefreeze.store.pools import AccountRow, LockedPool
from livefreeze.store.record import Record


def received(record: Record, pool: LockedPool, account_id: str, event: FreezeReceipt, *, actor: str) -> LockedPool:
    """Record what the bank answered. Raises Problem: NOT_FOUND for an order that does not name this account,
    ORDER_STATE for one that is not waiting, CURRENCY_MISMATCH, INSTANT_IN_FUTURE."""
    order = _waiting_order(record, account_id, event)
    pool = pools.lock(record.connection, [pool.pool_id])[pool.pool_id]  # as the events before it left it
    account = pool.account(account_id)
    result = ReceiptResult(event.result)
    if result is not ReceiptResult.REFUSED:
        facts.refuse_other_currency(pool, event.currency, "/currency")
        refuse_future(event.as_of, "/as_of")  # or every booking until then would count as part of the balance
        balance_minor = amounts.balance(event)
        prior_holds = [
            (hold.holder, amounts.not_negative(hold.amount, event.currency, f"/prior_holds/{index}/amount"))
            for index, hold in enumerate(event.prior_holds or ())
        ]
        if not account.is_frozen:
            _open(record, pool, account, event, balance_minor, prior_holds)
    record.event(account_chain(account_id), "freeze.receipt", {
        "order": order.id, "event": event.event_id, "result": event.result, "balance": event.balance,
        "currency": event.currency, "prior_holds": len(event.prior_holds or ()),
    }, actor=actor, authority=order.notice_number)
    record.flush()
    orders.set_receipt(record.connection, order.id, account_id, event.result, at=record.recorded_at)
    if result is ReceiptResult.REFUSED:
        _refused(record, pool, account_id, order)
    elif order.status is FreezeStatus.PENDING:
        _take_effect(record, order, has_prior_holds=bool(event.prior_holds))
    return pools.lock(record.connection, [pool.pool_id])[pool.pool_id]


def _waiting_order(record: Record, account_id: str, event: FreezeReceipt) -> StoredOrder:
    record.flush()
    order = orders.by_id(record.connection, event.order)
    receipts = {} if order is None else orders.receipts(record.connection, order.id)
    if account_id not in receipts or order.status is FreezeStatus.PREPARED:
        raise Problem("NOT_FOUND", "/order")
    is_open = order.status is FreezeStatus.PENDING or order.status in freeze.LIVE
    if receipts[account_id] != "waiting" or not is_open:
        raise Problem("ORDER_STATE", "/order", status=order.status)
    return order


def _open(record: Record, pool: LockedPool, account: AccountRow, event: FreezeReceipt, balance_minor: int,
          prior_holds: list[tuple[str, int]]) -> None:
    """The balance from which our books start, or start again: what happened between two freezes nobody told us.

    What others froze before us counts before us, and is never swept by us.
    """
    booked.open_books(record.connection, account.account_id, opened_at=record.recorded_at, sequence=event.sequence,
                      as_of=event.as_of)
    known_minor = account.balance_minor + account.held_minor + account.in_transit_minor
    for row in ledger.opening(pool.place(account.account_id), balance_minor=balance_minor - known_minor):
        record.transfer(row, happened_at=event.as_of)
    for position, (holder, amount_minor) in enumerate(prior_holds):
        record.add(t.prior_hold, booked.prior_hold_row(account.account_id, position, holder, amount_minor,
                                                       recorded_at=record.recorded_at))


def _refused(record: Record, pool: LockedPool, account_id: str, order: StoredOrder) -> None:
    facts.alert(record, pool, account_id, "ORDER_REFUSED", {"order": order.id}, court_id=order.court_id)
    if all(receipt == "refused" for receipt in orders.receipts(record.connection, order.id).values()):
        orders.set_status(record.connection, order.id, FreezeStatus.REFUSED, ended_at=record.recorded_at)


def _take_effect(record: Record, order: StoredOrder, *, has_prior_holds: bool) -> None:
    status = freeze.after_receipt(ReceiptResult.ACCEPTED, has_prior_holds=has_prior_holds)
    rank = orders.next_rank(record.connection, order.pool_id)
    orders.set_status(record.connection, order.id, status, in_force_at=record.recorded_at, rank=rank)
    rule_in_force.follow(record, order.pool_id)
