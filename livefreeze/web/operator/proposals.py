"""Approvals among administrators: what waits, exactly as it will be done, and who asked."""

from apiflask import Schema
from flask import Response, request, url_for
from marshmallow import fields

from livefreeze.flows import banks as bank_flow
from livefreeze.flows.operator import proposals as flow
from livefreeze.flows.operator.proposals import OF_TENANTS
from livefreeze.flows.transaction import reading
from livefreeze.store.queries.operator import messages as message_queries
from livefreeze.store.queries.operator import proposals as queries
from livefreeze.web import current
from livefreeze.web.court.fields import OneOf
from livefreeze.web.operator.area import asked, found, operator
from livefreeze.web.operator.words import DONE, kinds
from livefreeze.web.pages.forms import Form
from livefreeze.web.pages.language import gettext
from livefreeze.web.pages.render import done, page


class DecisionIn(Schema):
    """What an administrator says to a proposal."""

    act = OneOf(("approve", "withdraw"), required=True)
    digest = fields.String(load_default="")


@operator.get("/proposals")
def proposals() -> Response:
    """List what waits for a second person, or what was decided."""
    is_open = request.args.get("show") != "done"
    with reading() as connection:
        listed = queries.page(connection, current.principal(), asked("ppr"), is_open=is_open, of_tenants=OF_TENANTS)
    following = listed["next"] and url_for(
        "operator.proposals", show=None if is_open else "done", after=listed["next"]
    )
    return page("operator/proposals.html", proposals=listed["proposals"], following=following, is_open=is_open,
                kinds=kinds())


@operator.route("/proposals/<platform_proposal_id>", methods=["GET", "POST"])
def proposal(platform_proposal_id: str) -> Response:
    """Show what is asked for; approve exactly that, or withdraw it."""
    shown = _read(platform_proposal_id)
    form = Form(DecisionIn)
    if form.is_sent:
        with form.answering():
            decision = form.values()
            return form.once(lambda: _decide(shown, **decision))
    return _page(shown, form)


@operator.post("/proposals/<platform_proposal_id>/link")
def make_link(platform_proposal_id: str) -> Response:
    """Make the link by which the new user sets themselves up, and show it this once."""
    shown = _read(platform_proposal_id)
    secret = flow.make_link(platform_proposal_id, principal=current.principal())
    return _page(shown, None, link=url_for("login.set_up", token=secret, _external=True))


def _decide(shown: dict, act: str, digest: str) -> Response:
    principal, address = current.principal(), url_for("operator.proposal", platform_proposal_id=shown["id"])
    if act == "withdraw":
        flow.withdraw(shown["id"], principal=principal)
        return done(address, gettext("Withdrawn: nothing was done, and nobody can approve it."))
    flow.approve(shown["id"], digest, principal=principal)
    said = DONE[shown["kind"]]
    return done(address, gettext(said))


def _read(proposal_id: str) -> dict:
    with reading() as connection:
        return found(queries.one(connection, current.principal(), proposal_id, of_tenants=OF_TENANTS))


def _page(shown: dict, form: Form | None, *, link: str | None = None) -> Response:
    principal, about = current.principal(), None
    if shown["kind"] == "message.replay":
        with reading() as connection:
            about = message_queries.one(connection, shown["subject"])
    key = shown["document"].get("public_key")
    return page(
        "operator/proposal.html", form=form, proposal=shown, kinds=kinds(), is_mine=shown["person"] == principal.person,
        letter=about, fingerprint=bank_flow.fingerprint_of(key) if key else None, link=link,
        may_make_link=flow.may_make_link(shown["id"], principal=principal),
    )
