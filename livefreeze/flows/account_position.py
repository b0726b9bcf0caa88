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
    those of two accounts must never be added up. `bar` are the parts of what lies there, in minor units, to be
    drawn. An account that is not frozen has only its balances.
    """
    with reading() as connection:
        pool_id = accounts.pool_of(connection, viewer, account_id)
        if pool_id is None:
            return None
        pool = periods.as_of(connection, pools.read(connection, pool_id))
        account = pool.account(account_id)
        shown = balances(pool, account)
        if not account.is_frozen:
            return shown | {"position": None, "pool": None, "period": None, "explanation": []}
        facts = pool.facts(tuple(claim.facts for claim in claims.of_pool(connection, pool_id)))
        rule = rules.of(connection, pool.rule_id)
        source = rules.allowance_in_force(rule, pool.period_start).source
    divided = position.divide(facts)
    steps = position.explain(facts, divided, allowance_source=source) + position.explain_at(divided, account_id)
    return shown | {
        "period": {"start": pool.period_start, "end": pool.period_end}, "time_zone": rule.time_zone,
        "position": part(divided, account_id, pool.currency), "bar": bar_of_account(divided, account),
        "pool": figures_of_pool(facts, divided),
        "explanation": [_step(step, pool.currency) for step in steps],
    }


def balances(pool: LockedPool, account: AccountRow) -> dict:
    """What the books say of the account, whether it is frozen or not."""
    figures = {"balance": account.balance_minor, "held": account.held_minor, "in_transit": account.in_transit_minor}
    return {"account": account.account_id, "currency": pool.currency, "as_of": pool.read_at,
            "is_frozen": account.is_frozen} | _texts(figures, pool.currency)


def part(divided: Position, account_id: str, currency: str) -> dict:
    """The account's own share of the pool, and what its counter may pay out now."""
    share, counter = divided.part(account_id), divided.at_counter(account_id)
    return _texts({
        "spendable": counter.limit_minor, "free": share.free_minor, "allowance_left": counter.allowance_left_minor,
        "quota_left": counter.quota_left_minor, "surplus": share.surplus_minor, "reserved": share.reserved_minor,
        "shortfall": share.shortfall_minor,
    }, currency)


def figures_of_pool(facts: PoolFacts, divided: Position) -> dict:
    """What all frozen accounts of the pool hold together, and how it divides."""
    return _texts({
        "present": divided.present_minor, "free": divided.free_minor, "from_held": divided.from_held_minor,
        "spendable": divided.spendable_minor, "surplus": divided.surplus_minor, "reserved": divided.reserved_minor,
        "shortfall": divided.shortfall_minor, "allowance": facts.allowance_minor, "excess_in": facts.excess_in_minor,
        "taken": facts.taken_minor, "allowance_left": divided.allowance_left_minor, "reserve": facts.reserve_minor,
        "quota_left": divided.quota_left_minor,
    }, facts.currency)


def bar_of_account(divided: Position, account: AccountRow) -> list[dict]:
    """The parts of what lies on the account, and what is held and on the way beside it."""
    share = divided.part(account.account_id)
    return _bar(account.currency, spendable=share.spendable_minor, surplus=share.surplus_minor,
                reserved=share.reserved_minor, held=account.held_minor, transit=account.in_transit_minor)


def bar_of_pool(pool: LockedPool, divided: Position) -> list[dict]:
    """The same of all frozen accounts of the pool."""
    frozen = [account for account in pool.accounts if account.is_frozen]
    return _bar(
        pool.currency, spendable=divided.spendable_minor, surplus=divided.surplus_minor,
        reserved=divided.reserved_minor, held=sum(account.held_minor for account in frozen),
        transit=sum(account.in_transit_minor for account in frozen),
    )


def _bar(currency: str, **parts: int) -> list[dict]:
    return [{"kind": kind, "minor": minor, "amount": format_amount(minor, currency)} for kind, minor in parts.items()]


def _step(step: Step, currency: str) -> dict:
    amount = None if step.amount_minor is None else format_amount(step.amount_minor, currency)
    return {"step": step.step, "step_zh": step.step_zh, "amount": amount, "source": step.source}


def _texts(figures: dict[str, int], currency: str) -> dict[str, str]:
    return {name: format_amount(minor, currency) for name, minor in figures.items()}
