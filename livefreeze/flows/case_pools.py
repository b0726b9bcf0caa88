"""One picture of each pool of a case: what lies on its accounts, how it divides, what may be taken at each."""

from collections.abc import Mapping
from datetime import datetime

from livefreeze.base.money import format_amount, parse_amount
from livefreeze.flows import account_position, periods, rules
from livefreeze.flows.transaction import reading
from livefreeze.rules import position
from livefreeze.store import claims, pools
from livefreeze.store.claims import ClaimOnPool
from livefreeze.store.pools import AccountRow, LockedPool
from livefreeze.store.queries import case_accounts
from livefreeze.store.queries.viewer import Viewer

POOLS_COUNT_MAX = 20  # of one case on one page


def of_case(case_id: str, viewer: Viewer, *, after: str = "") -> tuple[list[dict], str | None] | None:
    """The pools of the case's debtors by id, and after which to ask for more; None for another court's case.

    Eight queries, whatever the number of accounts.
    """
    with reading() as connection:
        page = case_accounts.pools_of(connection, viewer, case_id, after=after, count_max=POOLS_COUNT_MAX)
        if page is None:
            return None
        found = pools.read_several(connection, [one["pool"] for one in page.pools])
        rules.learn(connection, {pool.rule_id for pool in found.values() if pool.rule_id})
        as_of = {pool_id: periods.as_of(connection, pool) for pool_id, pool in found.items()}
        on_pools = claims.of_pools(connection, sorted(found))
        zones = {pool.pool_id: rules.of(connection, pool.rule_id).time_zone for pool in found.values() if pool.rule_id}
    pictures = [
        one | _picture(as_of[one["pool"]], on_pools[one["pool"]], page.accounts, zones.get(one["pool"]))
        for one in page.pools if one["pool"] in as_of
    ]
    return pictures, page.next


def _picture(pool: LockedPool, on_pool: tuple[ClaimOnPool, ...], named: Mapping[str, dict],
             time_zone: str | None) -> dict:
    frozen = [account for account in pool.accounts if account.is_frozen]
    shown: dict[str, object] = {"currency": pool.currency, "as_of": pool.read_at, "time_zone": time_zone,
                                "is_frozen": bool(frozen), "period": _period(pool.period_start, pool.period_end)}
    if not frozen:
        return shown | {"accounts": [_account(pool, account, named) for account in pool.accounts]}
    facts = pool.facts(tuple(claim.facts for claim in on_pool))
    divided = position.divide(facts)
    accounts = []
    for account in pool.accounts:
        one = _account(pool, account, named)
        if account.is_frozen:
            one |= {"position": account_position.part(divided, account.account_id, pool.currency),
                    "bar": account_position.bar_of_account(divided, account)}
        accounts.append(one)
    return shown | {
        "accounts": accounts, "held_minor": position.held(facts),
        "figures": account_position.figures_of_pool(facts, divided),
        "bar": account_position.bar_of_pool(pool, divided), "has_shortfall": divided.shortfall_minor > 0,
    }


def _account(pool: LockedPool, account: AccountRow, named: Mapping[str, dict]) -> dict:
    return {**named.get(account.account_id, {}), **account_position.balances(pool, account),
            "id": account.account_id, "is_allowance_account": account.is_allowance_account}


def _period(start: datetime | None, end: datetime | None) -> dict | None:
    return None if start is None else {"start": start, "end": end}


def held_by_claims(pictures: list[dict], claims: list[dict]) -> dict[str, dict]:
    """What each claim of a case holds on all its pools together, beside what is owed; by the claim's id.

    One claim has one ceiling: what two pools hold for it counts up to what is left of it. `share` is what is held, on
    the way and settled together, in whole hundredths of what is owed, rounded down.
    """
    return {claim["id"]: _held(pictures, claim) for claim in claims}


def _held(pictures: list[dict], claim: dict) -> dict:
    currency = claim["currency"]
    target, left, settled, transit = (
        parse_amount(claim[name], currency) for name in ("target", "quota_left", "settled", "in_transit")
    )
    there = sum(picture["held_minor"].get(claim["id"], 0) for picture in pictures if picture["is_frozen"])
    held = min(left, there)
    secured = held + settled + transit
    return {"held": format_amount(held, currency), "secured": format_amount(secured, currency),
            "share": secured * 100 // target if target else 100}
