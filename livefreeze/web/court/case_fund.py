"""The court's case fund."""

from apiflask import Schema
from marshmallow import fields

from bank_adapters.contract import vocabulary
from livefreeze.base.money import CURRENCIES
from livefreeze.flows import case_funds
from livefreeze.flows.transaction import reading
from livefreeze.store.queries import case_fund as queries
from livefreeze.store.queries.viewer import PageAsked
from livefreeze.web import current
from livefreeze.web.court.blueprint import about, court, viewer
from livefreeze.web.court.fields import Figure, Moment, OneOf, Shaped, currency, masked
from livefreeze.web.court.pages import page, page_query
from livefreeze.web.court.prepared import Prepared

_CURRENCY = "CNY"  # of the courts that the first preset is for


class CaseFundIn(Schema):
    """The account to which sweeps are to go."""

    bank = Shaped(vocabulary.BankCode, required=True, metadata={"description": "the bank that keeps it"})
    account = Shaped(vocabulary.Account, required=True)
    name = Shaped(vocabulary.Name, required=True, example="宁波市某法院案款专户")
    currency = currency(load_default=_CURRENCY)


class Fund(Schema):
    """The account to which sweeps go now."""

    id = fields.String()
    bank = fields.String()
    account = masked("account number", "****8888")
    name = fields.String()
    recorded_at = Moment("when it was approved")


class Entry(Schema):
    """What came into the fund, or went back."""

    id = fields.String()
    kind = fields.String(metadata={"enum": ["sweep_settled", "sweep_settled_late", "sweep_returned"]})
    case = fields.String()
    account = fields.String(metadata={"description": "from, or back to"})
    sweep = fields.String()
    amount = Figure("below nothing where it went back", example="5500.00")
    happened_at = Moment("at the bank")
    recorded_at = Moment("here")


@court.post("/case-fund")
@court.input(CaseFundIn)
@court.output(Prepared, status_code=201)
@about("case fund")
def prepare_case_fund(json_data: dict) -> dict:
    """Prepare the court's case fund account, or another one; sweeps go there once it is approved."""
    return case_funds.prepare(**json_data, principal=current.principal())._asdict()


@court.get("/case-fund")
@court.input(page_query("trf", "an entry", "分录", currency=OneOf(sorted(CURRENCIES), load_default=_CURRENCY)),
             location="query")
@court.output(page(
    "entries", Entry, currency=fields.String(), fund=fields.Nested(Fund, allow_none=True),
    balance=Figure("the sum of all entries, not only of this page", example="5500.00"),
))
@about("case fund")
def show_case_fund(query_data: dict) -> dict:
    """Show the case fund in one currency: where it is, its balance, and what came and went."""
    asked_currency = query_data.pop("currency")
    with reading() as connection:
        return queries.read(connection, viewer(), asked_currency, PageAsked(**query_data))
