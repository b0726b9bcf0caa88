"""Online inquiries: what a court asks banks, how far they are, what they answered."""

from datetime import date

from apiflask import Schema
from flask import current_app
from marshmallow import ValidationError, fields, validate

from bank_adapters.contract import MessageInvalid, vocabulary
from bank_adapters.contract.kinds import CalendarDay, Text
from livefreeze.base.errors import FieldError
from livefreeze.flows import case_closings
from livefreeze.flows.inquiry import looking, standing, start
from livefreeze.flows.inquiry.looking import LinesAsked
from livefreeze.flows.inquiry.start import InquiryRequest
from livefreeze.flows.transaction import reading
from livefreeze.store.queries import inquiries as queries
from livefreeze.store.queries.viewer import PageAsked
from livefreeze.web import current
from livefreeze.web.court.blueprint import about, court, found, viewer
from livefreeze.web.court.cases import CaseId
from livefreeze.web.court.fields import Figure, Id, Moment, Shaped, masked, page_size, shape
from livefreeze.web.court.pages import page, page_query

BANKS_COUNT_MAX = 2_000
LINE = shape(Text(
    code="FIELD_INVALID", pattern=r"[0-9]{1,16}:ian_[0-7][0-9a-hjkmnp-tv-z]{25}:[0-9]{1,9}", length_max=60,
    form="`next` of the page before", form_zh="上一页的 next", example="98:ian_01kkb5c8w0q3v7n2m4x6z8a9b1:1",
))


class Day(fields.Date):
    """A day of the calendar, such as 2026-03-10."""

    def _deserialize(self, value: object, attr: str | None, data: object, **options: object) -> date:
        try:
            return CalendarDay().read(value)
        except MessageInvalid as invalid:
            error = invalid.errors[0]
            raise ValidationError([FieldError("", "DAY_INVALID", error.reason, error.reason_zh)]) from None


class StandingIn(Schema):
    """For how long the question stands, and how often it is asked again."""

    term_days = fields.Integer(required=True, strict=True, validate=validate.OneOf(start.TERMS))
    interval_days = fields.Integer(load_default=30, strict=True, validate=validate.Range(1, 90))


class InquiryIn(Schema):
    """What a court asks about a debtor of one of its cases."""

    case = Id("cas", "a case", "案件", required=True)
    debtor = Id("dbt", "a debtor", "被执行人", required=True)
    reason = Shaped(vocabulary.Sentence, required=True, example="执行立案后查询财产线索")
    banks = fields.List(
        Shaped(vocabulary.BankCode), validate=validate.Length(min=1, max=BANKS_COUNT_MAX),
        metadata={"description": "codes of the banks to ask; left out, all of them"},
    )
    period_from = Day(required=True)
    period_to = Day(required=True)
    standing = fields.Nested(StandingIn, metadata={
        "description": "asked again for a term; banks tell new accounts meanwhile, and each prepares an order"})


class InquiryStarted(Schema):
    """An inquiry on its way."""

    id = fields.String(metadata={"examples": ["inq_01kkb5c8w0q3v7n2m4x6z8a9b1"]})
    banks_count = fields.Integer()
    answer_by = Moment("until when banks are asked to answer")
    calendar = fields.String(metadata={
        "description": "`not_published`: the working days until then are not announced for the whole time"})


class InquirySummary(Schema):
    """An inquiry and how far the banks are."""

    id = fields.String()
    case = fields.String()
    case_number = fields.String()
    debtor = fields.String()
    period_from = fields.String()
    period_to = fields.String()
    answer_by = Moment("until when banks are asked to answer")
    calendar = fields.String()
    delete_at = Moment("when what was answered is deleted")
    deleted_at = Moment("when it was deleted", allow_none=True)
    recorded_at = Moment("when it was asked")
    standing = fields.String(allow_none=True)
    banks_count = fields.Integer()
    open_count = fields.Integer(metadata={"description": "banks that have not answered in full"})
    progress = fields.Dict(keys=fields.String(), values=fields.Integer())


class InquiryBank(Schema):
    """How far a bank is."""

    bank = fields.String()
    bank_name = fields.String()
    status = fields.String()
    parts = fields.Integer(allow_none=True)
    parts_received = fields.Integer()
    delivered_at = Moment("when it took the question over", allow_none=True)
    answered_at = Moment("when its answer was whole", allow_none=True)
    reminded_at = Moment("when it was reminded", allow_none=True)
    is_late = fields.Boolean()
    is_corrected = fields.Boolean()


class InquiryOut(InquirySummary):
    """An inquiry with its reason and banks."""

    reason = fields.String()
    banks = fields.List(fields.Nested(InquiryBank))


class InquiryFreeze(Schema):
    """A freeze that stands on an account: no more than rank, amount and who."""

    rank = fields.Integer()
    amount = Figure("frozen up to this")
    authority = fields.String()


