"""Where a teller begins: look up an account; what waits for a word; what was done today."""

from datetime import datetime, time

from apiflask import Schema
from flask import Response, request, url_for
from marshmallow import fields

from livefreeze.base import clock, ids
from livefreeze.flows.counter import accounts
from livefreeze.flows.transaction import reading
from livefreeze.store.queries import counter as queries
from livefreeze.store.queries.viewer import PageAsked
from livefreeze.web import current
from livefreeze.web.counter.area import counter
from livefreeze.web.pages.figures import TIME_ZONE
from livefreeze.web.pages.forms import Form
from livefreeze.web.pages.render import done, page

WAITING_MAX = 50
PAGE_SIZE = 50


class NumberIn(Schema):
    """The number of an account; how it is spaced does not matter."""

    number = fields.String(required=True, metadata={"maxLength": 60})


@counter.route("/", methods=["GET", "POST"])
def home() -> Response:
    """Find an account by its very number, and show what waits."""
    form = Form(NumberIn)
    if form.is_sent:
        with form.answering():
            account_id = accounts.find(form.values()["number"], principal=current.principal())
            return done(url_for("counter.account", account_id=account_id))
    bank_id = current.principal().bank_id
    with reading() as connection:
        waiting = queries.unended(connection, bank_id, count_max=WAITING_MAX)
        reversals = queries.open_reversals(connection, bank_id, count_max=WAITING_MAX)
    return page("counter/home.html", form=form, waiting=waiting, reversals=reversals)


@counter.get("/today")
def today() -> Response:
    """List what this bank's tellers asked for since midnight."""
    local = clock.now().astimezone(TIME_ZONE)
    midnight = datetime.combine(local.date(), time(), TIME_ZONE)
    after = request.args.get("after")
    asked = PageAsked(PAGE_SIZE, after if ids.is_id("wdl", after) else None)
    with reading() as connection:
        listed = queries.since(connection, current.principal().bank_id, midnight, asked)
    following = listed["next"] and url_for("counter.today", after=listed["next"])
    return page("counter/today.html", withdrawals=listed["withdrawals"], following=following, day=local.date())
