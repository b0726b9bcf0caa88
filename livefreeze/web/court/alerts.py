"""Alerts: what a person of the court should look at."""

from apiflask import Schema
from marshmallow import fields

from livefreeze.flows.transaction import reading
from livefreeze.store.queries import alerts as queries
from livefreeze.store.queries.viewer import PageAsked
from livefreeze.web.court.blueprint import about, court, viewer
from livefreeze.web.court.fields import Moment
from livefreeze.web.court.pages import page, page_query


class AlertOut(Schema):
    """Something that does not fit, recorded as it came."""

    id = fields.String()
    kind = fields.String(metadata={"examples": ["STAND_IN"]})
    account = fields.String(allow_none=True)
    detail = fields.Dict()
    recorded_at = Moment("when it was noticed")


@court.get("/alerts")
@court.input(page_query("alr", "an alert", "提醒"), location="query")
@court.output(page("alerts", AlertOut))
@about("alerts")
def list_alerts(query_data: dict) -> dict:
    """List the court's alerts, oldest first; ask after the last one seen for the new ones."""
    with reading() as connection:
        return queries.page(connection, viewer(), PageAsked(**query_data))
