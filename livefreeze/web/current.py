"""What a view may ask about the request it answers: who is asking, and under which id it is logged."""

from flask import g

from livefreeze.base.access import Principal


def principal() -> Principal:
    """Return who is asking; there is one wherever the table in base/access.py names roles."""
    return g.principal


def request_id() -> str:
    """Return the id that the answer's X-Request-Id and the log line carry."""
    return g.request_id


def name_caller(caller: str) -> None:
    """Let the log line say who asked: a bank's code once its signature is verified, never a person's name."""
    g.caller = caller
