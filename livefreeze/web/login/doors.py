"""In and out: the password, the code of the second factor, the end of a log-in."""

from apiflask import Schema
from flask import Response, current_app, g, request, session, url_for
from marshmallow import fields, validate

from livefreeze.base import clock
from livefreeze.base.errors import Problem
from livefreeze.flows import log_in as flow
from livefreeze.flows import sessions
from livefreeze.web.login.blueprint import address, agent, login
from livefreeze.web.pages import admission, kept, navigation
from livefreeze.web.pages.forms import Form
from livefreeze.web.pages.language import gettext
from livefreeze.web.pages.render import done, own_path, page, principal_or_none

HALF = "half"  # in the signed cookie: who gave the right password, and when; good for the code's page only
HALF_VALID_S = 300


class PasswordForm(Schema):
    """Who, and by which password."""

    login = fields.String(required=True, validate=validate.Length(max=200))
    password = fields.String(required=True, validate=validate.Length(max=1000))
    next = fields.String()
    kept = fields.String()


class CodeForm(Schema):
    """A code of the app, or a recovery code."""

    code = fields.String(required=True, validate=validate.Length(max=50))
    next = fields.String()
    kept = fields.String()


@login.route("/login", methods=["GET", "POST"])
def log_in() -> Response:
    """Ask for login and password."""
    form = Form(PasswordForm, begins_with={"next": request.args.get("next", "")})
    if form.is_sent:
        with form.answering():
            values = form.values()
            accepted = flow.with_password(
                values["login"], values["password"], address=address(),
                may_be_one_factor=current_app.config.get("ONE_FACTOR_MAY_BE_ENOUGH", False),
            )
            if not accepted.needs_code:
                return _enter(accepted.staff_id, values)
            session[HALF] = [accepted.staff_id, clock.wall().timestamp(), accepted.changed_at]
            way_on = own_path(values.get("next"), "/")
            if typed := values.get(kept.KEPT):  # it goes on from page to page, and never stands in an address
                return page("login/code.html", form=Form(begins_with={"next": way_on, kept.KEPT: typed}, is_new=True))
            return done(url_for("login.code", next=way_on))
    elif (principal := principal_or_none()) is not None:
        return done(navigation.home_of(principal.role))
    return page("login/log_in.html", form=form)


@login.route("/login/code", methods=["GET", "POST"])
def code() -> Response:
    """Ask for the code of the second factor."""
    staff_id, changed_at = _half()
    if staff_id is None:
        return done(url_for("login.log_in"), gettext("Please enter your password again."))
    form = Form(CodeForm, begins_with={"next": request.args.get("next", "")})
    if form.is_sent:
        with form.answering():
            values = form.values()
            flow.with_code(staff_id, values["code"], address=address(), changed_at=changed_at)
            return _enter(staff_id, values)
    return page("login/code.html", form=form)


@login.post("/logout")
def log_out() -> Response:
    """End the log-in."""
    admission.log_out()
    return done(url_for("login.log_in"), gettext("You are logged out."))


def _half() -> tuple[str | None, str | None]:
    """Who gave the right password a moment ago, and when that password was set."""
    staff_id, since, changed_at = session.get(HALF) or (None, 0, None)
    is_fresh = clock.wall().timestamp() - since < HALF_VALID_S
    return (staff_id, changed_at) if is_fresh else (None, None)


def _enter(staff_id: str, values: dict) -> Response:
    admission.log_in(sessions.open_for_staff(staff_id, agent=agent()))
    principal = sessions.principal_of(session[admission.TOKEN])
    if principal is None:  # disabled this very moment
        raise Problem("LOGIN_REFUSED")
    g.principal = principal  # for the page that follows at once
    way_on = own_path(values.get("next"), navigation.home_of(principal.role))
    return kept.given_back(values.get(kept.KEPT), staff_id) or done(way_on)
