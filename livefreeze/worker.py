"""The worker process: APScheduler ticks, the database says what is due. Any number of workers run side by side."""

import logging
import signal
import threading
from datetime import datetime

from apscheduler.schedulers.background import BackgroundScheduler

from bank_adapters.addresses import Policy
from livefreeze.base import clock
from livefreeze.base.errors import NotDecided
from livefreeze.flows import delivery, jobs
from livefreeze.process import open_process
from livefreeze.settings import Settings
from livefreeze.settings import load as load_settings

DELIVER_EVERY_S = 0.2
DELIVERIES_AT_ONCE = 4
LOOK_EVERY_S = 1
LOOK_OFTEN_S = 0.25  # where a file moves the clock, whoever moves it is waiting
WATCH_EVERY_S = 0.05
_DELIVERY = "delivery"
_LOG = logging.getLogger("livefreeze.worker")


def run(settings: Settings | None = None) -> None:
    """Work until SIGTERM or SIGINT; what has begun is finished first. Raises SettingsInvalid, MasterKeysInvalid."""
    settings = settings or load_settings()
    open_process(settings)
    # It warns of each tick that finds the one before still at work, which every slow bank makes happen.
    logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)
    policy = Policy(allow_loopback_http=settings.is_development)
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())

    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # a run that is still busy is no news
    scheduler = BackgroundScheduler(timezone="UTC")
    options = {"trigger": "interval", "max_instances": 1, "coalesce": True, "misfire_grace_time": None}
    # While one run waits for a slow bank, the next ones deliver to the others.
    several = {**options, "max_instances": DELIVERIES_AT_ONCE}
    sending = {"policy": policy, "attempts_max": settings.delivery_attempts_max}
    scheduler.add_job(_kept_going, args=[delivery.run], kwargs=sending, seconds=DELIVER_EVERY_S, id=_DELIVERY,
                      **several)
    look_every_s = LOOK_EVERY_S if settings.clock_file is None else LOOK_OFTEN_S
    run = _Run(scheduler)
    for job in jobs.JOBS:
        scheduler.add_job(_kept_going, args=[run.if_due, job], seconds=look_every_s, id=job, **options)
    if settings.clock_file is not None:
        watch = _Watch(scheduler)
        scheduler.add_job(_kept_going, args=[watch.look], seconds=WATCH_EVERY_S, **options)
    scheduler.start()
    _LOG.info("worker started")
    stop.wait()
    scheduler.shutdown(wait=True)


class _Run:
    """Runs a job once in its minute, and has what it wrote to the banks delivered at once."""

    def __init__(self, scheduler: BackgroundScheduler) -> None:
        self._scheduler = scheduler
        self._done: dict[str, datetime] = {}  # so that a minute that we ran is not asked for again and again

    def if_due(self, job: str) -> None:
        due_at = jobs.due_at(clock.now())
        if self._done.get(job) == due_at:
            return
        looked_at = jobs.run_due(job)
        if looked_at is not None:
            self._done[job] = due_at
        if looked_at:
            _wake(self._scheduler, _DELIVERY)


class _Watch:
    """Sees that a file has moved the business clock, and has every job look at once."""

    def __init__(self, scheduler: BackgroundScheduler) -> None:
        self._scheduler = scheduler
        self._seen = clock.offset()

    def look(self) -> None:
        if clock.offset() != self._seen:
            self._seen = clock.offset()
            for job in jobs.JOBS:
                _wake(self._scheduler, job)


def _wake(scheduler: BackgroundScheduler, job: str) -> None:
    scheduler.modify_job(job, next_run_time=clock.wall())


def _kept_going(act, *args, **kwargs) -> None:
    """A failure is logged; the next tick tries again, for what is due stays due."""
    try:
        act(*args, **kwargs)
    except NotDecided:
        _LOG.info("the database was busy; the next tick tries again")
    except Exception:
        _LOG.exception("a job failed")
