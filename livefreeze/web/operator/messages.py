"""Messages to banks: what was tried, what waits behind a dead letter, and how it goes on."""

import json

from flask import Response, request, url_for

from livefreeze.base import ids
from livefreeze.flows.operator import messages as flow
from livefreeze.flows.operator.proposals import OF_TENANTS
from livefreeze.flows.transaction import reading
from livefreeze.store.queries.operator import banks as bank_queries
from livefreeze.store.queries.operator import messages as queries
from livefreeze.store.queries.operator import proposals as proposal_queries
from livefreeze.store.queries.operator.messages import STATES, Wanted
from livefreeze.web import current
from livefreeze.web.operator.area import CHOICES_MAX, PAGE_SIZE, ask_for, found, operator
from livefreeze.web.pages.forms import Form
from livefreeze.web.pages.render import page

_POSITION_DIGITS_MAX = 18


@operator.get("/messages")
def messages() -> Response:
    """List messages, newest first: of all banks or one, of one lane, all or those that wait or were given up."""
    wanted = _wanted()
    with reading() as connection:
        listed = queries.page(connection, wanted)
        banks = bank_queries.names(connection, count_max=CHOICES_MAX)
    chosen = {"bank": wanted.bank, "lane": wanted.lane, "state": None if wanted.state == "all" else wanted.state}
    following = listed["next"] and url_for("operator.messages", before=listed["next"], **chosen)
    return page("operator/messages.html", letters=listed["messages"], following=following, banks=banks,
                chosen=wanted, states=STATES)


@operator.get("/messages/<outbound_id>")
def message(outbound_id: str) -> Response:
    """Show one message with the attempts to deliver it."""
    return _shown(outbound_id)


@operator.post("/messages/<outbound_id>/text")
def read_message(outbound_id: str) -> Response:
    """Show what the message says, names and numbers in clear; that it was read is written down."""
    text = flow.read(outbound_id, principal=current.principal())
    return _shown(outbound_id, text=json.dumps(json.loads(text), ensure_ascii=False, indent=2))


@operator.route("/messages/<outbound_id>/replay", methods=["GET", "POST"])
def replay(outbound_id: str) -> Response:
    """Say what a replay sets going, and ask for it."""
    form = Form()
    with reading() as connection:
        shown = found(queries.one(connection, outbound_id))
        waiting = proposal_queries.open_about(connection, current.principal(), outbound_id, of_tenants=OF_TENANTS)
    if form.is_sent:
        with form.answering():
            return ask_for(form, "message.replay", {"message": outbound_id})
    return page("operator/replay.html", form=form, letter=shown, waiting=waiting)


def _shown(outbound_id: str, *, text: str | None = None) -> Response:
    with reading() as connection:
        shown = found(queries.one(connection, outbound_id))
        waiting = proposal_queries.open_about(connection, current.principal(), outbound_id, of_tenants=OF_TENANTS)
    return page("operator/message.html", letter=shown, waiting=waiting, text=text)


def _wanted() -> Wanted:
    state, lane, before = (request.args.get(name, "") for name in ("state", "lane", "before"))
    return Wanted(
        PAGE_SIZE, bank=request.args.get("bank") or None, lane=lane if ids.is_id("acc", lane) else None,
        state=state if state in STATES else "all",
        before=int(before) if before.isascii() and before.isdigit() and len(before) <= _POSITION_DIGITS_MAX else None,
    )
