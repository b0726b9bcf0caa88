"""The pages that belong to nobody in particular: the start, the choice of language, the components."""

from flask import Response, redirect, request

from livefreeze.base.errors import AmountInvalid
from livefreeze.web.pages import language, navigation
from livefreeze.web.pages.area import Area
from livefreeze.web.pages.figures import amount
from livefreeze.web.pages.forms import Form
from livefreeze.web.pages.language import gettext
from livefreeze.web.pages.pictures import Part, Segment, stacked
from livefreeze.web.pages.render import own_path, page, principal_or_none

pages = Area("pages", __name__)


@pages.get("/")
def start() -> Response:
    """Say what this service is, and where each kind of person goes; who is logged in goes to their own home."""
    principal = principal_or_none()
    if principal is not None and (home := navigation.home_of(principal.role)) != "/":
        return redirect(home, 303)
    return page("pages/start.html")


@pages.post("/language")
def choose_language() -> Response:
    """Show this page, and all that follow, in the other language."""
    language.choose(request.form.get("language", ""))
    return redirect(own_path(request.form.get("back"), "/"), 303)


@pages.route("/components", methods=["GET", "POST"])
def components() -> Response:
    """Show every part that pages are made of, in every state."""
    form = Form(begins_with={"quota": "60000.00", "channel": ["counter"]})
    if form.is_sent:
        with form.answering():
            raise AmountInvalid("/quota", currency="CNY", digits=2)
    return page("pages/components.html", form=form, example_chart=_example_chart(), example_stack=_example_stack())


def _example_stack() -> list[Segment]:
    return stacked([
        Part(gettext("may be taken"), 150000, amount("1500.00", "CNY"), "spendable"),
        Part(gettext("surplus"), 550000, amount("5500.00", "CNY"), "surplus"),
        Part(gettext("reserved"), 80000, amount("800.00", "CNY"), "reserved"),
        Part(gettext("on the way"), 20000, amount("200.00", "CNY"), "transit"),
    ])


def _example_chart() -> dict:
    return {
        "kind": "bars", "unit": gettext("accounts"), "labels": ["−500", "−100", "0", "+100", "+500"],
        "series": [{"name": gettext("accounts"), "values": [3, 12, 120, 41, 24]}],
    }
