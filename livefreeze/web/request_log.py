"""Each request gets an id and leaves one line in the log: which route, how it ended, how long it took.

The line names the route's pattern, never the address: an address can hold what a person typed. It
stands around the application as plain WSGI, where this costs a fifth of what hooks of Flask do.
"""

import logging
import re
from collections.abc import Callable, Iterable

from livefreeze.base import clock, ids

LINE = "livefreeze.line"  # in the WSGI environment: the fields of the line, for whoever knows one more

_LOG = logging.getLogger("livefreeze.web")
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


class RequestLog:
    """Wraps a WSGI application: names the request, times it, and writes its line."""

    def __init__(self, application: Callable) -> None:
        self._application = application

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        """Answer one request."""
        started_s = clock.stopwatch_s()
        request_id = environ.get("HTTP_X_REQUEST_ID", "")
        if not _REQUEST_ID.fullmatch(request_id):
            request_id = ids.new("req")
        line = environ[LINE] = {"request_id": request_id, "method": environ["REQUEST_METHOD"], "route": None}

        def start(status: str, headers: list, *rest: object) -> Callable:
            line["status"] = int(status[:3])
            return start_response(status, [*headers, ("X-Request-Id", request_id)], *rest)

        try:
            return self._application(environ, start)
        finally:
            line["duration_ms"] = int((clock.stopwatch_s() - started_s) * 1000)
            _write(line)


def _write(line: dict[str, object]) -> None:
    if _LOG.isEnabledFor(logging.INFO):  # the record is made by hand, since nobody asks from which line it came
        _LOG.handle(_LOG.makeRecord(_LOG.name, logging.INFO, __file__, 0, "request", (), None, extra={"fields": line}))
