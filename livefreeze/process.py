"""What each process of ours sets before it does anything: clock, vault, database, log."""

import logging

from sqlalchemy import Engine

from livefreeze.base import clock, crypto, logs, master_keys
from livefreeze.flows import transaction
from livefreeze.settings import Settings
from livefreeze.store import engine as store_engine

_LOG = logging.getLogger("livefreeze.process")


def open_process(settings: Settings) -> Engine:
    """Set what every flow of a process relies on. Connects to nothing yet. Raises MasterKeysInvalid."""
    logs.configure()
    clock.set_clock_file(settings.clock_file)
    crypto.set_vault(crypto.Vault(master_keys.load(settings.master_key_file)))
    engine = store_engine.connect(settings.database_url, waits_for_disk=settings.wait_for_disk)
    transaction.use(engine)
    return engine


def is_ready(engine: Engine) -> bool:
    """Say whether the database answers and has the newest schema; why not, the log says."""
    try:
        return store_engine.is_at_head(engine)
    except Exception:  # whatever keeps the database from answering, the answer is no
        _LOG.warning("the database does not answer", exc_info=True)
        return False
