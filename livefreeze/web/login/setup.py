"""By a link from their administrator a person chooses a password and a second factor."""

import io

import segno
from apiflask import Schema
from flask import Response, request
from markupsafe import Markup
from marshmallow import fields, validate

from livefreeze.flows import credentials
from livefreeze.flows import log_in as flow
from livefreeze.web.login.blueprint import login
from livefreeze.web.pages.forms import Form
from livefreeze.web.pages.render import page


class SetupForm(Schema):
    """A password, and a code of the app that was given the secret."""

    password = fields.String(required=True, validate=validate.Length(max=1000))
    secret = fields.String(required=True, validate=validate.Regexp("[A-Z2-7]{32}"))
    code = fields.String(required=True, validate=validate.Length(max=20))


@login.route("/setup/<token>", methods=["GET", "POST"])
def set_up(token: str) -> Response:
    """Choose a password and connect the app that shows the codes; then show the recovery codes, this once."""
    invited = credentials.invited(token)
    form = Form(SetupForm)
    if form.is_sent:
        with form.answering():
            codes = credentials.set_up(token, **form.values())
            return page("login/recovery_codes.html", codes=codes, login_name=invited.login)
    secret = request.form.get("secret") or flow.new_secret()
    picture = _picture(flow.address_of_secret(secret, invited.login))
    return page("login/setup.html", form=form, login_name=invited.login, secret=secret, picture=picture)


def _picture(address: str) -> Markup:
    """The address as a QR code, an SVG without any style of its own."""
    out = io.BytesIO()
    segno.make(address, error="m").save(out, kind="svg", xmldecl=False, svgns=True, scale=5, nl=False, omitsize=False)
    return Markup(out.getvalue().decode())
