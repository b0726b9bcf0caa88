"""A debtor logs in: first the number, then the code that a notice brought. Who is known here, no page tells."""

from apiflask import Schema
from flask import Response, request, session, url_for
from marshmallow import fields, validate

from livefreeze.flows import debtor_log_in, sessions
from livefreeze.web.debtor.area import debtor
from livefreeze.web.pages import admission
from livefreeze.web.pages.forms import Form
from livefreeze.web.pages.render import done, page

CHALLENGE = "debtor_challenge"  # in the signed cookie: the code is good in the browser that asked for it


class NumberIn(Schema):
    """By what a debtor names themselves."""

    number = fields.String(required=True, validate=validate.Length(max=100))


class CodeIn(Schema):
    """What the notice said."""

    code = fields.String(required=True, validate=validate.Length(max=40))


@debtor.route("/log-in", methods=["GET", "POST"])
def log_in() -> Response:
    """Send a code to whom the number names, if to anybody."""
    form = Form(NumberIn)
    if form.is_sent:
        with form.answering():
            debtor_log_in.ask(form.values()["number"], challenge=form.once_key)
            session[CHALLENGE] = form.once_key
            return done(url_for("debtor.code"))
    return page("debtor/log_in.html", form=form)


@debtor.route("/code", methods=["GET", "POST"])
def code() -> Response:
    """Take the code, and open the debtor's own page."""
    form = Form(CodeIn)
    if form.is_sent:
        with form.answering():
            debtor_id = debtor_log_in.confirm(session.get(CHALLENGE, ""), form.values()["code"])
            admission.log_in(sessions.open_for_debtor(debtor_id, agent=request.headers.get("User-Agent", "")))
            return done(url_for("debtor.home"))
    return page("debtor/code.html", form=form, is_asked=CHALLENGE in session)
