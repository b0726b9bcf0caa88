"""One's own log-in: where one is logged in, another password, new recovery codes."""

from apiflask import Schema
from flask import Response, url_for
from marshmallow import fields, validate

from livefreeze.base import ids
from livefreeze.base.access import ENDPOINTS
from livefreeze.base.errors import Problem
from livefreeze.flows import credentials, sessions
from livefreeze.web import current
from livefreeze.web.login.blueprint import address, login
from livefreeze.web.pages.forms import Form
from livefreeze.web.pages.language import gettext, ngettext
from livefreeze.web.pages.render import done, page


class ChangeForm(Schema):
    """The password that is, and the one that is to be."""

    old_password = fields.String(required=True, validate=validate.Length(max=1000))
    password = fields.String(required=True, validate=validate.Length(max=1000))


class ProofForm(Schema):
    """The password, to show that it is oneself."""

    password = fields.String(required=True, validate=validate.Length(max=1000))


@login.get("/account")
def account() -> Response:
    """Show one's log-ins and what can be changed."""
    principal = current.principal()
    return page(
        "login/account.html", here=principal.session_id, log_ins=sessions.list_of(principal),
        codes_left=credentials.recovery_codes_left(principal),
        may_name_deputies=principal.role in ENDPOINTS["login.deputies"],
    )


@login.post("/account/sessions/<session_id>/end")
def end_session(session_id: str) -> Response:
    """End one of one's own log-ins."""
    if not ids.is_id("ses", session_id):
        raise Problem("NOT_FOUND")
    sessions.revoke(session_id, current.principal())
    return done(url_for("login.account"), gettext("That log-in has ended."))


@login.post("/account/sessions/end-others")
def end_others() -> Response:
    """End all of one's log-ins but this one."""
    count = sessions.revoke_others(current.principal())
    said = ngettext("%(num)s other log-in has ended.", "%(num)s other log-ins have ended.", count)
    return done(url_for("login.account"), said)


@login.route("/account/password", methods=["GET", "POST"])
def change_password() -> Response:
    """Choose another password."""
    form = Form(ChangeForm)
    if form.is_sent:
        with form.answering():
            values = form.values()
            credentials.change_password(current.principal(), old=values["old_password"], new=values["password"],
                                        address=address())
            said = gettext("Your password is changed. All your other log-ins have ended.")
            return done(url_for("login.account"), said)
    return page("login/password.html", form=form)


@login.route("/account/recovery-codes", methods=["GET", "POST"])
def recovery_codes() -> Response:
    """Make new recovery codes, and show them this once."""
    form = Form(ProofForm)
    if form.is_sent:
        with form.answering():
            codes = credentials.new_recovery_codes(current.principal(), password=form.values()["password"],
                                                   address=address())
            return page("login/recovery_codes.html", codes=codes, login_name=current.principal().login)
    return page("login/new_recovery_codes.html", form=form)


@login.route("/account/phone", methods=["GET", "POST"])
def new_phone() -> Response:
    """Set oneself up anew, as by a link from an administrator: the way to another phone."""
    form = Form(ProofForm)
    if form.is_sent:
        with form.answering():
            token = credentials.new_phone(current.principal(), password=form.values()["password"], address=address())
            return done(url_for("login.set_up", token=token))
    return page("login/phone.html", form=form)
