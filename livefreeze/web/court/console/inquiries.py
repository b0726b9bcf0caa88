"""Inquiries: a list of them, and one as its banks answer; what they answered stands on pages of its own."""

import json

from flask import Response, request, url_for

from livefreeze.base import clock
from livefreeze.flows.inquiry import standing
from livefreeze.flows.transaction import reading
from livefreeze.store.queries import inquiry_pages as queries
from livefreeze.web import current
from livefreeze.web.court.console.area import asked, console, found, id_of_query, viewer
from livefreeze.web.pages.forms import Form
from livefreeze.web.pages.language import gettext
from livefreeze.web.pages.render import done, is_fragment, page


@console.get("/inquiries")
def inquiries() -> Response:
    """List the court's inquiries, newest first; of one case, if asked."""
    case_id = id_of_query("case", "cas")
    with reading() as connection:
        listed = queries.newest(connection, viewer(), asked("inq"), case_id=case_id)
    following = listed["next"] and url_for(".inquiries", case=case_id, after=listed["next"])
    return page("console/inquiries.html", inquiries=listed["inquiries"], case_id=case_id, following=following)


@console.get("/inquiries/<inquiry_id>")
def inquiry(inquiry_id: str) -> Response:
    """Show how far each bank is; while some are asked, the page asks for that part again by itself."""
    with reading() as connection:
        shown = found(queries.one(connection, viewer(), inquiry_id))
        if is_fragment():
            return page("console/inquiry_progress.html", inquiry=shown, banks=_banks(shown))
        came = queries.answers(connection, inquiry_id, asked("ian"))
        against = queries.told_against(connection, viewer(), shown)
    following = came["next"] and url_for(".inquiry", inquiry_id=inquiry_id, after=came["next"])
    return page("console/inquiry.html", form=Form(), inquiry=shown, banks=_banks(shown), answers=came["answers"],
                against=[told | {"bank": json.loads(told["document"]).get("bank")} for told in against],
                is_first=not request.args.get("after"), following=following)


@console.post("/inquiries/<inquiry_id>/end")
def end_inquiry(inquiry_id: str) -> Response:
    """End the standing inquiry to which this one belongs."""
    standing.end(inquiry_id, principal=current.principal())
    return done(url_for(".inquiry", inquiry_id=inquiry_id),
                gettext("Ended: banks are told, and this question is asked no more."))


def _banks(shown: dict) -> list[dict]:
    """The banks, those that were asked in vain told apart from those that still have time."""
    is_over = clock.now() > shown["answer_by"]
    return [bank | {"state": _state(bank, is_over=is_over)} for bank in shown["banks"]]


def _state(bank: dict, *, is_over: bool) -> str:
    if bank["status"] == "asked":
        return "overdue" if is_over else "asked" if bank["delivered_at"] else "undelivered"
    return "partly_overdue" if bank["status"] == "partly" and is_over else bank["status"]
