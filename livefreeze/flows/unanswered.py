"""A bank that was asked what became of a withdrawal and stays silent: somebody has to ring it up."""

from datetime import datetime, timedelta
from functools import partial

from livefreeze.flows import facts
from livefreeze.flows.one_by_one import one_by_one
from livefreeze.flows.transaction import transaction
from livefreeze.store import engine as store_engine
from livefreeze.store import withdrawals

SILENT_FOR = timedelta(hours=24)
KIND = "QUERY_UNANSWERED"


def run_due(at: datetime) -> int:
    """Raise an alert, once, for each withdrawal whose query has been open for a day; return how many were looked at.

    The money stays held all the while: the debtor cannot take it, nor can a sweep.
    """
    return one_by_one(partial(withdrawals.unanswered, expired_before=at - SILENT_FOR), _tell)


def _tell(withdrawal_id: str) -> None:
    with transaction() as connection:
        stored = withdrawals.by_id(connection, withdrawal_id)
        now = store_engine.now(connection)
        if stored.status != "queried" or not withdrawals.tell_once(connection, withdrawal_id, at=now):
            return
        detail = {"withdrawal": stored.id, "reference": stored.reference, "account": stored.account_id}
        facts.alert_of_bank(connection, stored.bank_id, KIND, detail, recorded_at=now)
