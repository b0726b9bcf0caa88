"""Another quota for an order, or its end: first what the debtor and the creditors gain or lose, then the proposal."""

from flask import Response, request, url_for

from livefreeze.base.errors import Problem
from livefreeze.flows.orders import amend, effects, release
from livefreeze.flows.transaction import reading
from livefreeze.store.queries import approvals as approval_queries
from livefreeze.store.queries import orders as queries
from livefreeze.web import current
from livefreeze.web.court.console.area import console, found, viewer
from livefreeze.web.court.orders import AmendIn, ReleaseIn
from livefreeze.web.pages.forms import Form
from livefreeze.web.pages.language import gettext
from livefreeze.web.pages.render import done, page


@console.route("/orders/<order_id>/amend", methods=["GET", "POST"])
def amend_order(order_id: str) -> Response:
    """Look at what another quota would change (`?quota=`), then prepare it."""
    order, waiting = _order(order_id)
    principal = current.principal()
    looked_at = (request.args.get("quota") or "").strip()
    form = Form(AmendIn, begins_with={"quota": looked_at or order["target"]})
    effect = None
    if form.is_sent:
        with form.answering():
            quota = form.values()["quota"]
            form.asks_about_same()
            return form.once(lambda: _waits(amend.prepare(order_id, quota=quota, principal=principal).id))
    elif looked_at:
        with form.answering():
            effect = effects.of_amendment(order_id, looked_at, court_id=principal.court_id)
    return page("console/amend_order.html", form=form, order=order, waiting=waiting, effect=effect)


@console.route("/orders/<order_id>/release", methods=["GET", "POST"])
def release_order(order_id: str) -> Response:
    """Show what would become free, then prepare the end of the order; before the bank's receipt it is withdrawn."""
    order, waiting = _order(order_id)
    principal = current.principal()
    form = Form(ReleaseIn)
    if form.is_sent:
        with form.answering():
            reason = form.values()["reason"]
            form.asks_about_same()
            return form.once(lambda: _waits(release.prepare(order_id, reason=reason, principal=principal).id))
    effect = None
    try:
        effect = effects.of_release(order_id, court_id=principal.court_id)
    except Problem:
        if not form.is_sent:
            raise
    return page("console/release_order.html", form=form, order=order, waiting=waiting, effect=effect)


def _order(order_id: str) -> tuple[dict, list[dict]]:
    with reading() as connection:
        order = found(queries.one(connection, viewer(), order_id))
        return order, approval_queries.open_about(connection, viewer(), order_id)


def _waits(proposal_id: str) -> Response:
    return done(
        url_for(".proposal", proposal_id=proposal_id),
        gettext("Prepared. Nothing changes until a second person has approved it."),
    )
