"""How a locked pool divides now, at one of its accounts."""

from sqlalchemy import Connection

from livefreeze.rules import position
from livefreeze.rules.position import Counter, Position
from livefreeze.store import claims
from livefreeze.store.pools import LockedPool


def at_counter(connection: Connection, pool: LockedPool, account_id: str) -> tuple[Counter, Position]:
    """What may be withdrawn at this account now, and the pool's position.

    The usual pool (each claim covers every account) is divided from its own row; a mixed one needs its
    claims, read by a second statement after the lock.
    """
    frozen = [account for account in pool.accounts if account.is_frozen]
    if pool.is_mixed:
        divided = position.divide(pool.facts(tuple(c.facts for c in claims.of_pool(connection, pool.pool_id))))
    elif len(frozen) > 1:
        divided = position.divide(pool.facts())
    else:
        left = position.allowance_left(
            allowance_minor=pool.allowance_minor, excess_in_minor=pool.excess_in_minor, taken_minor=pool.taken_minor
        )
        divided = position.divide_one(frozen[0].balance_minor, pool.quota_left_minor, left, pool.reserve_minor)
        return divided.at_counter(), divided
    return divided.at_counter(account_id), divided
