"""The position of an account as a court sees it now: how its pool divides, and by which steps."""

from livefreeze.base.money import format_amount
from livefreeze.flows import periods, rules
from livefreeze.flows.transaction import reading
from livefreeze.rules import position
from livefreeze.rules.explanation import Step
from livefreeze.rules.position import PoolFacts, Position
from livefreeze.store import claims, pools
from livefreeze.store.pools import AccountRow, LockedPool
from livefreeze.store.queries import accounts
from livefreeze.store.queries.viewer import Viewer


def of_account(account_id: str, viewer: Viewer) -> dict | None:
    """The position, amounts as text; None for an account that the court may not look at.

    Figures of the pool are those of all its frozen accounts, `spendable` is what may be withdrawn at this one:
    those of two accounts must never be added up. An account that is not frozen has only its balances.
    """
    with reading() as connection:
        pool_id = accounts.pool_of(connection, viewer, account_id)
        if pool_id is None:
            return None
        pool = periods.as_of(connection, pools.read(connection, pool_id))
        account = pool.account(account_id)
        shown = _balances(pool, account)
        if not account.is_frozen:
            return shown | {"position": None, "pool": None, "period": None, "explanation": []}
        facts = pool.facts(tuple(claim.facts for claim in claims.of_pool(connection, pool_id)))
        source = rules.allowance_in_force(rules.of(connection, pool.rule_id), pool.period_start).source
    divided = position.divide(facts)
    steps = position.explain(facts, divided, allowance_source=source)
    return shown | {
        "period": {"start": pool.period_start, "end": pool.period_end},
        "position": _part(divided, account_id, pool.currency),
        "pool": _pool(facts, divided),
        "explanation": [_step(step, pool.currency) for step in steps],
    }


def _balances(pool: LockedPool, account: AccountRow) -> dict:
    figures = {"balance": account.balance_minor, "held": account.held_minor, "in_transit": account.in_transit_minor}
    return {"account": account.account_id, "currency": pool.currency, "as_of": pool.read_at,
            "is_frozen": account.is_frozen} | _texts(figures, pool.currency)


def _part(divided: Position, account_id: str, currency: str) -> dict:
    """The account's own share of the pool, and what its counter may pay out now."""
    part, counter = divided.part(account_id), divided.at_counter(account_id)
    return _texts({
        "spendable": counter.limit_minor, "free": part.free_minor, "allowance_left": counter.allowance_left_minor,
        "quota_left": counter.quota_left_minor, "surplus": part.surplus_minor, "reserved": part.reserved_minor,
        "shortfall": part.shortfall_minor,
    }, currency)


def _pool(facts: PoolFacts, divided: Position) -> dict:
    return _texts({
        "present": divided.present_minor, "free": divided.free_minor, "from_held": divided.from_held_minor,
        "spendable": divided.spendable_minor, "surplus": divided.surplus_minor, "reserved": divided.reserved_minor,
        "shortfall": divided.shortfall_minor, "allowance": facts.allowance_minor, "excess_in": facts.excess_in_minor,
        "taken": facts.taken_minor, "allowance_left": divided.allowance_left_minor, "reserve": facts.reserve_minor,
        "quota_left": divided.quota_left_minor,
    }, facts.currency)


def _step(step: Step, currency: str) -> dict:
    amount = None if step.amount_minor is None else format_amount(step.amount_minor, currency)
    return {"step": step.step, "step_zh": step.step_zh, "amount": amount, "source": step.source}


def _texts(figures: dict[str, int], currency: str) -> dict[str, str]:
    return {name: format_amount(minor, currency) for name, minor in figures.items()}
