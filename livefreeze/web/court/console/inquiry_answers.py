"""What banks answered: accounts, bookings, who receives income where, and the order drafted from it; each a look."""

from apiflask import Schema
from flask import Response, redirect, request, url_for
from marshmallow import fields, validate

from bank_adapters.contract import MessageInvalid
from livefreeze.base.errors import Problem
from livefreeze.flows.inquiry import looking, ordering, recognition
from livefreeze.flows.inquiry.looking import LinesAsked
from livefreeze.flows.orders.serve import ACCOUNTS_COUNT_MAX
from livefreeze.flows.transaction import reading
from livefreeze.store.queries import inquiry_pages as queries
from livefreeze.web import current
from livefreeze.web.court.console.area import console, found, viewer
from livefreeze.web.court.fields import Id, NumberOfQuery
from livefreeze.web.court.inquiries import LINE
from livefreeze.web.pages.figures import amount
from livefreeze.web.pages.forms import Form
from livefreeze.web.pages.pictures import Column, Part, columns
from livefreeze.web.pages.render import page

LINES_COUNT = 100
LINES_AT_ONCE = 20_000  # more are recognised only where somebody asks for it: it may take minutes


class DraftForm(Schema):
    """Which accounts are to be frozen together, and the days that were suggested."""

    accounts = fields.List(Id("iqa", "an account of the inquiry", "查询账户"), required=True,
                           validate=validate.Length(min=1, max=ACCOUNTS_COUNT_MAX))
    anchor_day = NumberOfQuery(1, 31, "the first day of each period")
    sweep_day = NumberOfQuery(1, 31, "day of the sweep")


@console.get("/inquiries/<inquiry_id>/answers")
def inquiry_answers(inquiry_id: str) -> Response:
    """Show the accounts that banks named, and why banks refused."""
    shown, principal = _inquiry(inquiry_id), current.principal()
    refusals = {}
    if shown["progress"].get("refused"):
        refusals = looking.refusals(inquiry_id, principal=principal)
    accounts = looking.accounts(inquiry_id, principal=principal)
    with reading() as connection:
        odd = queries.odd_lines(connection, inquiry_id)
    return page("console/inquiry_answers.html", inquiry=shown, refusals=refusals, accounts=accounts, odd=odd)


@console.post("/inquiries/<inquiry_id>/answers/<inquiry_answer_id>")
def open_inquiry_answer(inquiry_id: str, inquiry_answer_id: str) -> Response:
    """Open the signed message of an answer; it is recorded who read it."""
    shown = _inquiry(inquiry_id)
    letter = looking.evidence(inquiry_id, inquiry_answer_id, principal=current.principal())
    return page("console/inquiry_message.html", inquiry=shown, letter=letter)


@console.get("/inquiries/<inquiry_id>/accounts/<inquiry_account_id>")
def inquiry_account(inquiry_id: str, inquiry_account_id: str) -> Response:
    """Show an account's bookings, by sequence, each with what is odd about it."""
    return _account(inquiry_id, inquiry_account_id)


@console.post("/inquiries/<inquiry_id>/accounts/<inquiry_account_id>/number")
def show_inquiry_number(inquiry_id: str, inquiry_account_id: str) -> Response:
    """Show the account's number in full, this once; it is recorded who looked."""
    number = looking.account_number(inquiry_id, inquiry_account_id, principal=current.principal())
    return _account(inquiry_id, inquiry_account_id, number=number)


@console.get("/inquiries/<inquiry_id>/income")
def inquiry_income(inquiry_id: str) -> Response:
    """Show which account receives income, from whom and why this is thought; an order can be drafted from it."""
    return _income(inquiry_id, Form(DraftForm))


@console.post("/inquiries/<inquiry_id>/order")
def draft_order_of_answer(inquiry_id: str) -> Response:
    """Register the chosen accounts, and go on to the terms of an order on them."""
    form = Form(DraftForm)
    with form.answering():
        values = form.values()
        return form.once(lambda: _to_terms(inquiry_id, values))
    return _income(inquiry_id, form)


def _to_terms(inquiry_id: str, values: dict) -> Response:
    found_here = ordering.register(inquiry_id, tuple(values["accounts"]), principal=current.principal())
    return redirect(url_for(
        ".new_order_terms", case_id=found_here.case_id, debtor_id=found_here.debtor_id,
        account=list(found_here.account_ids), anchor_day=values.get("anchor_day"), day=values.get("sweep_day"),
    ), 303)


def _income(inquiry_id: str, form: Form) -> Response:
    shown, principal = _inquiry(inquiry_id), current.principal()
    accounts = looking.accounts(inquiry_id, principal=principal)
    line_count = sum(account["lines"] for account in accounts)
    if line_count > LINES_AT_ONCE and not form.is_sent and request.args.get("all") != "yes":
        return page("console/inquiry_long.html", inquiry=shown, line_count=line_count)
    recognised = recognition.recognised(inquiry_id, principal=principal)
    candidates = [each | {"columns": _columns(each)} for each in recognised["candidates"]]
    if not form.is_sent:
        likeliest = [candidates[0]["account"]] if candidates else []
        form = Form(DraftForm, begins_with={"accounts": likeliest, **(recognised["suggestion"] or {})})
    names = {account["id"]: account for account in accounts}
    return page("console/inquiry_income.html", form=form, inquiry=shown, accounts=accounts, candidates=candidates,
                names=names, suggestion=recognised["suggestion"], not_income=recognised["not_income"],
                line_count=recognised["line_count"])


def _columns(candidate: dict) -> list[Column]:
    """The picture of what came month by month."""
    return columns([Part(month["month"], month["minor"], amount(month["amount"], candidate["currency"]), "surplus")
                    for month in candidate["picture"]])


def _account(inquiry_id: str, account_id: str, *, number: str | None = None) -> Response:
    shown, principal = _inquiry(inquiry_id), current.principal()
    asked = LinesAsked(LINES_COUNT, _after())
    listed = looking.transactions(inquiry_id, account_id, asked, principal=principal)
    named = looking.accounts(inquiry_id, principal=principal)
    account = found(next((account for account in named if account["id"] == account_id), None))
    following = listed["next"] and url_for(".inquiry_account", inquiry_id=inquiry_id, inquiry_account_id=account_id,
                                           after=listed["next"])
    return page("console/inquiry_account.html", inquiry=shown, account=account, number=number,
                lines=listed["transactions"], following=following)


def _after() -> tuple[int, str, int] | None:
    after = request.args.get("after")
    if not after:
        return None
    try:
        sequence, answer_id, line = LINE.__metadata__[0].read(after).split(":")
    except MessageInvalid:
        raise Problem("NOT_FOUND") from None
    return int(sequence), answer_id, int(line)


def _inquiry(inquiry_id: str) -> dict:
    with reading() as connection:
        return found(queries.one(connection, viewer(), inquiry_id))
