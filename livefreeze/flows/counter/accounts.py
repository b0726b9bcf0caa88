"""An account at the counter: found by its exact number, and what a teller may know of it."""

from datetime import datetime
from typing import NamedTuple

from livefreeze.base.access import Principal
from livefreeze.base.crypto import normalise_account, vault
from livefreeze.base.errors import Problem
from livefreeze.base.money import format_amount
from livefreeze.flows import periods, positions, rules
from livefreeze.flows.transaction import reading, transaction
from livefreeze.rules import withdrawal as rule_of_withdrawal
from livefreeze.store import audit, counter, pools
from livefreeze.store import engine as store_engine
from livefreeze.store.queries import counter as queries

CHANNEL = "counter"


class AtCounter(NamedTuple):
    """What may be paid out at an account now, and why not more. Never the debt, nor whose claim it is."""

    limit: str
    is_limit_zero: bool
    allowance_left: str
    whole_at: datetime  # when the allowance is whole again
    time_zone: str  # in which that day begins
    reason: str  # code of `base.words.REASONS`: why a little more would be declined


def find(number: str, *, principal: Principal) -> str:
    """The id of the account of this very number at the teller's bank; who looked stands in its audit chain.

    Raises Problem NOT_FOUND for a number that this bank does not have here.
    """
    index = vault().blind_index("account", normalise_account(number))
    with transaction() as connection:
        found = counter.account_by_index(connection, principal.bank_id, index)
        if found is None:
            raise Problem("NOT_FOUND", "/number")
        audit.record(connection, audit.account_chain(found.account_id), "account.looked_up",
                     {"account": found.account_id}, actor=principal.actor, recorded_at=store_engine.now(connection))
        return found.account_id


def one(account_id: str, *, principal: Principal) -> dict:
    """The account as a teller sees it; `at_counter` is None where nothing is frozen. Raises Problem NOT_FOUND."""
    with reading() as connection:
        shown = queries.account(connection, principal.bank_id, account_id)
        if shown is None:
            raise Problem("NOT_FOUND")
        pool = periods.as_of(connection, pools.read(connection, shown["pool"]))
        if not pool.account(account_id).is_frozen:
            return shown | {"at_counter": None}
        rule = rules.of(connection, pool.rule_id)
        standing, _ = positions.at_counter(connection, pool, account_id)
    a_little_more = rule_of_withdrawal.decide(standing.limit_minor + 1, standing, channel=CHANNEL,
                                              channels=rule.channels)
    limit_minor = standing.limit_minor if CHANNEL in rule.channels else 0
    return shown | {"at_counter": AtCounter(
        limit=format_amount(limit_minor, pool.currency), is_limit_zero=limit_minor == 0,
        allowance_left=format_amount(standing.allowance_left_minor, pool.currency),
        whole_at=pool.period_end, time_zone=rule.time_zone, reason=a_little_more.reason,
    )}
