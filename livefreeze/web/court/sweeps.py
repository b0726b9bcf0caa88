"""Sweeps: look at what a click would send, click, see what became of it."""

from apiflask import Schema
from marshmallow import fields

from bank_adapters.contract import vocabulary
from livefreeze.flows import sweep
from livefreeze.flows.transaction import reading
from livefreeze.store.queries import sweeps as queries
from livefreeze.web import current
from livefreeze.web.court.blueprint import about, court, found, viewer
from livefreeze.web.court.fields import Figure, Moment, Shaped, masked


class PlannedTransfer(Schema):
    """One transfer that a click would send."""

    account = fields.String()
    claim = fields.String()
    amount = Figure("to the case fund", example="5500.00")
    currency = fields.String()


class NothingFrom(Schema):
    """A pool from which nothing is sent."""

    accounts = fields.List(fields.String())
    reason = fields.String(metadata={"enum": ["NO_CLAIM", "ALL_STAYED", "NO_SURPLUS", "BELOW_MINIMUM"]})


class PreviewOut(Schema):
    """What a click would send now."""

    case = fields.String()
    preview = fields.String(metadata={"description": "names exactly this picture; send it back to click"})
    transfers = fields.List(fields.Nested(PlannedTransfer))
    nothing_from = fields.List(fields.Nested(NothingFrom))
    total = Figure("of the transfers", example="5500.00")
    currency = fields.String(allow_none=True)


class ClickIn(Schema):
    """Which preview is to be run."""

    preview = Shaped(vocabulary.Sha256, required=True)


class SentTransfer(PlannedTransfer):
    """One transfer that was instructed."""

    id = fields.String(metadata={"examples": ["swp_01kkb5c8w0q3v7n2m4x6z8a9b1"]})
    status = fields.String(metadata={"enum": ["instructed"]})


class ClickOut(PreviewOut):
    """What was sent."""

    transfers = fields.List(fields.Nested(SentTransfer))


class To(Schema):
    """The case fund to which it goes."""

    bank = fields.String()
    account = masked("account number", "****8888")
    name = fields.String()


class SweepOut(Schema):
    """A sweep."""

    id = fields.String()
    case = fields.String()
    claim = fields.String()
    order = fields.String()
    account = fields.String()
    amount = Figure("to the case fund", example="5500.00")
    currency = fields.String()
    status = fields.String(metadata={"enum": ["instructed", "settled", "failed", "returned"]})
    to = fields.Nested(To)
    recorded_at = Moment("when it was instructed")
    finished_at = Moment("when the bank reported", allow_none=True)


@court.get("/cases/<case_id>/sweep")
@court.output(PreviewOut)
@about("sweeps")
def preview_sweep(case_id: str) -> dict:
    """Show what a click would send now to the case fund, and why nothing from the other accounts."""
    return sweep.preview(case_id, court_id=current.principal().court_id)


@court.post("/cases/<case_id>/sweeps")
@court.input(ClickIn)
@court.output(ClickOut, status_code=201)
@about("sweeps", responses={409: "Something moved since the preview, or the court has no case fund"})
def click_sweep(case_id: str, json_data: dict) -> dict:
    """Send exactly what the preview showed, on the authority of the approved orders."""
    return sweep.click(case_id, json_data["preview"], principal=current.principal())


@court.get("/sweeps/<sweep_id>")
@court.output(SweepOut)
@about("sweeps")
def show_sweep(sweep_id: str) -> dict:
    """Show a sweep and what became of it."""
    with reading() as connection:
        return found(queries.one(connection, viewer(), sweep_id))
