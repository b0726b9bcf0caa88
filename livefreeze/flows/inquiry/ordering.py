"""Draft a freeze order from what banks answered: the accounts are registered, the order waits for approval."""

from collections.abc import Mapping
from typing import NamedTuple

from livefreeze.base.access import Principal
from livefreeze.base.errors import Problem
from livefreeze.flows import accounts
from livefreeze.flows.accounts import AccountRequest
from livefreeze.flows.inquiry import looking
from livefreeze.flows.orders import serve
from livefreeze.flows.orders.serve import OrderRequest, PreparedOrder
from livefreeze.flows.transaction import reading
from livefreeze.store import accounts as stored_accounts
from livefreeze.store import banks, inquiries
from livefreeze.store import inquiry_answers as stored
from livefreeze.store.inquiry_answers import StoredAccount


class OrderOfAnswer(NamedTuple):
    """Which of the accounts named are to be frozen, the allowance account first, and as in an order."""

    account_ids: tuple[str, ...]
    quota: str
    notice_number: str
    rule: Mapping[str, object]


class Registered(NamedTuple):
    """Accounts that a bank named, as they are registered here, and whose they are."""

    case_id: str
    debtor_id: str
    account_ids: tuple[str, ...]


def prepare(inquiry_id: str, request: OrderOfAnswer, *, principal: Principal) -> PreparedOrder:
    """Register the accounts for the debtor and write the order, for another person to approve.

    The first account is the debtor's allowance account, unless they have one. Raises Problem: NOT_FOUND for an account
    that no bank named, INQUIRY_DELETED, ALREADY_EXISTS for one that is registered for another debtor, and what
    `orders.serve.prepare` refuses.
    """
    found = register(inquiry_id, request.account_ids, principal=principal)
    order = OrderRequest(found.case_id, found.debtor_id, found.account_ids, request.quota, request.notice_number,
                         request.rule)
    return serve.prepare(order, principal=principal)


def register(inquiry_id: str, account_ids: tuple[str, ...], *, principal: Principal) -> Registered:
    """Register accounts that banks named for the debtor, the allowance account first, unless they have one.

    Those that are registered stay as they are. Raises Problem NOT_FOUND, INQUIRY_DELETED, ALREADY_EXISTS.
    """
    key = looking.opened(inquiry_id, {"what": "order", "accounts": len(account_ids)}, principal=principal)
    with reading() as connection:
        inquiry = inquiries.by_id(connection, inquiry_id)
        named = {account.id: account for account in stored.accounts(connection, inquiry_id, key)}
    for index, account_id in enumerate(account_ids):
        if account_id not in named or named[account_id].said is None:
            raise Problem("NOT_FOUND", f"/accounts/{index}")
    chosen = [named[account_id] for account_id in account_ids]
    return Registered(inquiry.case_id, inquiry.debtor_id, tuple(
        _registered(account, inquiry.debtor_id, is_first=index == 0, principal=principal)
        for index, account in enumerate(chosen)
    ))


def _registered(account: StoredAccount, debtor_id: str, *, is_first: bool, principal: Principal) -> str:
    """The id of the account here: as it is registered, or newly."""
    currency = account.said["currency"]
    with reading() as connection:
        bank = banks.by_code(connection, account.bank)
        known = stored_accounts.by_number(connection, bank.id, account.number)
        has_one = known is None and is_first and stored_accounts.has_allowance_account(connection, debtor_id, currency)
    is_allowance_account = is_first and not has_one if known is None else known.is_allowance_account
    request = AccountRequest(debtor_id, account.bank, account.number, currency, is_allowance_account)
    return accounts.register(request, principal=principal).id
