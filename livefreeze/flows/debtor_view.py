"""A debtor's own page: what may be taken now and where, what is frozen and why, how much is paid and at what pace."""

from datetime import timedelta

from sqlalchemy import Connection

from livefreeze.base.money import format_amount
from livefreeze.flows import answers, periods, rules
from livefreeze.flows.transaction import reading
from livefreeze.rules import pace, position
from livefreeze.rules.document import CHANNELS
from livefreeze.store import claims, engine, pools
from livefreeze.store.pools import LockedPool
from livefreeze.store.queries import debtor as queries

_LOOK_BACK = timedelta(days=31 * (pace.MONTHS_MAX + 1))


def of_debtor(debtor_id: str) -> dict:
    """Everything on one page, amounts as text: a pool for each currency, with its accounts and orders.

    `spendable` is what may be taken from all accounts together now, `limit` what at one of them: figures of two
    accounts must never be added up.
    """
    with reading() as connection:
        accounts = queries.accounts(connection, debtor_id)
        orders = queries.orders(connection, debtor_id)
        since = engine.now(connection) - _LOOK_BACK
        arrived = queries.arrived(connection, {order["claim_id"] for order in orders}, since=since)
        by_claim: dict[str, list[pace.Payment]] = {}
        for claim_id, arrived_at, amount_minor in arrived:
            by_claim.setdefault(claim_id, []).append(pace.Payment(arrived_at, amount_minor))
        return {
            "name": queries.name(connection, debtor_id),
            "pools": [
                _pool(connection, pool_id, [one for one in accounts if one["pool"] == pool_id],
                      [one for one in orders if one["pool_id"] == pool_id], by_claim)
                for pool_id in dict.fromkeys(one["pool"] for one in accounts)
            ],
        }


def _pool(connection: Connection, pool_id: str, accounts: list[dict], orders: list[dict],
          by_claim: dict[str, list[pace.Payment]]) -> dict:
    pool = periods.as_of(connection, pools.read(connection, pool_id))
    shown = {"currency": pool.currency, "as_of": pool.read_at, "accounts": accounts, "is_frozen": False,
             "period": None, "orders": [_order(order, by_claim, pool, None) for order in orders]}
    if not any(account["is_frozen"] for account in accounts):
        return shown
    rule = rules.of(connection, pool.rule_id)
    facts = pool.facts(tuple(claim.facts for claim in claims.of_pool(connection, pool_id)))
    divided = position.divide(facts)
    steps = position.explain(
        facts, divided, allowance_source=rules.allowance_in_force(rule, pool.period_start).source)
    figures = {
        "allowance": pool.allowance_minor, "taken": pool.taken_minor, "excess_in": pool.excess_in_minor,
        "allowance_left": divided.at_counter(accounts_frozen(accounts)[0]["id"]).allowance_left_minor,
        "spendable": divided.spendable_minor, "present": divided.present_minor,
    }
    return shown | {name: format_amount(minor, pool.currency) for name, minor in figures.items()} | {
        "is_frozen": True, "is_nothing_spendable": divided.spendable_minor == 0,
        "is_paying_back": pool.excess_in_minor > 0,
        "is_short_of_money": divided.spendable_minor < divided.allowance_left_minor,
        "period": {"start": pool.period_start, "end": pool.period_end}, "time_zone": rule.time_zone,
        "channels": [channel for channel in CHANNELS if channel in rule.channels],
        "accounts": [_account(account, divided, pool.currency) for account in accounts],
        "orders": [_order(order, by_claim, pool, rule.time_zone) for order in orders],
        "explanation": answers.steps(steps, pool.currency),
    }


def accounts_frozen(accounts: list[dict]) -> list[dict]:
    """Those of them that are frozen."""
    return [account for account in accounts if account["is_frozen"]]


def _account(account: dict, divided: position.Position, currency: str) -> dict:
    if not account["is_frozen"]:
        return account
    return account | {"limit": format_amount(divided.at_counter(account["id"]).limit_minor, currency)}


def _order(order: dict, by_claim: dict[str, list[pace.Payment]], pool: LockedPool, time_zone: str | None) -> dict:
    currency = order["currency"]
    measured = None
    if order["is_live"] and time_zone is not None:
        measured = pace.of_payments(by_claim.get(order["claim_id"], ()), left_minor=order["left_minor"],
                                    now=pool.read_at, time_zone=time_zone)
    figures = {"target": order["target_minor"], "settled": order["settled_minor"],
               "in_transit": order["in_transit_minor"], "left": order["left_minor"]}
    return {
        "id": order["id"], "court": order["court"], "case_number": order["case_number"], "currency": currency,
        "notice_number": order["notice_number"], "status": order["status"], "is_live": order["is_live"],
        "in_force_at": order["in_force_at"], "ended_at": order["ended_at"], "figures_minor": figures,
        "is_in_transit": order["in_transit_minor"] > 0,
        "pace": measured and {
            "months": measured.months, "months_left": measured.months_left,
            "per_month": format_amount(measured.per_month_minor, currency),
        },
    } | {name: format_amount(minor, currency) for name, minor in figures.items()}
