"""The claims on a pool, read by a statement after its lock: they move only while all their pools are locked."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, text

from livefreeze.rules.position import ClaimFacts

_CLAIMS = text(
    """
    SELECT o.pool_id, c.id, min(o.rank) AS rank,
      c.quota_minor - c.settled_minor - c.in_transit_minor AS quota_left_minor,
      max(CASE WHEN o.status = 'stayed' THEN 1 ELSE 0 END) AS is_stayed, o.id AS order_id, oa.account_id
    FROM freeze_order o JOIN claim c ON c.id = o.claim_id
      JOIN freeze_order_account oa ON oa.order_id = o.id AND oa.receipt IN ('accepted', 'partial')
    WHERE o.pool_id IN :pool_ids AND o.status IN ('in_force', 'queued', 'stayed') AND o.id <> :without_order
    GROUP BY o.pool_id, c.id, c.quota_minor, c.settled_minor, c.in_transit_minor, o.id, oa.account_id
    ORDER BY 3
    """
).bindparams(bindparam("pool_ids", expanding=True))
_PRIOR_HOLDS = text(
    """
    SELECT a.pool_id, h.account_id, h.position, h.amount_minor FROM prior_hold h JOIN account a ON a.id = h.account_id
    WHERE a.pool_id IN :pool_ids AND a.is_frozen ORDER BY h.account_id, h.position
    """
).bindparams(bindparam("pool_ids", expanding=True))


class ClaimOnPool(NamedTuple):
    """One claim on a pool, with the order that carries it there."""

    facts: ClaimFacts
    order_id: str | None  # None for a prior hold


def of_pool(connection: Connection, pool_id: str, *, without_order: str = "") -> tuple[ClaimOnPool, ...]:
    """The claims on a pool by rank, prior holds of others first. Read it by a statement after the lock.

    Without an order: as they would be if that one had ended.
    """
    return of_pools(connection, [pool_id], without_order=without_order)[pool_id]


def of_pools(
    connection: Connection, pool_ids: Sequence[str], *, without_order: str = ""
) -> dict[str, tuple[ClaimOnPool, ...]]:
    """The same for several pools, by two statements however many they are."""
    found: dict[str, list[ClaimOnPool]] = {pool_id: [] for pool_id in pool_ids}
    if not found:
        return {}
    for row in connection.execute(_PRIOR_HOLDS, {"pool_ids": list(found)}):
        name = f"prior hold {row.account_id} {row.position}"
        facts = ClaimFacts(name, 0, row.amount_minor, frozenset({row.account_id}), is_swept_by_us=False)
        found[row.pool_id].append(ClaimOnPool(facts, None))
    by_claim: dict[tuple[str, str], list] = {}
    for row in connection.execute(_CLAIMS, {"pool_ids": list(found), "without_order": without_order}):
        by_claim.setdefault((row.pool_id, row.id), []).append(row)
    for (pool_id, claim_id), rows in by_claim.items():
        first = min(rows, key=lambda row: row.rank)
        facts = ClaimFacts(
            claim_id, first.rank, max(0, first.quota_left_minor), frozenset(row.account_id for row in rows),
            is_stayed=all(row.is_stayed for row in rows),
        )
        found[pool_id].append(ClaimOnPool(facts, first.order_id))
    return {pool_id: tuple(claims) for pool_id, claims in found.items()}


def pools_of(connection: Connection, claim_ids: Iterable[str]) -> list[str]:
    """Every pool that an order of these claims stands on: what changes a claim locks them all."""
    ids = sorted(set(claim_ids))
    if not ids:  # an empty list in SQL has no type that every engine compares with text
        return []
    query = text("SELECT DISTINCT pool_id FROM freeze_order WHERE claim_id IN :ids ORDER BY pool_id")
    return list(connection.scalars(query.bindparams(bindparam("ids", expanding=True)), {"ids": ids}))
