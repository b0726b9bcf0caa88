"""What every view of the API needs: the running bank, the request's fields, and a wait for the service."""

from typing import Any

from flask import abort, current_app, request

from bank_adapters import strict_json
from bank_adapters.sandbox import outbox
from bank_adapters.sandbox.fields import Fields
from bank_adapters.sandbox.refused import Refused
from bank_adapters.sandbox.running import Running

REPORTED_WITHIN_S = 5.0  # how long an answer waits for the service to take its events, unless `wait_s` says else


def running() -> Running:
    """The bank that this request is for: the one of its path, else the only one. 404 where there is neither."""
    found = request.environ.get("sandbox.running") or current_app.extensions["sandbox"]
    return found if found is not None else abort(404)


def document() -> dict[str, Any]:
    """The JSON object in the body; an empty body is an empty object. Raises Refused, NotJson."""
    if not request.data:
        return {}
    if request.mimetype != "application/json":
        raise Refused("NOT_JSON_TYPE")
    found = strict_json.loads(request.data)
    if not isinstance(found, dict):
        raise Refused("NOT_AN_OBJECT")
    return found


def fields() -> Fields:
    """The same, to be read field by field."""
    return Fields(document())


def wait_s_of(asked: Fields) -> float:
    """How long the caller wants to wait for the service to take the events."""
    return asked.number("wait_s", default=REPORTED_WITHIN_S)


def reported(wait_s: float) -> bool:
    """Wake the worker, and wait a while for the service to take the events; whether it has taken them all."""
    bank = running().bank

    def is_taken() -> bool:
        with bank.database.reading() as connection:
            return not outbox.are_events_waiting(connection)

    bank.changed.ring()
    return bank.changed.wait_until(is_taken, wait_s)
