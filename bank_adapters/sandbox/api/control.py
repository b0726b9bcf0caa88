"""For whoever tests: messages, receipts, faults, odd events, and a way to wait until the bank has nothing to do."""

from flask import Blueprint, request

from bank_adapters import strict_json
from bank_adapters.sandbox import faults, identifiers, messages, outbox, receipts
from bank_adapters.sandbox.api import requests
from bank_adapters.sandbox.refused import Refused

QUIET_WITHIN_S_MAX = 60.0

control = Blueprint("control", __name__)


@control.get("/messages")
def show_messages():
    """What came from and went to the service, without the bodies."""
    with requests.running().bank.database.reading() as connection:
        return messages.both_ways(connection)


@control.get("/receipts")
def show_receipts():
    """The service's audit receipts."""
    with requests.running().bank.database.reading() as connection:
        return {"receipts": receipts.all_kept(connection)}


@control.get("/faults")
def show_faults():
    """The faults switched on."""
    with requests.running().bank.database.reading() as connection:
        return faults.current(connection).as_document()


@control.put("/faults")
def replace_faults():
    """Switch on exactly these faults."""
    document = requests.document()
    with requests.running().bank.database.transaction() as connection:
        return faults.replace(connection, document).as_document()


@control.post("/events/raw")
def send_raw_events():
    """Send any events, signed, once and at once, past outbox and books; shows the service's answer unverified."""
    fields, running = requests.fields(), requests.running()
    message_id = fields.text("webhook_id", default=None) or identifiers.new("msg")
    events = fields.list("events")
    fields.refuse_unknown()
    body = outbox.events_body(running.bank, events)
    delivery = running.link.exchange(f"/bank/v1/{running.bank.code}/events", message_id, body)
    if delivery.error_code is not None:
        raise Refused("SERVICE_SILENT", why=delivery.error_code)
    return {
        "webhook_id": message_id,
        "status": delivery.status,
        "answer": strict_json.loads(delivery.body) if delivery.body else None,
    }


@control.get("/quiet")
def wait_until_quiet():
    """Wait until nothing is left to do for the bank's own threads; says how much is left if it takes too long."""
    bank = requests.running().bank
    timeout_s = min(QUIET_WITHIN_S_MAX, request.args.get("timeout_s", default=10.0, type=float))
    bank.changed.ring()  # a payday may have come with the clock
    is_quiet = bank.changed.wait_until(lambda: not any(_waiting().values()), timeout_s)
    return {"quiet": is_quiet, "waiting": _waiting()}


@control.get("/health")
def health():
    """Whether the bank is up, how much is left to do now, and how many transfers wait for their time."""
    bank = requests.running().bank
    with bank.database.reading() as connection:
        return {
            "bank": bank.code,
            "public_key": bank.signing_key.public_key.text(),
            "waiting": messages.waiting(connection, bank),
            "later": messages.later(connection),
        }


def _waiting() -> dict[str, int]:
    bank = requests.running().bank
    with bank.database.reading() as connection:
        return messages.waiting(connection, bank)
