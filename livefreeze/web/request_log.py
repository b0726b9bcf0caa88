"""Each request gets an id and leaves one line in the log: which route, how it ended, how long it took.

The line names the route's pattern, never the address: an address can hold what a person typed.
"""

import logging
import re

from flask import Flask, Response, g, request

from livefreeze.base import clock, ids

_LOG = logging.getLogger("livefreeze.web")
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


def install(app: Flask) -> None:
    """Name and time every request of the app."""

    @app.before_request
    def name_and_time() -> None:
        given = request.headers.get("X-Request-Id", "")
        g.request_id = given if _REQUEST_ID.fullmatch(given) else ids.new("req")
        g.started_s = clock.stopwatch_s()

    @app.after_request
    def write_line(response: Response) -> Response:
        response.headers["X-Request-Id"] = g.request_id
        if _LOG.isEnabledFor(logging.INFO):
            _LOG.info("request", extra={"fields": _fields(response)})
        return response


def _fields(response: Response) -> dict[str, object]:
    fields: dict[str, object] = {
        "request_id": g.request_id,
        "method": request.method,
        "route": None if request.url_rule is None else request.url_rule.rule,
        "status": response.status_code,
        "duration_ms": int((clock.stopwatch_s() - g.started_s) * 1000),
    }
    if "caller" in g:
        fields["caller"] = g.caller
    if "problem" in g:
        fields["problem"] = g.problem
    return fields


def log_failure(exc_info: object) -> None:
    """Log an exception that nobody caught; the caller of the web only learns the request's id."""
    _LOG.error("request failed", exc_info=exc_info, extra={"fields": {"request_id": g.get("request_id")}})
