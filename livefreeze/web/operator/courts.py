"""The courts of the service."""

from apiflask import Schema
from flask import Response, url_for

from bank_adapters.contract import vocabulary
from livefreeze.flows.transaction import reading
from livefreeze.store.queries.operator import courts as queries
from livefreeze.web.court.fields import Shaped
from livefreeze.web.operator.area import ask_for, asked, operator
from livefreeze.web.pages.forms import Form
from livefreeze.web.pages.render import page


class CourtIn(Schema):
    """A court as messages and people call it."""

    code = Shaped(vocabulary.BankCode, required=True)
    name = Shaped(vocabulary.Name, required=True)


@operator.get("/courts")
def courts() -> Response:
    """List the courts."""
    with reading() as connection:
        listed = queries.page(connection, asked("crt"))
    following = listed["next"] and url_for("operator.courts", after=listed["next"])
    return page("operator/courts.html", courts=listed["courts"], following=following)


@operator.route("/courts/new", methods=["GET", "POST"])
def new_court() -> Response:
    """Ask for another court."""
    form = Form(CourtIn)
    if form.is_sent:
        with form.answering():
            return ask_for(form, "court.add", form.values())
    return page("operator/new_court.html", form=form)
