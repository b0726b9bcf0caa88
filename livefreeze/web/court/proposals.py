"""Proposals: read, edit, withdraw, approve."""

from apiflask import Schema
from marshmallow import fields

from bank_adapters.contract import vocabulary
from livefreeze.flows import approvals
from livefreeze.flows.transaction import reading
from livefreeze.store.queries import proposals as queries
from livefreeze.store.queries.viewer import PageAsked
from livefreeze.web import current
from livefreeze.web.court.blueprint import about, court, found, viewer
from livefreeze.web.court.fields import Moment, OneOf, Shaped
from livefreeze.web.court.pages import page, page_query
from livefreeze.web.court.prepared import DIGEST, Prepared

_STATUSES = ("open", "approved", "withdrawn")
_KINDS = ("order.serve", "order.amend", "order.release", "case_fund.register", "rule.adopt")
_CLOSED = {409: "The proposal is closed"}


class ProposalSummary(Schema):
    """A proposal."""

    id = fields.String()
    kind = fields.String(metadata={"enum": list(_KINDS)})
    subject = fields.String(allow_none=True, metadata={
        "description": "the order, or the court's rule; null for a case fund"
    })
    status = fields.String(metadata={"enum": list(_STATUSES)})
    version = fields.Integer()
    digest = fields.String(metadata=DIGEST)
    approved_by = fields.String(allow_none=True)
    approved_at = Moment("when it was approved", allow_none=True)
    recorded_at = Moment("when it was prepared")


class Version(Schema):
    """One version of the document."""

    version = fields.Integer()
    digest = fields.String(metadata=DIGEST)
    edited_by = fields.String()
    recorded_at = Moment("when it was written")


class ProposalOut(ProposalSummary):
    """A proposal with the document to approve."""

    document = fields.Dict(metadata={"description": "what will be done, complete; `digest` is of exactly this"})
    versions = fields.List(fields.Nested(Version))


class EditIn(Schema):
    """The whole document, changed."""

    document = fields.Raw(required=True, metadata={
        "type": "object", "description": "as `GET` shows it, with other values; what it is about cannot be changed"
    })


class ApproveIn(Schema):
    """Which document is approved."""

    digest = Shaped(vocabulary.Digest, required=True)


@court.get("/proposals")
@court.input(page_query("prp", "a proposal", "提案", status=OneOf(_STATUSES)), location="query")
@court.output(page("proposals", ProposalSummary))
@about("proposals")
def list_proposals(query_data: dict) -> dict:
    """List the court's proposals, oldest first, of one status or of all."""
    status = query_data.pop("status", None)
    with reading() as connection:
        return queries.page(connection, viewer(), PageAsked(**query_data), status=status)


@court.get("/proposals/<proposal_id>")
@court.output(ProposalOut)
@about("proposals")
def show_proposal(proposal_id: str) -> dict:
    """Show a proposal with the document to approve and who wrote which version."""
    with reading() as connection:
        return found(queries.one(connection, viewer(), proposal_id))


@court.put("/proposals/<proposal_id>")
@court.input(EditIn)
@court.output(Prepared)
@about("proposals", responses=_CLOSED)
def edit_proposal(proposal_id: str, json_data: dict) -> dict:
    """Write another version of an open proposal. Whoever edits it may not approve it."""
    return approvals.edit(proposal_id, json_data["document"], principal=current.principal())._asdict()


@court.post("/proposals/<proposal_id>/approve")
@court.input(ApproveIn)
@court.output(ProposalOut)
@about("proposals", responses={
    403: "The role may not do this, or you wrote a version of the document",
    409: "The document was changed since, the proposal is closed, or what it says cannot be done now",
})
def approve_proposal(proposal_id: str, json_data: dict) -> dict:
    """Approve exactly the document of this digest; what it says is done in the same moment."""
    approvals.approve(proposal_id, json_data["digest"], principal=current.principal())
    return show_again(proposal_id)


@court.post("/proposals/<proposal_id>/withdraw")
@court.output(ProposalOut)
@about("proposals", responses=_CLOSED)
def withdraw_proposal(proposal_id: str) -> dict:
    """Close an open proposal unapproved; an order that it prepared is revoked."""
    approvals.withdraw(proposal_id, principal=current.principal())
    return show_again(proposal_id)


def show_again(proposal_id: str) -> dict:
    """The proposal as it stands after the act."""
    with reading() as connection:
        return queries.one(connection, viewer(), proposal_id)