class InquiryAccount(Schema):
    """An account that a bank named."""

    id = fields.String(metadata={"examples": ["iqa_01kkb5c8w0q3v7n2m4x6z8a9b1"]})
    bank = fields.String()
    bank_name = fields.String()
    account = masked("account number", "****4567")
    kind = fields.String(allow_none=True)
    currency = fields.String(allow_none=True)
    balance = Figure("booked at `as_of`", allow_none=True)
    opened_on = fields.String(allow_none=True)
    branch = fields.String(allow_none=True)
    owners = fields.Integer(allow_none=True)
    as_of = fields.String(allow_none=True)
    lines = fields.Integer(metadata={"description": "how many bookings came"})
    flags = fields.List(fields.String())
    freezes = fields.List(fields.Nested(InquiryFreeze))


class InquiryAccounts(Schema):
    """The accounts that banks named."""

    accounts = fields.List(fields.Nested(InquiryAccount))


class InquiryLine(Schema):
    """A booking."""

    sequence = fields.Integer()
    date = fields.String()
    currency = fields.String()
    amount = Figure("with '-' before it where money went out", example="8000.00")
    balance_after = Figure("as the bank says", allow_none=True)
    counterparty = fields.String(allow_none=True)
    counterparty_account = fields.String(allow_none=True)
    text = fields.String(allow_none=True)
    income = fields.String(allow_none=True)
    flags = fields.List(fields.String(), metadata={"description": "what is odd: BALANCE_BREAK, SEQUENCE_GAP, …"})


class ClosingIn(Schema):
    """Why a case is closed."""

    reason = Shaped(vocabulary.Sentence, required=True, example="已执行完毕")


_LINES = Schema.from_dict({
    "after": Shaped(LINE, metadata={"description": "bookings after this one"}), "limit": page_size(),
}, name="PageOfLines")


@court.post("/inquiries")
@court.input(InquiryIn)
@court.output(InquiryStarted, status_code=201)
@about("inquiries", responses={404: "A case, debtor or bank is not known to this court", 409: "The case is closed"})
def start_inquiry(json_data: dict) -> dict:
    """Ask banks about a debtor: accounts, freezes, bookings."""
    listed = json_data.get("banks")
    request = InquiryRequest(
        json_data["case"], json_data["debtor"], json_data["reason"], None if listed is None else tuple(listed),
        json_data["period_from"], json_data["period_to"], **json_data.get("standing", {}),
    )
    keep_days = current_app.config["INQUIRY_KEEP_DAYS"]
    return start.start(request, principal=current.principal(), keep_days=keep_days)._asdict()


@court.get("/inquiries")
@court.input(page_query("inq", "an inquiry", "查询", case=Id("cas", "a case", "案件")), location="query")
@court.output(page("inquiries", InquirySummary))
@about("inquiries")
def list_inquiries(query_data: dict) -> dict:
    """List the court's inquiries, oldest first, of one case or all."""
    case_id = query_data.pop("case", None)
    with reading() as connection:
        return queries.page(connection, viewer(), PageAsked(**query_data), case_id=case_id)


@court.get("/inquiries/<inquiry_id>")
@court.output(InquiryOut)
@about("inquiries")
def show_inquiry(inquiry_id: str) -> dict:
    """Show how far each bank is."""
    return _shown(inquiry_id)


@court.get("/inquiries/<inquiry_id>/accounts")
@court.output(InquiryAccounts)
@about("inquiries", responses={409: "Deleted after its term"})
def list_inquiry_accounts(inquiry_id: str) -> dict:
    """Look at the accounts that banks named; each look is an audit event of the case."""
    return {"accounts": looking.accounts(inquiry_id, principal=current.principal())}


@court.get("/inquiries/<inquiry_id>/accounts/<inquiry_account_id>/transactions")
@court.input(_LINES, location="query")
@court.output(page("transactions", InquiryLine))
@about("inquiries", responses={409: "Deleted after its term"})
def list_inquiry_transactions(inquiry_id: str, inquiry_account_id: str, query_data: dict) -> dict:
    """Look at the bookings of an account, by sequence; each look is an audit event of the case."""
    after = query_data.get("after")
    if after is not None:
        sequence, answer_id, line = after.split(":")
        after = (int(sequence), answer_id, int(line))
    return looking.transactions(inquiry_id, inquiry_account_id, LinesAsked(query_data["limit"], after),
                                principal=current.principal())


@court.post("/inquiries/<inquiry_id>/end")
@court.output(InquiryOut)
@about("inquiries", responses={409: "It does not stand"})
def end_standing_inquiry(inquiry_id: str) -> dict:
    """End the standing inquiry to which this one belongs: it is asked no more, and banks tell no more new accounts."""
    standing.end(inquiry_id, principal=current.principal())
    return _shown(inquiry_id)


@court.post("/cases/<case_id>/close")
@court.input(ClosingIn)
@court.output(CaseId)
@about("cases")
def close_case(case_id: str, json_data: dict) -> dict:
    """Close a case: nothing new can be asked in it."""
    case_closings.close(case_id, reason=json_data["reason"], principal=current.principal())
    return {"id": case_id}


def _shown(inquiry_id: str) -> dict:
    with reading() as connection:
        return found(queries.one(connection, viewer(), inquiry_id))
