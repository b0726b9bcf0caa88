"""Withdrawals, as banks asked for them."""

from apiflask import Schema
from marshmallow import fields

from livefreeze.flows.transaction import reading
from livefreeze.store.queries import withdrawals as queries
from livefreeze.store.queries.viewer import PageAsked
from livefreeze.web.court.blueprint import about, court, found, viewer
from livefreeze.web.court.fields import Figure, Id, Moment
from livefreeze.web.court.pages import page, page_query


class WithdrawalOut(Schema):
    """A withdrawal, approved or declined."""

    id = fields.String()
    reference = fields.String(metadata={"description": "the bank's own"})
    account = fields.String()
    amount = Figure("asked for", example="1000.00")
    captured_amount = Figure("paid", example="1000.00")
    from_held = Figure("the part that came out of frozen money", example="1000.00")
    currency = fields.String()
    channel = fields.String()
    status = fields.String(metadata={"enum": [
        "authorised", "declined", "captured", "voided", "queried", "reversed",
    ]})
    reason = fields.String(metadata={"examples": ["WITHIN_LIMITS"]})
    period_start = Moment("start of the allowance period in which it counts", allow_none=True)
    happened_at = Moment("at the bank")
    expires_at = Moment("until when the bank may pay it; null where declined", allow_none=True)
    recorded_at = Moment("when it was decided")


@court.get("/withdrawals")
@court.input(page_query("wdl", "a withdrawal", "支取", account=Id("acc", "an account", "账户", required=True)),
             location="query")
@court.output(page("withdrawals", WithdrawalOut))
@about("withdrawals", responses={404: "The account is not known to this court"})
def list_withdrawals(query_data: dict) -> dict:
    """List the withdrawals of an account, oldest first."""
    account_id = query_data.pop("account")
    with reading() as connection:
        return found(queries.page(connection, viewer(), account_id, PageAsked(**query_data)))
