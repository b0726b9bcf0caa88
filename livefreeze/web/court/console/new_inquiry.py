"""Start an inquiry from a case: about whom, why, which banks, for which time, once or for a term."""

from datetime import datetime, timedelta

from apiflask import Schema
from flask import Response, current_app, url_for
from marshmallow import fields

from bank_adapters.contract import vocabulary
from livefreeze.base import clock
from livefreeze.base.errors import FieldError, invalid_fields
from livefreeze.flows.inquiry import start
from livefreeze.flows.inquiry.start import InquiryRequest
from livefreeze.flows.transaction import reading
from livefreeze.store.queries import cases as case_queries
from livefreeze.store.queries import order_desk
from livefreeze.web import current
from livefreeze.web.court.console.area import console, found, id_of_query, viewer
from livefreeze.web.court.fields import Id, NumberOfQuery, OneOf, Shaped
from livefreeze.web.court.inquiries import Day
from livefreeze.web.pages.figures import TIME_ZONE
from livefreeze.web.pages.forms import Form
from livefreeze.web.pages.language import gettext, ngettext
from livefreeze.web.pages.render import done, page

ONCE, EVERY, SOME = "once", "every", "some"
DAYS_BACK = 364  # with today a year, as most are asked


class InquiryForm(Schema):
    """What a clerk asks, as the form has it."""

    debtor = Id("dbt", "a debtor", "被执行人", required=True)
    reason = Shaped(vocabulary.Sentence, required=True)
    whom = OneOf((EVERY, SOME), required=True)
    banks = fields.List(Shaped(vocabulary.BankCode))
    period_from = Day(required=True)
    period_to = Day(required=True)
    term = OneOf((ONCE, *map(str, start.TERMS)), required=True)
    interval_days = NumberOfQuery(1, 90, "asked again after so many days", load_default=30)


@console.route("/cases/<case_id>/inquiries/new", methods=["GET", "POST"])
def new_inquiry(case_id: str) -> Response:
    """Ask banks about a debtor of this case."""
    with reading() as connection:
        case = found(case_queries.one(connection, viewer(), case_id))
        banks = order_desk.banks(connection)
    debtor_id = id_of_query("debtor", "dbt") or case["debtors"][0]["id"]
    form = Form(InquiryForm, begins_with=_begins(debtor_id, clock.now()))
    if form.is_sent:
        with form.answering():
            asked = _asked(case_id, form.values())
            form.asks_about_same()
            return form.once(lambda: _started(asked))
    return page("console/new_inquiry.html", form=form, case=case, banks=banks, terms=start.TERMS, once=ONCE,
                years=start.YEARS_MAX)


def _begins(debtor_id: str, now: datetime) -> dict[str, object]:
    today = now.astimezone(TIME_ZONE).date()
    return {"debtor": debtor_id, "whom": EVERY, "term": ONCE, "interval_days": "30", "period_to": today.isoformat(),
            "period_from": (today - timedelta(days=DAYS_BACK)).isoformat()}


def _asked(case_id: str, values: dict) -> InquiryRequest:
    """The request. Raises Problem where no bank is chosen."""
    banks = None
    if values["whom"] == SOME:
        banks = tuple(values.get("banks", ()))
        if not banks:
            reason, reason_zh = "Choose at least one bank.", "请至少选择一家银行。"
            raise invalid_fields([FieldError("/banks", "FIELD_INVALID", reason, reason_zh)])
    standing = {}
    if values["term"] != ONCE:
        standing = {"term_days": int(values["term"]), "interval_days": values["interval_days"]}
    return InquiryRequest(case_id, values["debtor"], values["reason"], banks, values["period_from"],
                          values["period_to"], **standing)


def _started(asked: InquiryRequest) -> Response:
    keep_days = current_app.config["INQUIRY_KEEP_DAYS"]
    started = start.start(asked, principal=current.principal(), keep_days=keep_days)
    said = ngettext("%(num)d bank is being asked. Its answer shows here as it comes.",
                    "%(num)d banks are being asked. Their answers show here as they come.", started.banks_count)
    if started.calendar == "not_published":
        said += " " + gettext("The calendar of working days is not published for the whole time.")
    return done(url_for(".inquiry", inquiry_id=started.id), said)
