"""The pools that a court's rule would govern: those on which its order comes first, all of them or a fair sample."""

from collections.abc import Iterator

from sqlalchemy import Connection, Select, func, select

from livefreeze.rules.freeze import LIVE
from livefreeze.store import tables as t
from livefreeze.store.queries.viewer import Viewer

CHUNK = 500
_TAIL, _TAIL_LENGTH = 29, 2  # the last letters of an id are chance: see base.ids
_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"


def count(connection: Connection, viewer: Viewer, *, currency: str, court_rule_id: str | None) -> int:
    """How many there are: those that follow this rule, or all of the court in the currency. One query."""
    query = _leading(viewer, currency, court_rule_id)
    return connection.scalar(select(func.count()).select_from(query.subquery()))


def sample(
    connection: Connection, viewer: Viewer, *, currency: str, court_rule_id: str | None, of_count: int, count_max: int
) -> Iterator[list[str]]:
    """Their ids in sorted order, a chunk at a time; of more than `count_max` about so many, picked by chance.

    The same pools each time they are asked for, so that two rules are compared on the same ones.
    """
    o = t.freeze_order.c
    query = _leading(viewer, currency, court_rule_id)
    if of_count > count_max:
        classes = len(_LETTERS) ** _TAIL_LENGTH
        high, low = divmod(count_max * classes // of_count, len(_LETTERS))
        tail = func.substr(o.pool_id, _TAIL, _TAIL_LENGTH)
        query = query.where(tail < (_LETTERS[high] + _LETTERS[low]))
    last, read = "", 0
    while read < count_max:
        limit = min(CHUNK, count_max - read)
        chunk = list(connection.scalars(query.where(o.pool_id > last).order_by(o.pool_id).limit(limit)))
        if chunk:
            yield chunk
        if len(chunk) < limit:
            return
        last, read = chunk[-1], read + len(chunk)


def _leading(viewer: Viewer, currency: str, court_rule_id: str | None) -> Select:
    o, earlier = t.freeze_order.c, t.freeze_order.alias("earlier")
    query = (
        select(o.pool_id).join(t.pool, t.pool.c.id == o.pool_id)
        .where(o.court_id == viewer.court_id, o.status.in_(LIVE), t.pool.c.currency == currency,
               t.pool.c.period_start.is_not(None))
        .where(~select(earlier.c.id).where(
            earlier.c.pool_id == o.pool_id, earlier.c.status.in_(LIVE), earlier.c.rank < o.rank
        ).exists())
    )
    if court_rule_id is None:
        return query
    f = t.freeze_order_rule.c
    return query.join(t.freeze_order_rule, f.order_id == o.id).where(f.court_rule_id == court_rule_id)
