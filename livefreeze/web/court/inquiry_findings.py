"""What follows from an answered inquiry: the account that receives income, and the order drafted from it."""

from apiflask import Schema
from marshmallow import fields, validate

from bank_adapters.contract import vocabulary
from livefreeze.flows.inquiry import ordering, recognition
from livefreeze.flows.inquiry.ordering import OrderOfAnswer
from livefreeze.flows.orders.serve import ACCOUNTS_COUNT_MAX
from livefreeze.web import current
from livefreeze.web.court.blueprint import about, court
from livefreeze.web.court.fields import Amount, Figure, Id, Shaped, masked
from livefreeze.web.court.orders import PreparedOrderOut, RuleIn


class SentenceOut(Schema):
    """A sentence in two languages."""

    sentence = fields.String()
    sentence_zh = fields.String()


class MonthOut(Schema):
    """What came in a month."""

    month = fields.String(metadata={"examples": ["2026-01"]})
    amount = Figure("what the payer paid in it")


class CandidateOut(Schema):
    """A payer that pays income into an account."""

    account = fields.String(metadata={"description": "the account's id in the inquiry"})
    bank = fields.String()
    number = masked("account number", "****4567")
    currency = fields.String()
    payer = fields.String()
    kind = fields.String()
    pattern = fields.String()
    days_of_month = fields.List(fields.Integer())
    confidence = fields.Integer(metadata={"description": "from 0 to 100"})
    typical = Figure("the usual payment")
    monthly = Figure("what comes in a month")
    months_seen = fields.Integer()
    months_expected = fields.Integer()
    bonus_months = fields.List(fields.String())
    first_day = fields.String()
    last_day = fields.String()
    is_current = fields.Boolean()
    follows = fields.String(allow_none=True, metadata={"description": "the payer before, after a change of employer"})
    by_month = fields.List(fields.Nested(MonthOut))
    reasons = fields.List(fields.Nested(SentenceOut))


class NotIncomeOut(SentenceOut):
    """A payer that pays no income, and why."""

    account = fields.String()
    payer = fields.String()
    count = fields.Integer()
    currency = fields.String()
    total = Figure("what they paid")


class SuggestionOut(Schema):
    """Days for the freeze rule."""

    anchor_day = fields.Integer()
    sweep_day = fields.Integer()


class RecognitionOut(Schema):
    """What the bookings show; the clerk decides."""

    line_count = fields.Integer()
    candidates = fields.List(fields.Nested(CandidateOut))
    suggestion = fields.Nested(SuggestionOut, allow_none=True)
    not_income = fields.List(fields.Nested(NotIncomeOut))


class OrderOfAnswerIn(Schema):
    """A freeze order on accounts that banks named."""

    accounts = fields.List(
        Id("iqa", "an account of the inquiry", "查询账户"), required=True,
        validate=validate.Length(min=1, max=ACCOUNTS_COUNT_MAX),
        metadata={"description": "the first is where the debtor fetches the living money, unless they have such one"},
    )
    quota = Amount("the claim's amount: one claim has one ceiling over all its orders", required=True)
    notice_number = Shaped(vocabulary.Number, required=True, example="(2026)浙0281执1234号之一")
    rule = fields.Nested(RuleIn, required=True)


@court.get("/inquiries/<inquiry_id>/recognition")
@court.output(RecognitionOut)
@about("inquiries", responses={409: "Deleted after its term"})
def show_recognition(inquiry_id: str) -> dict:
    """Show which accounts receive income, with reasons; it is a look at the answers, and an audit event of the case."""
    return recognition.recognised(inquiry_id, principal=current.principal())


@court.post("/inquiries/<inquiry_id>/order")
@court.input(OrderOfAnswerIn)
@court.output(PreparedOrderOut, status_code=201)
@about("inquiries", responses={404: "No bank named the account", 409: "The notice number is used, the claim is met, "
                               "the account is another debtor's, or the answers were deleted"})
def prepare_order_of_answer(inquiry_id: str, json_data: dict) -> dict:
    """Register accounts that banks named and prepare an order on them; another person approves it."""
    request = OrderOfAnswer(tuple(json_data["accounts"]), json_data["quota"], json_data["notice_number"],
                            json_data["rule"])
    prepared = ordering.prepare(inquiry_id, request, principal=current.principal())
    return {"order": prepared.id, "proposal": prepared.proposal._asdict()}
