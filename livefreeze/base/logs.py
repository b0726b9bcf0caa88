"""One line of JSON for each thing worth knowing, without personal data.

What may stand in a line is named at the place that logs it, `extra={"fields": {...}}`; nothing is
taken from a request by itself. Of an exception the kind and the place are logged, never its
message: a driver's message can quote a row.
"""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime

_QUIET = ("werkzeug", "urllib3", "apscheduler")  # they log addresses and say what our own lines say


_encode = json.JSONEncoder(ensure_ascii=False, default=str).encode


class _Handler(logging.StreamHandler):
    """Our handler, known by its type, so that a process that configures twice still writes once."""


class JsonLine(logging.Formatter):
    """Writes a record as one line of JSON: time, level, logger, message, its fields, exceptions."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= getattr(record, "fields", {})
        if record.exc_info and record.exc_info[1] is not None:
            line["exceptions"] = describe(record.exc_info[1])
        return _encode(line)


def describe(error: BaseException) -> list[dict[str, object]]:
    """Return the kind and place of an exception and of those that led to it, the outermost first."""
    described = []
    while error is not None:
        entry: dict[str, object] = {"kind": f"{type(error).__module__}.{type(error).__qualname__}"}
        if isinstance(error, OSError):
            entry["reason"] = error.strerror
        if getattr(error, "sqlstate", None):
            entry["sqlstate"] = error.sqlstate
        frames = traceback.extract_tb(error.__traceback__)
        entry["stack"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        described.append(entry)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return described


def configure() -> None:
    """Send this process's log to standard error. Called at the start of a process; twice is harmless."""
    root = logging.getLogger()
    if any(isinstance(handler, _Handler) for handler in root.handlers):
        return
    handler = _Handler(sys.stderr)
    handler.setFormatter(JsonLine())
    root.addHandler(handler)
    logging.getLogger("livefreeze").setLevel(logging.INFO)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
