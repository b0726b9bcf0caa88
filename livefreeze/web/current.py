"""What a view may ask about the request it answers: who is asking, and under which id it is logged."""

from flask import g, request

from livefreeze.base.access import Principal
from livefreeze.web.request_log import LINE


def principal() -> Principal:
    """Return who is asking; there is one wherever the table in base/access.py names roles."""
    return g.principal


def request_id() -> str:
    """Return the id that the answer's X-Request-Id and the log line carry."""
    return request.environ[LINE]["request_id"]


def note(**fields: object) -> None:
    """Add to the request's log line: `caller`, `problem`; ids and codes only, never a name or number of a person."""
    request.environ[LINE].update(fields)
