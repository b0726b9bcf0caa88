"""The web process: reads the settings, opens vault and database, and builds the application."""

from apiflask import APIFlask

from livefreeze.base import crypto
from livefreeze.process import is_ready, open_process
from livefreeze.settings import Settings
from livefreeze.settings import load as load_settings
from livefreeze.web import bank, demo, openapi, shell
from livefreeze.web.counter import counter
from livefreeze.web.court import court
from livefreeze.web.court.console import console
from livefreeze.web.debtor import debtor
from livefreeze.web.debtor.outbox import outbox
from livefreeze.web.login import login
from livefreeze.web.operator import operator

BLUEPRINTS = (bank.blueprint, court, login, console, counter, debtor, operator)


def create_app(settings: Settings | None = None) -> APIFlask:
    """Return the application, made once per process. Raises SettingsInvalid, MasterKeysInvalid."""
    settings = settings or load_settings()
    engine = open_process(settings)
    is_https = settings.public_url.startswith("https:")
    blueprints = BLUEPRINTS
    if settings.is_development:
        blueprints += (outbox,)
    if settings.is_development and settings.clock_file is not None:
        blueprints += (demo.clock, *((demo.bar,) if settings.demo_bar else ()))
    app = shell.build(
        blueprints, is_ready=lambda: is_ready(engine), is_https=is_https, cookie_secret=crypto.vault().cookie_secret
    )
    app.config["ONE_FACTOR_MAY_BE_ENOUGH"] = settings.is_development  # for demonstrations: flows/log_in.py
    app.config["INQUIRY_KEEP_DAYS"] = settings.inquiry_keep_days
    return app


def openapi_text() -> str:
    """Return the OpenAPI document as it stands in docs/openapi.json; needs no settings and no database."""
    return openapi.text_of(shell.build(BLUEPRINTS, is_ready=lambda: False, is_https=True))
