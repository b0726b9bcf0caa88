"""What an amendment, a release or an order would change in numbers, for whoever prepares or approves it."""

from collections.abc import Mapping

from sqlalchemy import Connection

from livefreeze.base import clock, money
from livefreeze.base.money import format_amount
from livefreeze.flows import periods, rules
from livefreeze.flows.changes import changes_in_words
from livefreeze.flows.orders import amend, parties, release
from livefreeze.flows.pointers import at
from livefreeze.flows.transaction import reading
from livefreeze.rules import document as rule_documents
from livefreeze.rules import effect, freeze
from livefreeze.rules.period import period_of
from livefreeze.rules.position import ClaimFacts
from livefreeze.store import cases, claims, pools
from livefreeze.store.cases import Claim
from livefreeze.store.orders import StoredOrder


def of_amendment(order_id: str, quota: object, *, court_id: str) -> dict:
    """What this quota would change: the claim's figures, and those of each pool that it stands on.

    Amounts are text. Raises Problem: NOT_FOUND, ORDER_STATE, AMOUNT_INVALID, QUOTA_BELOW_SETTLED.
    """
    with reading() as connection:
        order = parties.of_court(connection, court_id, order_id)
        claim = _claim_of(connection, order)
        with at("/quota"):
            target_minor = money.parse_positive(quota, claim.currency)
        amend.refuse(order, claim, target_minor)
        after = freeze.amend(claim.counters, target_minor)
        found = [
            _pool(connection, pool_id, lambda facts: effect.amended(facts, claim.id, after))
            for pool_id in claims.pools_of(connection, [claim.id])
        ]
        return {
            "kind": amend.KIND, "currency": claim.currency, "ends": after.is_satisfied,
            "quota": format_amount(target_minor, claim.currency),
            "claim": changes_in_words(effect.of_claim(claim.counters, after), claim.currency),
            "pools": [pool for pool in found if pool is not None],
        }


def of_release(order_id: str, *, court_id: str) -> dict:
    """What would change if the order ended now. Raises Problem: NOT_FOUND, ORDER_STATE."""
    with reading() as connection:
        order = parties.of_court(connection, court_id, order_id)
        status = release.ending(order)
        claim = _claim_of(connection, order)
        remaining = tuple(one.facts for one in claims.of_pool(connection, order.pool_id, without_order=order.id))
        found = _pool(connection, order.pool_id, lambda _: remaining)
        return {
            "kind": release.KIND, "currency": claim.currency, "becomes": status.value,
            "in_transit": format_amount(claim.counters.in_transit_minor, claim.currency),
            "has_transfers": claim.counters.in_transit_minor > 0,
            "pools": [] if found is None else [found],
        }


def of_order(document: Mapping) -> dict:
    """What a prepared order would do: the ceiling, and what the debtor has to live on by its rule."""
    rule = rule_documents.parse(document["rule"])
    today = period_of(clock.now(), anchor_day=rule.anchor_day, time_zone=rule.time_zone)
    allowance = rules.allowance_in_force(rule, today.start)
    return {
        "kind": document["kind"], "currency": rule.currency, "quota": document["quota"],
        "allowance": format_amount(allowance.amount_minor, rule.currency),
        "allowance_source": allowance.source, "reserve": format_amount(rule.reserve_minor, rule.currency),
        "anchor_day": rule.anchor_day, "time_zone": rule.time_zone, "period_start": today.start,
        "period_end": today.end, "sweep_day": rule.sweep_day,
        "sweep_minimum": format_amount(rule.sweep_minimum_minor, rule.currency),
        "channels": sorted(rule.channels),
        "cautions": [caution._asdict() for caution in rule_documents.warnings(rule)],
    }


def _claim_of(connection: Connection, order: StoredOrder) -> Claim:
    return next(claim for claim in cases.claims(connection, order.case_id) if claim.id == order.claim_id)


def _pool(connection: Connection, pool_id: str, change) -> dict | None:
    """One pool before and after; None where no bank has named a balance yet, so that nothing is known."""
    stored = pools.read(connection, pool_id)
    if stored is None or stored.period_start is None or not any(account.is_frozen for account in stored.accounts):
        return None
    pool = periods.as_of(connection, stored)
    now: tuple[ClaimFacts, ...] = tuple(one.facts for one in claims.of_pool(connection, pool_id))
    changes = effect.of_claims(pool.facts(now), change(now))
    return {
        "accounts": [account.account_id for account in pool.accounts if account.is_frozen],
        "figures": changes_in_words(changes, pool.currency),
    }
