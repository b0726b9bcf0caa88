"""Cash that came back: one teller asks on this page, another approves on the next."""

from apiflask import Schema
from flask import Response, url_for
from marshmallow import fields

from livefreeze.flows.counter import reversals
from livefreeze.flows.transaction import reading
from livefreeze.store.queries import counter as queries
from livefreeze.web import current
from livefreeze.web.counter.area import counter, found
from livefreeze.web.court.fields import Amount, OneOf
from livefreeze.web.pages.forms import Form
from livefreeze.web.pages.language import gettext
from livefreeze.web.pages.render import done, page


class ReversalIn(Schema):
    """How much came back, and why."""

    amount = Amount("what came back", example="1000.00", required=True)
    reason = OneOf(reversals.REASONS, required=True)


class DecisionIn(Schema):
    """What a teller says to a request."""

    act = OneOf(("approve", "withdraw"), required=True)
    digest = fields.String(load_default="")


@counter.route("/withdrawals/<withdrawal_id>/reversal", methods=["GET", "POST"])
def ask_back(withdrawal_id: str) -> Response:
    """Ask that cash be booked back; a second teller decides."""
    with reading() as connection:
        shown = found(queries.withdrawal(connection, current.principal().bank_id, withdrawal_id))
    form = Form(ReversalIn, begins_with={"amount": shown["captured_amount"], "reason": reversals.REASONS[0]})
    if form.is_sent:
        with form.answering():
            reversal_id = reversals.ask(withdrawal_id, principal=current.principal(), **form.values())
            return done(url_for("counter.reversal", reversal_id=reversal_id),
                        gettext("Asked for. Nothing has moved yet: another teller has to approve."))
    return page("counter/ask_back.html", form=form, withdrawal=shown)


@counter.route("/reversals/<reversal_id>", methods=["GET", "POST"])
def reversal(reversal_id: str) -> Response:
    """Show a request; approve or withdraw it."""
    form = Form(DecisionIn)
    if form.is_sent:
        with form.answering():
            return _decide(reversal_id, **form.values())
    principal = current.principal()
    with reading() as connection:
        shown = found(queries.reversal(connection, principal.bank_id, reversal_id))
    return page("counter/reversal.html", form=form, reversal=shown,
                is_mine=shown["asked_by_person"] == principal.person)


def _decide(reversal_id: str, act: str, digest: str) -> Response:
    principal = current.principal()
    if act == "approve":
        reversals.approve(reversal_id, digest, principal=principal)
        said = gettext("Booked back. The amount counts as not taken.")
    else:
        reversals.withdraw(reversal_id, principal=principal)
        said = gettext("Withdrawn. Nothing has moved.")
    return done(url_for("counter.reversal", reversal_id=reversal_id), said)
