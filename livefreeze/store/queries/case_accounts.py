"""The pools of a case with the names of their debtors, banks and accounts, masked."""

from typing import NamedTuple

from sqlalchemy import Connection, select

from livefreeze.store import tables as t
from livefreeze.store.queries import opened
from livefreeze.store.queries.viewer import Viewer


class PoolsOfCase(NamedTuple):
    """A part of a case's pools, all their accounts by id, and after which pool there are more."""

    pools: list[dict]
    accounts: dict[str, dict]
    next: str | None


def pools_of(connection: Connection, viewer: Viewer, case_id: str, *, after: str, count_max: int) -> PoolsOfCase | None:
    """The pools of the case's debtors after this one: three queries. None for another court's case."""
    c, cd, p, d = t.court_case.c, t.case_debtor.c, t.pool.c, t.debtor.c
    if connection.scalar(select(c.id).where(c.id == case_id, c.court_id == viewer.court_id)) is None:
        return None
    query = (
        select(p.id, d.id.label("debtor_id"), d.name_sealed).join(t.debtor, d.id == p.debtor_id)
        .join(t.case_debtor, cd.debtor_id == d.id).where(cd.case_id == case_id, p.id > after)
    )
    rows = connection.execute(query.order_by(p.id).limit(count_max + 1)).all()
    shown = rows[:count_max]
    pools = [
        {"pool": row.id, "debtor": row.debtor_id,
         "debtor_name": opened.name(row.name_sealed, table="debtor", column="name_sealed", row=row.debtor_id)}
        for row in shown
    ]
    accounts = _accounts(connection, [row.id for row in shown])
    return PoolsOfCase(pools, accounts, shown[-1].id if len(rows) > count_max else None)


def _accounts(connection: Connection, pool_ids: list[str]) -> dict[str, dict]:
    if not pool_ids:
        return {}
    a, b = t.account.c, t.bank.c
    query = (
        select(a.id, a.number_sealed, b.code, b.name).join(t.bank, b.id == a.bank_id).where(a.pool_id.in_(pool_ids))
    )
    return {
        row.id: {"number": opened.account_number(row.number_sealed, table="account", row=row.id), "bank": row.code,
                 "bank_name": row.name}
        for row in connection.execute(query)
    }
