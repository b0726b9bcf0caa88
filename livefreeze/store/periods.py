"""Allowance periods that are over: their sums, and the excess that they pay back."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, select, update

from livefreeze.rules.excess import PeriodFacts
from livefreeze.store.tables import allowance_period


class ClosedPeriod(NamedTuple):
    """One closed period of a pool."""

    start: datetime
    facts: PeriodFacts
    excess_carried_minor: int  # carried into it


def closed_since(connection: Connection, pool_id: str, start: datetime) -> list[ClosedPeriod]:
    """The pool's closed periods from the one that starts then, oldest first."""
    t = allowance_period.c
    query = select(allowance_period).where(t.pool_id == pool_id, t.period_start >= start).order_by(t.period_start)
    return [
        ClosedPeriod(
            row.period_start,
            PeriodFacts(row.allowance_minor, row.ceiling_minor, row.from_held_minor, row.stand_in_minor),
            row.excess_carried_minor,
        )
        for row in connection.execute(query)
    ]


def start_at(connection: Connection, pool_id: str, instant: datetime) -> datetime | None:
    """The start of the closed period in which the instant lies, or of the first if it is older; None without any."""
    t = allowance_period.c
    of_pool = select(t.period_start).where(t.pool_id == pool_id)
    found = connection.scalar(of_pool.where(t.period_start <= instant).order_by(t.period_start.desc()).limit(1))
    return found or connection.scalar(of_pool.order_by(t.period_start).limit(1))


def set_excess(connection: Connection, pool_id: str, start: datetime, excess_in_minor: int, carried_minor: int) -> None:
    """Write what a closed period pays back, and what was carried into it."""
    t = allowance_period.c
    connection.execute(
        update(allowance_period).where(t.pool_id == pool_id, t.period_start == start)
        .values(excess_in_minor=excess_in_minor, excess_carried_minor=carried_minor)
    )
