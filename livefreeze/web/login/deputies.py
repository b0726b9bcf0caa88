"""Deputies: name who stands in for oneself, end it, and say for whom one acts."""

from datetime import date, datetime, time, timedelta

from apiflask import Schema
from flask import Response, request, url_for
from marshmallow import fields, validate

from livefreeze.base import clock, ids
from livefreeze.base.errors import Problem
from livefreeze.flows import deputies as flow
from livefreeze.web import current
from livefreeze.web.login.blueprint import login
from livefreeze.web.pages.figures import TIME_ZONE
from livefreeze.web.pages.forms import Form
from livefreeze.web.pages.language import gettext
from livefreeze.web.pages.render import done, page


class DeputyForm(Schema):
    """Who, and from which day to which, both included."""

    deputy = fields.String(required=True, validate=validate.Length(max=200))
    since = fields.Date(required=True)
    until = fields.Date(required=True)


@login.route("/account/deputies", methods=["GET", "POST"])
def deputies() -> Response:
    """Show who stands in for whom, and name another."""
    principal = current.principal()
    today = clock.now().astimezone(TIME_ZONE).date()
    form = Form(DeputyForm, begins_with={"since": today.isoformat(), "until": (today + timedelta(days=7)).isoformat()})
    if form.is_sent:
        with form.answering():
            values = form.values()
            return form.once(lambda: _name(values))
    known = flow.list_of(principal)
    return page(
        "login/deputies.html", form=form, candidates=[(login, login) for login in flow.candidates(principal)],
        mine=[each for each in known if each.staff_id == principal.staff_id],
        others=[each for each in known if each.deputy_id == principal.staff_id],
        acting_for=principal.acting_for, now=clock.now(),
    )


@login.post("/account/deputies/end")
def end_deputy() -> Response:
    """End what one named."""
    deputy_id = request.form.get("deputy", "")
    if not ids.is_id("dpt", deputy_id):
        raise Problem("NOT_FOUND")
    flow.end(deputy_id, principal=current.principal())
    return done(url_for("login.deputies"), gettext("That person no longer stands in for you."))


@login.post("/account/acting")
def act_for() -> Response:
    """Act in another's stead from now on, or, with nobody named, for oneself again."""
    staff_id = request.form.get("for", "")
    if staff_id and not ids.is_id("stf", staff_id):
        raise Problem("NOT_FOUND")
    flow.act_for(staff_id or None, principal=current.principal())
    said = gettext("From now on your acts name whom you stand in for.") if staff_id else gettext(
        "You act for yourself again.")
    return done(url_for("login.deputies"), said)


def _name(values: dict) -> Response:
    flow.name(values["deputy"], valid_from=_midnight(values["since"]),
              valid_until=_midnight(values["until"] + timedelta(days=1)), principal=current.principal())
    return done(url_for("login.deputies"), gettext("%(login)s stands in for you in that time.", login=values["deputy"]))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), TIME_ZONE)
