"""What a debtor sees of their own: how much today and where, what is frozen and why, what was taken."""

from flask import Response, request, url_for

from livefreeze.base import ids
from livefreeze.base.words import REASONS
from livefreeze.flows import debtor_view
from livefreeze.flows.transaction import reading
from livefreeze.store.queries import debtor as queries
from livefreeze.web import current
from livefreeze.web.debtor.area import debtor
from livefreeze.web.pages import language
from livefreeze.web.pages.explanations import in_words
from livefreeze.web.pages.figures import amount
from livefreeze.web.pages.language import gettext
from livefreeze.web.pages.pictures import Part, Segment, stacked
from livefreeze.web.pages.render import page

PAGE_SIZE = 25
STAND_INS_MAX = 20


@debtor.get("/")
def home() -> Response:
    """Show everything on one page."""
    seen = debtor_view.of_debtor(current.principal().debtor_id)
    for pool in seen["pools"]:
        for order in pool["orders"]:
            order["picture"] = _picture(order)
        if pool["is_frozen"]:
            pool["steps"] = in_words(pool["explanation"], pool["currency"])
    return page("debtor/home.html", name=seen["name"], pools=seen["pools"])


@debtor.get("/withdrawals")
def withdrawals() -> Response:
    """List what was taken when and where, newest first."""
    debtor_id, before = current.principal().debtor_id, request.args.get("before")
    before = before if ids.is_id("wdl", before) else None
    with reading() as connection:
        listed = queries.withdrawals(connection, debtor_id, limit=PAGE_SIZE, before=before)
        unasked = [] if before else queries.stand_ins(connection, debtor_id, count_max=STAND_INS_MAX)
    following = listed["next"] and url_for("debtor.withdrawals", before=listed["next"])
    reasons = {one["reason"]: language.pick(*REASONS[one["reason"]]) for one in listed["withdrawals"]}
    return page("debtor/withdrawals.html", withdrawals=listed["withdrawals"], unasked=unasked, reasons=reasons,
                following=following)


def _picture(order: dict) -> list[Segment]:
    """How much of a claim is paid."""
    minor, currency = order["figures_minor"], order["currency"]
    return stacked([
        Part(gettext("already paid"), minor["settled"], amount(order["settled"], currency), "settled"),
        Part(gettext("on the way to the court"), minor["in_transit"], amount(order["in_transit"], currency), "transit"),
        Part(gettext("still open"), minor["left"], amount(order["left"], currency), "quota"),
    ])

