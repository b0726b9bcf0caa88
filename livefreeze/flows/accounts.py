"""Salary accounts as courts name them: each in the pool of its debtor and currency, with a chain of its own."""

from typing import NamedTuple

from sqlalchemy import Connection

from livefreeze.base import ids, money
from livefreeze.base.access import Principal
from livefreeze.base.errors import Problem
from livefreeze.flows.debtors import Registered
from livefreeze.flows.pointers import at
from livefreeze.flows.transaction import transaction
from livefreeze.store import accounts, audit, banks, debtors
from livefreeze.store import engine as store_engine


class AccountRequest(NamedTuple):
    """What a court names an account by."""

    debtor_id: str
    bank_code: str
    number: str
    currency: str
    is_allowance_account: bool


def register(request: AccountRequest, *, principal: Principal) -> Registered:
    """Register an account; nothing is frozen by it. Asked again with the same content, the same account.

    Raises Problem: NOT_FOUND for a debtor or bank that is not known to the court, ALREADY_EXISTS for a number
    that is registered otherwise or where the pool has another allowance account, CURRENCY_UNKNOWN.
    """
    with at("/currency"):
        money.digits_of(request.currency)
    with transaction() as connection:
        now = store_engine.now(connection)
        if not debtors.known(connection, principal.court_id, [request.debtor_id]):
            raise Problem("NOT_FOUND", "/debtor")
        bank = banks.by_code(connection, request.bank_code)
        if bank is None:
            raise Problem("NOT_FOUND", "/bank")
        pool_id = accounts.lock_pool_of(connection, request.debtor_id, request.currency, recorded_at=now)
        new = accounts.Account(ids.new("acc"), bank.id, bank.code, request.debtor_id, pool_id, request.number,
                               request.currency, request.is_allowance_account)
        known = accounts.by_number(connection, bank.id, request.number)
        if known is None:
            _refuse_second_allowance_account(connection, new)
        if known is not None or not accounts.insert(connection, new, recorded_at=now):
            return Registered(_same(connection, known, new), is_new=False)
        detail = {"account": new.id, "bank": bank.id, "debtor": new.debtor_id, "pool": pool_id,
                  "currency": new.currency, "is_allowance_account": new.is_allowance_account}
        audit.record(connection, audit.account_chain(new.id), "account.registered", detail, actor=principal.actor,
                     recorded_at=now)
        return Registered(new.id, is_new=True)


def _refuse_second_allowance_account(connection: Connection, new: accounts.Account) -> None:
    if new.is_allowance_account and accounts.allowance_account(connection, new.pool_id) is not None:
        raise Problem("ALREADY_EXISTS", "/allowance_account")


def _same(connection: Connection, known: accounts.Account | None, new: accounts.Account) -> str:
    # Registered by another court between our look and our write: it stands there now.
    known = known or accounts.by_number(connection, new.bank_id, new.number)
    if known._replace(id=new.id, number=new.number) != new:
        raise Problem("ALREADY_EXISTS", "/account")
    return known.id
