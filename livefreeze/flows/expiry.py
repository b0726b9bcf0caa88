"""An approved withdrawal that was neither captured nor voided in time: the bank is asked what became of it."""

from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from bank_adapters.contract import WithdrawalQueried, dumps, to_document
from livefreeze.base.money import format_amount
from livefreeze.flows.one_by_one import one_by_one
from livefreeze.flows.transaction import transaction
from livefreeze.store import accounts, banks, counter, pools, withdrawals
from livefreeze.store.audit import account_chain
from livefreeze.store.outbox import Outgoing
from livefreeze.store.record import Record
from livefreeze.store.withdrawals import StoredWithdrawal


def run_due(at: datetime) -> int:
    """Query every expired withdrawal, each in a transaction of its own; return how many were looked at.

    The money stays held: it is released only when the bank says that it was not paid. One that was asked for on
    our own counter page is unknown to the bank's system: its tellers find it among those that wait for an answer.
    """
    return one_by_one(partial(withdrawals.expired, at=at), _query)


def _query(withdrawal_id: str) -> None:
    with transaction() as connection:
        pool_id = withdrawals.by_id(connection, withdrawal_id).pool_id
        pool = pools.lock(connection, [pool_id])[pool_id]
        stored = withdrawals.by_id(connection, withdrawal_id)
        if stored.status != "authorised":
            return  # captured or voided while we waited
        record = Record(connection, pool.read_at, [account.head for account in pool.accounts])
        if not counter.is_ours(connection, stored.id):
            record.message(_question(connection, stored))
        record.event(account_chain(stored.account_id), "withdrawal.queried",
                     {"withdrawal": stored.id, "reference": stored.reference}, actor="job:expire_withdrawals")
        record.flush()
        withdrawals.set_status(connection, stored.id, "queried")


def _question(connection: Connection, stored: StoredWithdrawal) -> Outgoing:
    code = banks.code(connection, stored.bank_id)
    notice = WithdrawalQueried(
        bank=code, audience=code, reference=stored.reference,
        account=accounts.number(connection, stored.account_id), currency=stored.currency,
        amount=format_amount(stored.amount_minor, stored.currency),
        authorised_at=stored.recorded_at,
    )
    return Outgoing(stored.bank_id, stored.account_id, notice.type, dumps(to_document(notice)))
