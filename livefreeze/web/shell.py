"""The web application around the views: strict input, one kind of error, a guard, headers, a log line."""

import logging
from collections.abc import Callable, Iterable
from importlib.metadata import version

from apiflask import APIFlask
from flask import Blueprint

from livefreeze.base.errors import Problem
from livefreeze.web import current, documentation, guard, health, json_body, openapi, problems
from livefreeze.web.headers import SecurityHeaders
from livefreeze.web.pages import install as page_shell
from livefreeze.web.pages.views import pages
from livefreeze.web.request_log import RequestLog

_LOG = logging.getLogger("livefreeze.web")


class Application(APIFlask):
    """APIFlask whose log of an uncaught exception holds neither the address nor the exception's message."""

    def ensure_sync(self, func: Callable) -> Callable:
        """Return the function: none here is asynchronous, and Flask looks into each one several times a request."""
        return func

    def log_exception(self, exc_info: object) -> None:
        """Log the kind and place of the exception."""
        fields = {"request_id": current.request_id()}  # by which who asked can tell us of it
        _LOG.error("request failed", exc_info=exc_info, extra={"fields": fields})


def build(blueprints: Iterable[Blueprint], *, is_ready: Callable[[], bool], is_https: bool,
          cookie_secret: bytes = b"no page is ever sent with this") -> Application:
    """Return the application with these routes and those of every service: health, documentation.

    It touches no database before the first request. Raises RuntimeError for a route that base/access.py
    does not name.
    """
    json_body.make_strict()
    app = Application("livefreeze.web", title="livefreeze", version=version("livefreeze"), docs_path=None)
    app.json.sort_keys = False
    app.json.ensure_ascii = False
    openapi.install(app)
    app.error_processor(problems.answer_http_error)
    app.register_error_handler(Problem, problems.answer)
    for blueprint in (health.blueprint(is_ready), documentation.blueprint, pages, *blueprints):
        app.register_blueprint(blueprint)
    page_shell.install(app, cookie_secret=cookie_secret, is_https=is_https)
    guard.install(app)
    app.wsgi_app = RequestLog(SecurityHeaders(app.wsgi_app, is_https=is_https))
    return app
