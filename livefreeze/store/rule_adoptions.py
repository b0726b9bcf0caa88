"""How far a new version of a court's rule has been put in force on the pools that follow it."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, Select, select, update

from livefreeze.rules.freeze import LIVE, STANDING
from livefreeze.store.tables import (
    court_rule,
    court_rule_version,
    freeze_order,
    freeze_order_rule,
    rule_adoption,
)


class Adoption(NamedTuple):
    """A version that is being put in force, and after which pool it goes on."""

    court_rule_id: str
    court_id: str
    version: int
    current_version: int  # of the rule: a later one does this one's work, too
    rule_id: str
    proposal_id: str
    after_pool_id: str


def start(connection: Connection, court_rule_id: str, version: int) -> None:
    """Write that the pools are still to be put under this version."""
    connection.execute(rule_adoption.insert().values(court_rule_id=court_rule_id, version=version))


def unfinished(connection: Connection) -> list[tuple[str, int]]:
    """Rule and version of each that has not come to its end, oldest rule first."""
    a = rule_adoption.c
    query = select(a.court_rule_id, a.version).where(a.finished_at.is_(None)).order_by(a.court_rule_id, a.version)
    return [tuple(row) for row in connection.execute(query)]


def lock(connection: Connection, court_rule_id: str, version: int) -> Adoption | None:
    """The unfinished adoption, locked; None where it is finished or another worker is at it."""
    a, v = rule_adoption.c, court_rule_version.c
    query = select(a.after_pool_id).where(
        a.court_rule_id == court_rule_id, a.version == version, a.finished_at.is_(None)
    )
    after = connection.scalar(query.with_for_update(key_share=True, skip_locked=True))
    if after is None:
        return None
    row = connection.execute(
        select(court_rule.c.court_id, court_rule.c.current_version, v.rule_id, v.proposal_id)
        .join(court_rule, court_rule.c.id == v.court_rule_id)
        .where(v.court_rule_id == court_rule_id, v.version == version)
    ).one()
    return Adoption(court_rule_id, row.court_id, version, row.current_version, row.rule_id, row.proposal_id, after)


def due_pools(connection: Connection, adoption: Adoption, *, after: str, count_max: int) -> list[str]:
    """Pools after this one on which a served order still has another version, in sorted order."""
    f = freeze_order_rule.c
    query = _still_other(select(f.pool_id), adoption).where(f.pool_id > after)
    return list(connection.scalars(query.distinct().order_by(f.pool_id).limit(count_max)))


def still_due(connection: Connection, adoption: Adoption) -> bool:
    """Whether any pool is left, before or after the place that was reached."""
    return connection.scalar(_still_other(select(freeze_order_rule.c.pool_id), adoption).limit(1)) is not None


def give_rule(connection: Connection, adoption: Adoption, pool_ids: Iterable[str]) -> None:
    """Write the version's rule into the served orders that follow it on these pools, which are locked."""
    f, o = freeze_order_rule.c, freeze_order.c
    following = select(f.order_id).where(f.court_rule_id == adoption.court_rule_id, f.pool_id.in_(list(pool_ids)))
    connection.execute(
        update(freeze_order).where(o.id.in_(following), o.status.in_(STANDING)).values(rule_id=adoption.rule_id)
    )


def leading_rules(connection: Connection, pool_ids: Iterable[str]) -> dict[str, str]:
    """The rule of the first order that counts on each of these pools."""
    o = freeze_order.c
    query = select(o.pool_id, o.rule_id).where(o.pool_id.in_(list(pool_ids)), o.status.in_(LIVE))
    by_rank = connection.execute(query.order_by(o.rank.desc()))
    return {row.pool_id: row.rule_id for row in by_rank}


def advance(connection: Connection, adoption: Adoption, *, after: str, pools: int) -> None:
    """Write that so many more pools are done, up to this one."""
    a = rule_adoption.c
    _change(connection, adoption, after_pool_id=after, pools_done=a.pools_done + pools)


def finish(connection: Connection, adoption: Adoption, *, at: datetime) -> None:
    """Write that no pool is left."""
    _change(connection, adoption, finished_at=at)


def _still_other(query: Select, adoption: Adoption) -> Select:
    f, o = freeze_order_rule.c, freeze_order.c
    return query.join(freeze_order, o.id == f.order_id).where(
        f.court_rule_id == adoption.court_rule_id, o.rule_id != adoption.rule_id, o.status.in_(STANDING)
    )


def _change(connection: Connection, adoption: Adoption, **values: object) -> None:
    a = rule_adoption.c
    connection.execute(
        update(rule_adoption)
        .where(a.court_rule_id == adoption.court_rule_id, a.version == adoption.version).values(**values)
    )
