"""Orders: a list of them by their state, and one with its terms, its accounts' receipts and its proposals."""

from flask import Response, request, url_for

from livefreeze.flows.transaction import reading
from livefreeze.store.queries import orders as queries
from livefreeze.web.court.console.area import asked, console, found, viewer
from livefreeze.web.court.console.bars import drawn
from livefreeze.web.pages.render import page

STATES = ("prepared", "pending", "in_force", "queued", "stayed", "refused", "satisfied", "released", "revoked",
          "lapsed")


@console.get("/orders")
def orders() -> Response:
    """List the court's orders, newest first; those of one state, if asked."""
    status = request.args.get("status")
    status = status if status in STATES else None
    with reading() as connection:
        listed = queries.newest(connection, viewer(), asked("frz"), status=status)
    following = listed["next"] and url_for(".orders", status=status, after=listed["next"])
    return page("console/orders.html", states=STATES, chosen=status, orders=listed["orders"], following=following)


@console.get("/orders/<order_id>")
def order(order_id: str) -> Response:
    """Show an order."""
    with reading() as connection:
        shown = found(queries.for_page(connection, viewer(), order_id))
    return page("console/order.html", order=shown, segments=drawn(shown["bar"], shown["currency"]))
