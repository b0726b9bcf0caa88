"""What a bank reports: one event or thousands."""

from flask import Response

from bank_adapters.contract import EVENTS_COUNT_MAX, INQUIRY_EVENTS, Events, EventsApplied
from livefreeze.base.errors import Problem
from livefreeze.flows import events as flow
from livefreeze.flows.once import Inbound
from livefreeze.web.bank import blueprint
from livefreeze.web.bank.documents import signed
from livefreeze.web.bank.exchange import answered, bound, json_of


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
    for index, event in enumerate(told.events):
        if isinstance(event, INQUIRY_EVENTS):
            raise Problem("NOT_FOUND", f"/events/{index}/inquiry")
    return flow.receive(inbound, told)
