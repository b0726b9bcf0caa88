"""Banks: how the link with each is, its keys, what waits for it."""

from apiflask import Schema
from flask import Response, current_app, url_for
from marshmallow import fields

from bank_adapters.contract import vocabulary
from livefreeze.base import clock
from livefreeze.base.errors import Problem
from livefreeze.flows import banks as flow
from livefreeze.flows.operator.banks import is_deliverable
from livefreeze.flows.operator.proposals import OF_TENANTS
from livefreeze.flows.transaction import reading
from livefreeze.store.queries.operator import alerts as alert_queries
from livefreeze.store.queries.operator import banks as queries
from livefreeze.store.queries.operator import proposals as proposal_queries
from livefreeze.store.queries.viewer import PageAsked
from livefreeze.web import current
from livefreeze.web.court.fields import Shaped
from livefreeze.web.operator.area import ask_for, asked, found, operator
from livefreeze.web.operator.words import alert_text
from livefreeze.web.pages.forms import Form
from livefreeze.web.pages.language import gettext
from livefreeze.web.pages.pictures import Part, stacked
from livefreeze.web.pages.render import page

ALERTS_FIRST = 5
_URL_LENGTH_MAX = 500


class KeyIn(Schema):
    """A bank's public key."""

    public_key = fields.String(required=True)


class BankIn(KeyIn):
    """A bank as messages call it, and where it takes ours."""

    code = Shaped(vocabulary.BankCode, required=True)
    name = Shaped(vocabulary.Name, required=True)
    url = fields.String(required=True)


@operator.get("/banks")
def banks() -> Response:
    """List the banks with their health."""
    with reading() as connection:
        listed = queries.page(connection, asked("bnk"), at=clock.wall())
    following = listed["next"] and url_for("operator.banks", after=listed["next"])
    return page("operator/banks.html", banks=listed["banks"], following=following)


@operator.route("/banks/new", methods=["GET", "POST"])
def new_bank() -> Response:
    """Ask for another bank."""
    form = Form(BankIn)
    if form.is_sent:
        with form.answering():
            values = form.values()
            _refuse_undeliverable(values["url"])
            return ask_for(form, "bank.add", values)
    return page("operator/new_bank.html", form=form)


@operator.get("/banks/<bank>")
def bank(bank: str) -> Response:
    """Show one bank: health, lanes, keys, alerts."""
    with reading() as connection:
        shown = found(queries.one(connection, bank, at=clock.wall()))
        lanes = queries.lanes(connection, shown["id"])
        alerts = alert_queries.page(connection, PageAsked(ALERTS_FIRST), bank=bank)["alerts"]
    return page("operator/bank.html", bank=shown, lanes=lanes, keys=flow.keys_shown(bank), alerts=alerts,
                alert_text=alert_text, picture=_picture(shown),
                longest=max((lane["waiting"] for lane in lanes), default=0))


@operator.route("/banks/<bank>/keys/new", methods=["GET", "POST"])
def new_key(bank: str) -> Response:
    """Ask for another key beside those in use."""
    shown = _bank(bank)
    form = Form(KeyIn)
    if form.is_sent:
        with form.answering():
            return ask_for(form, "bank_key.add", {"bank": bank, **form.values()})
    return page("operator/new_key.html", form=form, bank=shown)


@operator.route("/banks/<bank>/keys/<key_id>/retire", methods=["GET", "POST"])
def retire_key(bank: str, key_id: str) -> Response:
    """Say what retiring a key means, and ask for it."""
    shown = _bank(bank)
    in_use = [key for key in flow.keys_shown(bank) if key.retired_at is None]
    key = found(next((each for each in in_use if each.id == key_id), None))
    form = Form()
    if form.is_sent:
        with form.answering():
            return ask_for(form, "bank_key.retire", {"bank": bank, "key": key_id})
    with reading() as connection:
        waiting = proposal_queries.open_about(connection, current.principal(), key_id, of_tenants=OF_TENANTS)
    left = sum(each.direction == key.direction for each in in_use if each.id != key_id)
    return page("operator/retire_key.html", form=form, bank=shown, key=key, left=left, waiting=waiting)


def _bank(code: str) -> dict:
    with reading() as connection:
        return found(queries.one(connection, code, at=clock.wall()))


def _refuse_undeliverable(url: str) -> None:
    is_development = not current_app.config["SESSION_COOKIE_SECURE"]
    if len(url) > _URL_LENGTH_MAX or not is_deliverable(url, allow_loopback_http=is_development):
        raise Problem("URL_UNDELIVERABLE", "/url")


def _picture(shown: dict) -> list:
    """What waits, in two parts: given up, and not yet delivered."""
    waiting = shown["waiting"] - shown["dead"]
    return stacked([
        Part(gettext("given up"), shown["dead"], str(shown["dead"]), "held"),
        Part(gettext("waiting"), waiting, str(waiting), "transit"),
    ])
