"""The web process: reads the settings, opens vault and database, and builds the application."""

import logging

from apiflask import APIFlask
from sqlalchemy import Engine

from livefreeze.base import clock, crypto, logs, master_keys
from livefreeze.flows import transaction
from livefreeze.settings import Settings
from livefreeze.settings import load as load_settings
from livefreeze.store import engine as store_engine
from livefreeze.web import bank, openapi, shell
from livefreeze.web.court import court

BLUEPRINTS = (bank.blueprint, court)

_LOG = logging.getLogger("livefreeze.app")


def create_app(settings: Settings | None = None) -> APIFlask:
    """Return the application, made once per process. Raises SettingsInvalid, MasterKeysInvalid."""
    settings = settings or load_settings()
    engine = open_process(settings)
    is_https = settings.public_url.startswith("https:")
    return shell.build(BLUEPRINTS, is_ready=lambda: is_ready(engine), is_https=is_https)


def openapi_text() -> str:
    """Return the OpenAPI document as it stands in docs/openapi.json; needs no settings and no database."""
    return openapi.text_of(shell.build(BLUEPRINTS, is_ready=lambda: False, is_https=True))


def open_process(settings: Settings) -> Engine:
    """Set what every flow of a process relies on: clock, vault, database, log. Connects to nothing yet.

    Raises MasterKeysInvalid.
    """
    logs.configure()
    clock.set_clock_file(settings.clock_file)
    crypto.set_vault(crypto.Vault(master_keys.load(settings.master_key_file)))
    engine = store_engine.connect(settings.database_url)
    transaction.use(engine)
    return engine


def is_ready(engine: Engine) -> bool:
    """Say whether the database answers and has the newest schema; why not, the log says."""
    try:
        return store_engine.is_at_head(engine)
    except Exception:  # whatever keeps the database from answering, the answer is no
        _LOG.warning("the database does not answer", exc_info=True)
        return False
