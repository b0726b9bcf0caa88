"""What a bank reports: one event or thousands."""

from flask import Response

from bank_adapters.contract import EVENTS_COUNT_MAX, INQUIRY_EVENTS, EventInvalid, Events, EventsApplied
from livefreeze.base.errors import FieldError, Problem, invalid_fields
from livefreeze.flows import events as flow
from livefreeze.flows.inquiry import answers as inquiry_answers
from livefreeze.flows.once import Inbound
from livefreeze.web.bank import blueprint
from livefreeze.web.bank.documents import signed
from livefreeze.web.bank.exchange import answered, bound, json_of

_OF_INQUIRIES = {event.type for event in INQUIRY_EVENTS}


@blueprint.post("/<bank>/events")
@signed("Report events", takes=Events, answers=EventsApplied)
def events(bank: str) -> Response:
    """Each is applied, waits for its account, or is refused by itself; results come in the order of the events."""
    return answered(bank, _receive)


def _receive(inbound: Inbound) -> bytes:
    batch = json_of(inbound)
    listed = batch.get("events") if isinstance(batch, dict) else None
    if isinstance(listed, list) and len(listed) > EVENTS_COUNT_MAX:
        raise Problem("BATCH_TOO_LONG", "/events", count_max=EVENTS_COUNT_MAX)
    told = bound(inbound, batch, Events)
    if any(_is_of_inquiry(raw) for raw in batch["events"]):
        return _take_answer(inbound, told)
    return flow.receive(inbound, told)


def _is_of_inquiry(raw: object) -> bool:
    return isinstance(raw, dict) and raw.get("type") in _OF_INQUIRIES


def _take_answer(inbound: Inbound, told: Events) -> bytes:
    """What is not well formed is refused whole: such a body may not be kept under the key of all messages."""
    if len(told.events) > 1:
        raise Problem("INQUIRY_NOT_ALONE", "/events")
    event = told.events[0]
    if isinstance(event, EventInvalid):
        errors = [FieldError(f"/events/0{e.pointer}", e.code, e.reason, e.reason_zh) for e in event.errors]
        raise invalid_fields(errors)
    return inquiry_answers.receive(inbound, event)
