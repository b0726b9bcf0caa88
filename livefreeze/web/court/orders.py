"""Freeze orders: prepared here, approved as proposals."""

from apiflask import Schema
from marshmallow import fields, validate

from bank_adapters.contract import vocabulary
from livefreeze.flows import rules
from livefreeze.flows.orders import amend, release, serve
from livefreeze.flows.orders.serve import ACCOUNTS_COUNT_MAX, OrderRequest
from livefreeze.flows.transaction import reading
from livefreeze.store.queries import orders as queries
from livefreeze.store.queries.viewer import PageAsked
from livefreeze.web import current
from livefreeze.web.court.blueprint import about, court, found, viewer
from livefreeze.web.court.cases import Claim
from livefreeze.web.court.fields import Amount, Id, Moment, Shaped, Verbatim
from livefreeze.web.court.pages import page, page_query
from livefreeze.web.court.prepared import Prepared

_DAY = {"type": "integer", "minimum": 1, "maximum": 31}
_CHANNELS = {"type": "array", "items": {"enum": ["counter", "cash_machine", "card", "transfer", "app"]}}


class SweepIn(Schema):
    """When surplus is swept; what is left out is the preset's."""

    day = Verbatim({**_DAY, "examples": [12], "description": "day of the month; its last, where it lacks that day"})
    minimum = Amount("less is not worth a transfer", example="1.00")


class RuleChanges(Schema):
    """What is set otherwise than in the rule from which one begins."""

    anchor_day = Verbatim({**_DAY, "examples": [10], "description": "payday: on it the allowance is whole again"})
    allowance = Amount("living allowance of each period", example="2500.00")
    reserve = Amount("kept for the next period", example="0.00")
    channels = Verbatim({**_CHANNELS, "description": "by which the debtor may withdraw"})
    sweep = fields.Nested(SweepIn)
    stand_in_limit = Amount("the most that the bank may pay without asking; null: what is left of the allowance",
                            example="800.00", allow_none=True)


class RuleIn(RuleChanges):
    """A preset, and what this order sets otherwise; or the court's rule that it follows, and nothing else."""

    preset = Verbatim({"enum": list(rules.PRESETS), "examples": ["cn-live-freeze"]})
    court_rule = Id("crl", "a freeze rule of the court", "本院冻结规则",
                    metadata={"description": "the order is always under the version in force"})


class OrderIn(Schema):
    """A freeze order on accounts of one debtor of the case."""

    case = Id("cas", "a case", "案件", required=True)
    debtor = Id("dbt", "a debtor", "被执行人", required=True)
    accounts = fields.List(
        Id("acc", "an account", "账户"), required=True, validate=validate.Length(min=1, max=ACCOUNTS_COUNT_MAX)
    )
    quota = Amount("the claim's amount: one claim has one ceiling over all its orders", required=True)
    notice_number = Shaped(vocabulary.Number, required=True, example="(2026)浙0281执1234号之一")
    rule = fields.Nested(RuleIn, required=True)


class ProposalOfPrepared(Prepared):
    """The proposal that serves it, and the digest of what is to be approved."""


class PreparedOrderOut(Schema):
    """The order, and the proposal by which another person approves it."""

    order = fields.String(metadata={"examples": ["frz_01kkb5c8w0q3v7n2m4x6z8a9b1"]})
    proposal = fields.Nested(ProposalOfPrepared)


class AmendIn(Schema):
    """Another quota."""

    quota = Amount("the claim's new amount, not below what was settled", example="50000.00", required=True)


class ReleaseIn(Schema):
    """Why the order is to end."""

    reason = Shaped(vocabulary.Sentence, required=True, example="和解履行完毕")


class OrderSummary(Claim):
    """An order with the figures of its claim."""

    id = fields.String()
    case = fields.String()
    case_number = fields.String()
    debtor = fields.String()
    notice_number = fields.String()
    status = fields.String(metadata={"enum": [
        "prepared", "pending", "in_force", "queued", "stayed", "lapsed", "satisfied", "released", "revoked", "refused",
    ]})
    rank = fields.Integer(allow_none=True, metadata={"description": "by receipt: 1 is served first"})
    recorded_at = Moment("when it was prepared")
    in_force_at = Moment("when the first bank accepted it", allow_none=True)
    ended_at = Moment("when it ended", allow_none=True)


class AccountOfOrder(Schema):
    """An account of a served order, and its bank's answer."""

    account = fields.String()
    receipt = fields.String(metadata={"enum": ["waiting", "accepted", "partial", "refused"]})
    receipt_at = Moment("when the bank answered", allow_none=True)


class ProposalOfOrder(Schema):
    """What was proposed about the order."""

    id = fields.String()
    kind = fields.String()
    status = fields.String()


class FollowedRule(Schema):
    """The court's rule that an order follows."""

    id = fields.String()
    name = fields.String()


class OrderOut(OrderSummary):
    """An order with its rule, accounts and proposals."""

    rule = fields.Dict(metadata={"description": "the freeze rule that the order is under"})
    court_rule = fields.Nested(FollowedRule, allow_none=True, metadata={"description": "null: it carries its own"})
    accounts = fields.List(fields.Nested(AccountOfOrder), metadata={"description": "empty until it is served"})
    proposals = fields.List(fields.Nested(ProposalOfOrder))


@court.post("/orders")
@court.input(OrderIn)
@court.output(PreparedOrderOut, status_code=201)
@about("orders", responses={
    404: "Case, debtor or account is not known to this court, or not of this case",
    409: "The notice number is used, or the claim is met already",
})
def prepare_order(json_data: dict) -> dict:
    """Prepare an order. Banks learn of it once another person has approved the proposal."""
    request = OrderRequest(
        json_data["case"], json_data["debtor"], tuple(json_data["accounts"]), json_data["quota"],
        json_data["notice_number"], json_data["rule"],
    )
    prepared = serve.prepare(request, principal=current.principal())
    return {"order": prepared.id, "proposal": prepared.proposal._asdict()}


@court.get("/orders")
@court.input(page_query("frz", "an order", "裁定"), location="query")
@court.output(page("orders", OrderSummary))
@about("orders")
def list_orders(query_data: dict) -> dict:
    """List the court's orders, oldest first."""
    with reading() as connection:
        return queries.page(connection, viewer(), PageAsked(**query_data))


@court.get("/orders/<order_id>")
@court.output(OrderOut)
@about("orders")
def show_order(order_id: str) -> dict:
    """Show an order with its rule, its accounts and what was proposed about it."""
    with reading() as connection:
        return found(queries.one(connection, viewer(), order_id))


@court.post("/orders/<order_id>/amend")
@court.input(AmendIn)
@court.output(Prepared, status_code=201)
@about("orders", responses={409: "The order is not served, or has ended"})
def prepare_amendment(order_id: str, json_data: dict) -> dict:
    """Prepare another quota for the order's claim, on all its accounts and banks."""
    return amend.prepare(order_id, quota=json_data["quota"], principal=current.principal())._asdict()


@court.post("/orders/<order_id>/release")
@court.input(ReleaseIn)
@court.output(Prepared, status_code=201)
@about("orders", responses={409: "The order is not served, or has ended"})
def prepare_release(order_id: str, json_data: dict) -> dict:
    """Prepare the end of an order."""
    return release.prepare(order_id, reason=json_data["reason"], principal=current.principal())._asdict()
