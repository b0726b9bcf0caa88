"""The allowance period of a pool: begun by the first receipt, followed by the next when its end has passed."""

from datetime import datetime
from fractions import Fraction

from sqlalchemy import Connection

from livefreeze.flows import rules
from livefreeze.rules import excess
from livefreeze.rules.document import FreezeRule
from livefreeze.rules.period import Period, following, period_of
from livefreeze.store import periods, pools
from livefreeze.store.pools import LockedPool


def put_under(connection: Connection, pool: LockedPool, rule_id: str, *, at: datetime) -> LockedPool:
    """Put the pool under a rule: its first period begins, or, in mid-period, the allowance becomes the rule's.

    What was taken stays; the ceiling is the highest allowance that the period had.
    """
    rule = rules.of(connection, rule_id)
    if pool.period_start is None:
        first = period_of(at, anchor_day=rule.anchor_day, time_zone=rule.time_zone)
        return pools.begin_period(connection, _opened(pool._replace(rule_id=rule_id), first, rule, carried_minor=0))
    return pools.set_allowance(connection, under(roll(connection, pool, at), rule, rule_id=rule_id))


def under(pool: LockedPool, rule: FreezeRule, *, rule_id: str) -> LockedPool:
    """The pool, in its period, as another rule has it; nothing is written."""
    allowance = rules.allowance_in_force(rule, pool.period_start).amount_minor
    changed = pool._replace(rule_id=rule_id, allowance_minor=allowance, reserve_minor=rule.reserve_minor,
                            ceiling_minor=max(pool.ceiling_minor, allowance))
    return _with_excess(changed, pool.excess_carried_minor, rule.excess_share)


def roll(connection: Connection, pool: LockedPool, at: datetime) -> LockedPool:
    """The pool in the period of this instant; periods that have ended since are closed, one by one, quiet ones too."""
    while pool.period_end is not None and at >= pool.period_end:
        rule = rules.of(connection, pool.rule_id)
        pool = pools.begin_period(connection, next_period(pool, rule))
    return pool


def as_of(connection: Connection, pool: LockedPool) -> LockedPool:
    """The pool as the next movement will find it, for a reader: the same as `roll`, and nothing is written."""
    while pool.period_end is not None and pool.read_at >= pool.period_end:
        pool = next_period(pool, rules.of(connection, pool.rule_id))
    return pool


def next_period(pool: LockedPool, rule: FreezeRule) -> LockedPool:
    """The pool at the start of the period after its current one: whole allowance, less what pays back excess."""
    closed = excess.of_period(pool.period_facts(), carried_minor=pool.excess_carried_minor, share=rule.excess_share)
    period = following(pool.period(), anchor_day=rule.anchor_day, time_zone=rule.time_zone)
    return _opened(pool, period, rule, carried_minor=closed.carried_minor)


def recount(connection: Connection, pool: LockedPool, *, since: datetime) -> LockedPool:
    """Count excess anew from a closed period on, after a late fact of that period; the pool's rows are flushed."""
    share = rules.of(connection, pool.rule_id).excess_share
    closed = periods.closed_since(connection, pool.pool_id, since)
    if not closed:
        return pool
    carried = closed[0].excess_carried_minor
    results = excess.chain([row.facts for row in closed], share, carried_minor=carried)
    for row, result in zip(closed, results, strict=True):
        periods.set_excess(connection, pool.pool_id, row.start, result.excess_in_minor, carried)
        carried = result.carried_minor
    return pools.set_allowance(connection, _with_excess(pool, carried, share))


def start_of(connection: Connection, pool: LockedPool, happened_at: datetime) -> datetime:
    """The start of the pool's period in which a fact happened.

    A fact from before the freeze counts in the first period, one from a bank whose clock is ahead in the
    current one.
    """
    if happened_at >= pool.period_start:
        return pool.period_start
    return periods.start_at(connection, pool.pool_id, happened_at) or pool.period_start


def _opened(pool: LockedPool, period: Period, rule: FreezeRule, *, carried_minor: int) -> LockedPool:
    allowance = rules.allowance_in_force(rule, period.start).amount_minor
    opened = pool._replace(
        period_start=period.start, period_end=period.end, allowance_minor=allowance, ceiling_minor=allowance,
        reserve_minor=rule.reserve_minor, taken_minor=0, from_held_minor=0, stand_in_minor=0,
    )
    return _with_excess(opened, carried_minor, rule.excess_share)


def _with_excess(pool: LockedPool, carried_minor: int, share: Fraction) -> LockedPool:
    """The pool with what its current period pays back of the excess carried into it."""
    counted = excess.of_period(pool.period_facts(), carried_minor=carried_minor, share=share)
    return pool._replace(excess_in_minor=counted.excess_in_minor, excess_carried_minor=carried_minor)
