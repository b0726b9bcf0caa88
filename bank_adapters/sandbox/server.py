"""The bank's web server: its API for people and tests, and the address to which the service sends."""

import logging
import time
from collections.abc import Callable

from flask import Flask, request
from werkzeug.exceptions import HTTPException
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from bank_adapters import errors
from bank_adapters.sandbox import faults, inbox
from bank_adapters.sandbox.api import requests
from bank_adapters.sandbox.api.control import control
from bank_adapters.sandbox.api.counter import counter
from bank_adapters.sandbox.api.customers import customers
from bank_adapters.sandbox.api.inquiries import inquiries
from bank_adapters.sandbox.refused import Refused
from bank_adapters.sandbox.running import Running
from bank_adapters.signing import SignatureInvalid
from bank_adapters.strict_json import NotJson

HOST = "127.0.0.1"  # there is no log-in: never offer it to a network
PORT = 8101
BODY_BYTES_MAX = 16 * 1024 * 1024


def create_app(running: Running | None) -> Flask:
    """The WSGI application of a running bank; None where each request says for which bank it is."""
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = BODY_BYTES_MAX
    app.json.ensure_ascii = False
    app.json.sort_keys = False
    app.extensions["sandbox"] = running
    for blueprint in (customers, counter, control, inquiries):
        app.register_blueprint(blueprint, url_prefix="/api")
    app.add_url_rule("/hooks/livefreeze", view_func=receive, methods=["POST"])
    app.register_error_handler(errors.Refused, _refused)
    app.register_error_handler(HTTPException, _http_error)
    return app


def receive() -> tuple[str, int]:
    """Verify and store a message of the service, acknowledge it, and leave the rest to the worker."""
    running = requests.running()
    running.link.trust_on_first_use()
    with running.bank.database.reading() as connection:
        slow_s = faults.current(connection).slow_s
    time.sleep(slow_s)
    with running.bank.database.transaction() as connection:
        if faults.current(connection).unreachable:
            raise Refused("FAULT")
        inbox.receive(connection, running.bank, request.get_data(), dict(request.headers))
    running.bank.changed.ring()
    return "", 204


def make_http_server(application: Callable, port: int) -> BaseWSGIServer:
    """A threaded server on the loopback address; port 0 takes any free one."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server(HOST, port, application, threaded=True, request_handler=_QuietHandler)
    server.daemon_threads = True
    return server


class _QuietHandler(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_request(self, *_: object) -> None:
        """Say nothing: addresses of this API hold account numbers."""


def _refused(refused: errors.Refused) -> tuple[dict, int]:
    document = {"code": refused.code, "reason": refused.reason, "reason_zh": refused.reason_zh}
    fields = getattr(refused, "errors", ())
    if fields:
        document["errors"] = [
            {"pointer": error.pointer, "code": error.code, "reason": error.reason, "reason_zh": error.reason_zh}
            for error in fields
        ]
    return document, _status(refused)


def _status(refused: errors.Refused) -> int:
    if isinstance(refused, Refused):
        return refused.status
    if isinstance(refused, SignatureInvalid):
        return 401
    return 400 if isinstance(refused, NotJson) else 422


def _http_error(error: HTTPException) -> tuple[dict, int]:
    return {"code": error.name.upper().replace(" ", "_"), "reason": error.description, "reason_zh": ""}, error.code
