"""What banks are told of an order, one message for each account, in the lane of that account."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection

from bank_adapters.contract import Court, FreezeAmended, FreezePlaced, dumps, to_document
from livefreeze.base.money import format_amount
from livefreeze.store import accounts, courts, debtors
from livefreeze.store.accounts import Account
from livefreeze.store.cases import Case, Claim
from livefreeze.store.orders import StoredOrder
from livefreeze.store.outbox import Outgoing


def placed(connection: Connection, order: StoredOrder, case: Case, claim: Claim, frozen: Iterable[Account], *,
           at: datetime) -> list[Outgoing]:
    """Block each account up to what is left of the claim's quota."""
    court = courts.by_id(connection, order.court_id)
    messages = []
    for account in frozen:
        debtor = debtors.by_id(connection, account.debtor_id)
        messages.append(_outgoing(account, FreezePlaced(
            bank=account.bank_code, audience=account.bank_code, order=order.id, notice_number=order.notice_number,
            case_number=case.case_number, court=Court(code=court.code, name=court.name), account=account.number,
            name=debtor.name, id_number=debtor.id_number, **_amounts(claim), happened_at=at,
        )))
    return messages


def amended(connection: Connection, order_id: str, account_ids: Iterable[str], claim: Claim, *,
            at: datetime) -> list[Outgoing]:
    """Block each account up to what is left of another quota."""
    return [
        _outgoing(account, FreezeAmended(
            bank=account.bank_code, audience=account.bank_code, order=order_id, account=account.number,
            **_amounts(claim), happened_at=at,
        ))
        for account in accounts.by_ids(connection, account_ids)
    ]


def _amounts(claim: Claim) -> dict[str, str]:
    return {
        "quota": format_amount(claim.counters.target_minor, claim.currency), "currency": claim.currency,
        "block_up_to": format_amount(claim.counters.quota_left_minor, claim.currency),
    }


def _outgoing(account: Account, notice: FreezePlaced | FreezeAmended) -> Outgoing:
    return Outgoing(account.bank_id, account.id, notice.type, dumps(to_document(notice)))
