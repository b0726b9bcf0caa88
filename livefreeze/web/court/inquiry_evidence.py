"""The signed messages by which banks answered an inquiry: which came, and one as it came."""

from apiflask import Schema
from marshmallow import fields

from livefreeze.flows.inquiry import looking
from livefreeze.flows.transaction import reading
from livefreeze.store.queries import inquiries as queries
from livefreeze.web import current
from livefreeze.web.court.blueprint import about, court, found, viewer
from livefreeze.web.court.fields import Moment

_DIGEST = {"description": "SHA-256 of the exact body; it stays after the term"}


class AnswerOut(Schema):
    """One message of a bank, without what it says."""

    id = fields.String(metadata={"examples": ["ian_01kkb5c8w0q3v7n2m4x6z8a9b1"]})
    bank = fields.String()
    event_id = fields.String()
    message_id = fields.String(metadata={"description": "its webhook-id"})
    digest = fields.String(metadata=_DIGEST)
    part = fields.Integer(metadata={"description": "0: the news of a new account"})
    parts = fields.Integer(allow_none=True)
    corrects = fields.String(allow_none=True, metadata={"description": "event_id of the part that it replaces"})
    corrected_by = fields.String(allow_none=True, metadata={"description": "id of the answer that stands in its place"})
    is_late = fields.Boolean()
    happened_at = Moment("when the bank answered, by its clock")
    recorded_at = Moment("when it came")


class AnswersOut(Schema):
    """The messages that came, in their order."""

    answers = fields.List(fields.Nested(AnswerOut))


class EvidenceOut(Schema):
    """A message as it came."""

    id = fields.String()
    message_id = fields.String()
    signed_at = fields.String(metadata={"description": "the header webhook-timestamp"})
    signature = fields.String(metadata={"description": "the header webhook-signature"})
    digest = fields.String(metadata=_DIGEST)
    recorded_at = Moment("when it came")
    text = fields.String(metadata={"description": "the exact body"})


@court.get("/inquiries/<inquiry_id>/answers")
@court.output(AnswersOut)
@about("inquiries")
def list_inquiry_answers(inquiry_id: str) -> dict:
    """List the messages that came to an inquiry, corrected ones included; nothing of what they say."""
    with reading() as connection:
        return {"answers": found(queries.answers(connection, viewer(), inquiry_id))}


@court.get("/inquiries/<inquiry_id>/answers/<inquiry_answer_id>")
@court.output(EvidenceOut)
@about("inquiries", responses={409: "Deleted after its term"})
def show_inquiry_evidence(inquiry_id: str, inquiry_answer_id: str) -> dict:
    """Open a signed message of a bank; it is a look at the answer, and an audit event of the case."""
    return looking.evidence(inquiry_id, inquiry_answer_id, principal=current.principal())
