"""What comes next on the calendar of all accounts under freeze: a sweep, a period, a salary. For the demo's clock."""

from datetime import datetime

from sqlalchemy import Connection, func, select

from livefreeze.store.tables import pool, transfer


def next_sweep_at(connection: Connection, after: datetime) -> datetime | None:
    """When the timetable sweeps next; None where nothing is to be swept."""
    return connection.scalar(select(func.min(pool.c.next_sweep_at)).where(pool.c.next_sweep_at > after))


def period_ends(connection: Connection) -> list[datetime]:
    """Every instant at which a pool's current period ends, or has ended without a movement since."""
    return list(connection.scalars(select(pool.c.period_end).where(pool.c.period_end.is_not(None)).distinct()))


def first_credit_at(connection: Connection, since: datetime) -> datetime | None:
    """When the first money of this while came in; salaries come again a month later."""
    t = transfer.c
    return connection.scalar(select(func.min(t.happened_at)).where(t.kind == "credit", t.happened_at > since))
