"""Cases."""

from apiflask import Schema
from marshmallow import fields, validate

from bank_adapters.contract import vocabulary
from livefreeze.flows import cases
from livefreeze.flows.cases import CaseRequest
from livefreeze.flows.transaction import reading
from livefreeze.store.queries import cases as queries
from livefreeze.store.queries.viewer import PageAsked
from livefreeze.web import current
from livefreeze.web.court.blueprint import about, court, found, viewer
from livefreeze.web.court.fields import Amount, Figure, Id, Moment, Shaped, currency, masked
from livefreeze.web.court.pages import page, page_query

DEBTORS_COUNT_MAX = 50


class CreditorIn(Schema):
    """Who applied for enforcement."""

    name = Shaped(vocabulary.Name, required=True, example="李四")


class ClaimIn(Schema):
    """What is owed."""

    amount = Amount("what is owed in this case", required=True)
    currency = currency(required=True)


class CaseIn(Schema):
    """A case as the court opens it."""

    case_number = Shaped(vocabulary.Number, required=True)
    debtors = fields.List(
        Id("dbt", "a debtor", "被执行人"), required=True, validate=validate.Length(min=1, max=DEBTORS_COUNT_MAX),
        metadata={"description": "each of them owes the whole; the claim has one ceiling over all their accounts"},
    )
    creditor = fields.Nested(CreditorIn, required=True)
    claim = fields.Nested(ClaimIn, required=True)


class Claim(Schema):
    """A claim and what became of it."""

    id = fields.String()
    currency = fields.String()
    target = Figure("what is owed", example="60000.00")
    quota = Figure("the ceiling of what may be taken; above `target` only while transfers are on the way")
    quota_left = Figure("what may still be taken: quota - settled - in transit", example="54500.00")
    settled = Figure("arrived in the case fund", example="5500.00")
    in_transit = Figure("instructed, not yet reported", example="0.00")
    over_collected = Figure("arrived above what is owed", example="0.00")


class CaseSummary(Schema):
    """A case."""

    id = fields.String()
    case_number = fields.String()
    creditor = masked("the creditor's name", "李**")
    claims = fields.List(fields.Nested(Claim))
    recorded_at = Moment("when it was opened here")


class CaseDebtor(Schema):
    """A debtor of the case."""

    id = fields.String()
    name = masked("name", "张**")
    id_number = masked("ID number", "330*************34")


class CaseAccount(Schema):
    """An account of a debtor of the case."""

    id = fields.String()
    debtor = fields.String()
    bank = fields.String()
    account = masked("account number", "****4567")
    currency = fields.String()
    is_frozen = fields.Boolean()


class CaseOrder(Schema):
    """An order of the case."""

    id = fields.String()
    notice_number = fields.String()
    status = fields.String()


class CaseOut(CaseSummary):
    """A case with all that belongs to it."""

    debtors = fields.List(fields.Nested(CaseDebtor))
    accounts = fields.List(fields.Nested(CaseAccount))
    orders = fields.List(fields.Nested(CaseOrder))


class CaseId(Schema):
    """The case's id."""

    id = fields.String(metadata={"examples": ["cas_01kkb5c8w0q3v7n2m4x6z8a9b1"]})


@court.post("/cases")
@court.input(CaseIn)
@court.output(CaseId, status_code=201)
@about("cases", responses={
    200: "Opened before with this content: the same case", 404: "A debtor is not known to this court",
    409: "The number stands for another case",
})
def open_case(json_data: dict) -> tuple[dict, int]:
    """Open a case with its claim."""
    request = CaseRequest(
        json_data["case_number"], tuple(json_data["debtors"]), json_data["creditor"]["name"],
        json_data["claim"]["amount"], json_data["claim"]["currency"],
    )
    opened = cases.open_case(request, principal=current.principal())
    return {"id": opened.id}, 201 if opened.is_new else 200


@court.get("/cases")
@court.input(page_query("cas", "a case", "案件"), location="query")
@court.output(page("cases", CaseSummary))
@about("cases")
def list_cases(query_data: dict) -> dict:
    """List the court's cases, oldest first."""
    with reading() as connection:
        return queries.page(connection, viewer(), PageAsked(**query_data))


@court.get("/cases/<case_id>")
@court.output(CaseOut)
@about("cases")
def show_case(case_id: str) -> dict:
    """Show a case with its claims, debtors, accounts and orders."""
    with reading() as connection:
        return found(queries.one(connection, viewer(), case_id))
