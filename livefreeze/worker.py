"""The worker process: APScheduler ticks, the database says what is due. Any number of workers run side by side."""

import logging
import signal
import threading

from apscheduler.schedulers.background import BackgroundScheduler

from bank_adapters.addresses import Policy
from livefreeze.base.errors import NotDecided
from livefreeze.flows import delivery, jobs
from livefreeze.process import open_process
from livefreeze.settings import Settings
from livefreeze.settings import load as load_settings

DELIVER_EVERY_S = 0.2
DELIVERIES_AT_ONCE = 4
LOOK_EVERY_S = 1
LOOK_OFTEN_S = 0.25  # where a file moves the clock, whoever moves it is waiting
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
    scheduler.add_job(_kept_going, args=[delivery.run], kwargs=sending, seconds=DELIVER_EVERY_S, **several)
    look_every_s = LOOK_EVERY_S if settings.clock_file is None else LOOK_OFTEN_S
    for job in jobs.JOBS:
        scheduler.add_job(_kept_going, args=[jobs.run_due, job], seconds=look_every_s, **options)
    scheduler.start()
    _LOG.info("worker started")
    stop.wait()
    scheduler.shutdown(wait=True)


def _kept_going(act, *args, **kwargs) -> None:
    """A failure is logged; the next tick tries again, for what is due stays due."""
    try:
        act(*args, **kwargs)
    except NotDecided:
        _LOG.info("the database was busy; the next tick tries again")
    except Exception:
        _LOG.exception("a job failed")
