"""The bar at the top of a demonstration's pages: move the clock, and see salary, sweep and new period happen."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from flask import Response, request
from sqlalchemy import Connection

from livefreeze.base import clock
from livefreeze.base.errors import Problem
from livefreeze.flows.transaction import reading
from livefreeze.store.queries import backlog, coming
from livefreeze.web.demo.clock import move
from livefreeze.web.pages.area import Area
from livefreeze.web.pages.figures import moment
from livefreeze.web.pages.language import gettext
from livefreeze.web.pages.render import done, own_path

ZONE = ZoneInfo("Asia/Shanghai")  # of the demonstration's courts and banks
OPENING = timedelta(hours=9)
BANKS_LOOK_S = 1.2  # so long banks and worker may take to see that the clock was moved
CAUGHT_UP_S_MAX = 8.0
STANDS_STILL_S = 0.6  # banks that report nothing for so long have reported all they will
LOOK_AGAIN_S = 0.1

bar = Area("demo_bar", __name__, url_prefix="/demo")


def next_day(connection: Connection, now: datetime) -> datetime:
    """Tomorrow, when the banks open."""
    return _opening(now.astimezone(ZONE) + timedelta(days=1))


def next_payday(connection: Connection, now: datetime) -> datetime | None:
    """A month after the first salary of the last month, a few minutes after the banks pay it."""
    last = coming.first_credit_at(connection, _month_before(now))
    return None if last is None else _month_after(last) + timedelta(minutes=5)


def next_sweep_day(connection: Connection, now: datetime) -> datetime | None:
    """The next day on which the timetable sweeps, in the morning."""
    at = coming.next_sweep_at(connection, now)
    return None if at is None else max(at + timedelta(minutes=1), _opening(at.astimezone(ZONE)))


def next_period(connection: Connection, now: datetime) -> datetime | None:
    """The moment at which the next allowance is whole again."""
    ends = []
    for end in coming.period_ends(connection):
        while end <= now:
            end = _month_after(end)
        ends.append(end)
    return min(ends) + timedelta(minutes=1) if ends else None


STEPS: dict[str, Callable[[Connection, datetime], datetime | None]] = {
    "day": next_day, "payday": next_payday, "sweep": next_sweep_day, "period": next_period,
}


@bar.post("/move")
def move_on() -> Response:
    """Let the chosen day come, wait until everybody has caught up with it, and show the same page again."""
    step = STEPS.get(request.form.get("to", ""))
    if step is None:
        raise Problem("NOT_FOUND")
    back = own_path(request.form.get("back"), "/")
    now = clock.now()
    with reading() as connection:
        then = step(connection, now)
    if then is None:
        return done(back, gettext("Nothing of that kind is to come: no account is under a freeze."))
    move(then)
    is_caught_up = _waits()
    said = gettext("It is now %(moment)s.", moment=moment(then))
    if not is_caught_up:
        said += " " + gettext("Banks and timetable are still at work; load the page again in a moment.")
    return done(back, said)


def _waits() -> bool:
    """Wait for banks and worker; say whether they have done all that was due."""
    began_s = changed_s = clock.stopwatch_s()
    on_the_way = -1
    while (now_s := clock.stopwatch_s()) - began_s < CAUGHT_UP_S_MAX:
        time.sleep(LOOK_AGAIN_S)
        with reading() as connection:
            before, on_the_way = on_the_way, backlog.on_the_way(connection)
            is_idle = not any(backlog.counts(connection, clock.now()).values())
        if on_the_way != before:
            changed_s = now_s
        if is_idle and now_s - began_s >= BANKS_LOOK_S and (on_the_way == 0 or now_s - changed_s >= STANDS_STILL_S):
            return True
    return False


def _opening(local: datetime) -> datetime:
    return local.replace(hour=0, minute=0, second=0, microsecond=0) + OPENING


def _month_after(instant: datetime) -> datetime:
    return _months(instant, 1)


def _month_before(instant: datetime) -> datetime:
    return _months(instant, -1)


def _months(instant: datetime, count: int) -> datetime:
    """The same time of day in another month, on its last day where it lacks this one."""
    local = instant.astimezone(ZONE)
    first = local.replace(day=1)
    month = (first + timedelta(days=31 if count > 0 else -1)).replace(day=1)
    last_day = ((month + timedelta(days=31)).replace(day=1) - timedelta(days=1)).day
    return month.replace(day=min(local.day, last_day))
