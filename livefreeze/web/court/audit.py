"""The audit trail: chains of events, each linked to the one before by its hash."""

from apiflask import Schema
from marshmallow import fields

from bank_adapters.contract import vocabulary
from livefreeze.flows.transaction import reading
from livefreeze.store.queries import audit as queries
from livefreeze.web.court.blueprint import about, court, found, viewer
from livefreeze.web.court.fields import NumberOfQuery, Shaped, page_size

SEQ_MAX = 2**53 - 1  # beyond it JavaScript, and so many a JSON reader, loses units


class ChainQuery(Schema):
    """Which chain, from where on."""

    chain = Shaped(vocabulary.Reference, required=True, example="case:cas_01kkb5c8w0q3v7n2m4x6z8a9b1", metadata={
        "description": "`account:`, `case:` or `court:` and its id or code"
    })
    after = NumberOfQuery(0, SEQ_MAX, "events after this one", load_default=0)
    limit = page_size()


class EventOut(Schema):
    """One event of a chain."""

    seq = fields.Integer()
    hash = fields.String(metadata={"description": "SHA-256 of `document`, in hexadecimal digits"})
    prev_hash = fields.String(metadata={"description": "the hash of the event before, 64 zeros before the first"})
    document = fields.String(metadata={"description": "canonical JSON, the very text that was hashed"})


class HeadOut(Schema):
    """The last event of a chain."""

    seq = fields.Integer()
    hash = fields.String()


class ChainOut(Schema):
    """A part of a chain."""

    chain = fields.String()
    events = fields.List(fields.Nested(EventOut))
    head = fields.Nested(HeadOut, allow_none=True)
    next = fields.Integer(allow_none=True, metadata={"description": "ask `after` this for more; null: no more"})


@court.get("/audit")
@court.input(ChainQuery, location="query")
@court.output(ChainOut)
@about("audit", responses={404: "No such chain, or another court's"})
def show_chain(query_data: dict) -> dict:
    """Show the events of a chain: of the court itself, of its cases, of its cases' accounts."""
    chain = query_data.pop("chain")
    with reading() as connection:
        return found(queries.page(connection, viewer(), chain, **query_data))
