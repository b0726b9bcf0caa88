"""Where an administrator begins: what waits for a word, and what is wrong."""

from flask import Response

from livefreeze.base import clock
from livefreeze.flows.operator.proposals import OF_TENANTS
from livefreeze.flows.transaction import reading
from livefreeze.store.queries.operator import alerts, banks, messages
from livefreeze.store.queries.operator import proposals as queries
from livefreeze.store.queries.viewer import PageAsked
from livefreeze.web import current
from livefreeze.web.operator.area import looks_after_all, operator
from livefreeze.web.operator.words import alert_text, kinds
from livefreeze.web.pages.render import page

FIRST = 8


@operator.get("/")
def home() -> Response:
    """Show approvals; to an operator also dead letters, banks that do not answer, alerts."""
    principal = current.principal()
    with reading() as connection:
        shown: dict[str, object] = {
            "waiting": queries.page(connection, principal, PageAsked(FIRST), is_open=True,
                                    of_tenants=OF_TENANTS)["proposals"],
            "waiting_count": queries.count_open(connection, principal, of_tenants=OF_TENANTS),
        }
        if looks_after_all():
            now = clock.wall()
            shown |= {
                "dead": messages.dead(connection, count_max=FIRST), "dead_count": messages.count_dead(connection),
                "troubled": banks.troubled(connection, at=now, count_max=FIRST),
                "alerts": alerts.page(connection, PageAsked(FIRST))["alerts"],
            }
    return page("operator/home.html", kinds=kinds(), alert_text=alert_text, is_operator=looks_after_all(), **shown)
