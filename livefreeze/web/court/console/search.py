"""Search: cases by their number however it is typed; people and accounts by their exact number, which is recorded."""

from apiflask import Schema
from flask import Response, request

from bank_adapters.contract import vocabulary
from livefreeze.flows import search as flow
from livefreeze.web import current
from livefreeze.web.court.console.area import console
from livefreeze.web.court.fields import Shaped
from livefreeze.web.pages.forms import Form
from livefreeze.web.pages.render import page

NUMBER_LENGTH_MAX = 100


class LookUpForm(Schema):
    """An exact number; both may be given."""

    id_number = Shaped(vocabulary.IdNumber)
    account = Shaped(vocabulary.Account)


@console.get("/search")
def search() -> Response:
    """Find cases by number: the whole of it, its beginning, or the serial number alone."""
    asked_for = request.args.get("q", "").strip()[:NUMBER_LENGTH_MAX]
    found = flow.cases_by_number(asked_for, principal=current.principal()) if asked_for else None
    return page("console/search.html", form=Form(LookUpForm), asked_for=asked_for, cases=found, looked_up=None)


@console.post("/search")
def look_up() -> Response:
    """Find a person or an account by the exact number. Posted, so that no number stands in an address or a log."""
    form = Form(LookUpForm)
    looked_up = None
    with form.answering():
        numbers = form.values()
        cases, accounts = [], []
        if "id_number" in numbers:
            cases, accounts = flow.by_id_number(numbers["id_number"], principal=current.principal())
        if "account" in numbers:
            accounts = accounts + flow.by_account_number(numbers["account"], principal=current.principal())
        looked_up = {"cases": cases, "accounts": accounts, "is_empty_question": not numbers}
    return page("console/search.html", form=form, asked_for="", cases=None, looked_up=looked_up)
