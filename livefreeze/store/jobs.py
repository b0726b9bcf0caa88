"""Due runs of jobs: claimed by whoever is first, with a lease and a fencing number. No leader."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, delete, update

from livefreeze.base import clock
from livefreeze.store.engine import lease_until
from livefreeze.store.insert import insert_new
from livefreeze.store.tables import job_run

LEASE_S = 60
KEPT = timedelta(days=7)


class Claim(NamedTuple):
    """A run of a job that is ours until the lease ends."""

    job: str
    due_at: datetime
    fence: int


def claim(connection: Connection, job: str, due_at: datetime) -> Claim | None:
    """Make the run ours: a new one, or one whose worker died; None where another has it or it is finished."""
    row = {"job": job, "due_at": due_at, "leased_until": lease_until(LEASE_S), "fence": 1}
    if insert_new(connection, job_run, row):
        return Claim(job, due_at, 1)
    t = job_run.c
    taken_over = (
        update(job_run)
        .where(t.job == job, t.due_at == due_at, t.finished_at.is_(None), t.leased_until < clock.wall())
        .values(fence=t.fence + 1, leased_until=lease_until(LEASE_S)).returning(t.fence)
    )
    fence = connection.scalar(taken_over)
    return None if fence is None else Claim(job, due_at, fence)


def finish(connection: Connection, done: Claim, *, progress: str) -> bool:
    """Write that the run is finished; False where another worker has taken it over in the meantime."""
    t = job_run.c
    ours = update(job_run).where(t.job == done.job, t.due_at == done.due_at, t.fence == done.fence)
    return connection.execute(ours.values(finished_at=clock.wall(), progress=progress)).rowcount == 1


def forget_old(connection: Connection) -> None:
    """Remove finished runs that nobody asks for any more."""
    connection.execute(delete(job_run).where(job_run.c.finished_at < clock.wall() - KEPT))
