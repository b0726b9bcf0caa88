"""The timetable's jobs: each due run is done once, by whichever worker claims it first."""

from collections.abc import Callable
from datetime import datetime, timedelta

from livefreeze.base import clock
from livefreeze.flows import case_funds, expiry, rule_adoption, sweep, unanswered, waiting
from livefreeze.flows.inquiry import deletion, overdue, standing
from livefreeze.flows.transaction import transaction
from livefreeze.store import jobs

EVERY = timedelta(minutes=1)  # of the business clock: moved to the next payday, it is due at once

JOBS: dict[str, Callable[[datetime], int]] = {
    "sweep": sweep.run_due,
    "expire_withdrawals": expiry.run_due,
    "let_in_waiting": waiting.run_due,
    "adopt_rules": rule_adoption.run_due,
    "unanswered_queries": unanswered.run_due,
    "overdue_inquiries": overdue.run_due,
    "standing_inquiries": standing.run_due,
    "delete_inquiries": deletion.run_due,
    "close_case_funds": case_funds.close_due,
}


def due_at(now: datetime) -> datetime:
    """The minute whose runs are due at this instant."""
    return datetime.fromtimestamp(now.timestamp() // EVERY.total_seconds() * EVERY.total_seconds(), now.tzinfo)


def run_due(job: str) -> int | None:
    """Run the job if its minute has not been run yet; return how much it looked at, None where others have it.

    A run that was missed needs no catching up: each job looks for everything that is due by now.
    """
    now = clock.now()
    with transaction() as connection:
        claimed = jobs.claim(connection, job, due_at(now))
    if claimed is None:
        return None
    looked_at = JOBS[job](now)
    with transaction() as connection:
        jobs.finish(connection, claimed, progress=str(looked_at))
        jobs.forget_old(connection)
    return looked_at
