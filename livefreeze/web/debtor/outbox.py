"""The notices to debtors, as a page that stands in for their telephones. In development alone: it shows codes."""

from flask import Response

from livefreeze.flows.transaction import reading
from livefreeze.store.queries import notices as queries
from livefreeze.web.pages.area import Area
from livefreeze.web.pages.render import page

outbox = Area("notices", __name__, url_prefix="/notices")

SHOWN_MAX = 20


@outbox.get("/")
def newest() -> Response:
    """Show the newest notices."""
    with reading() as connection:
        notices = queries.latest(connection, count_max=SHOWN_MAX)
    return page("debtor/outbox.html", notices=notices)
