"""Users: who they are, when they were last seen; another one, a new link, no more log-in."""

from apiflask import Schema
from flask import Response, request, url_for
from marshmallow import fields

from bank_adapters.contract import vocabulary
from livefreeze.flows import staff
from livefreeze.flows.operator.proposals import OF_TENANTS
from livefreeze.flows.transaction import reading
from livefreeze.store.queries.operator import banks as bank_queries
from livefreeze.store.queries.operator import courts as court_queries
from livefreeze.store.queries.operator import proposals as proposal_queries
from livefreeze.store.queries.operator import users as queries
from livefreeze.web import current
from livefreeze.web.court.fields import OneOf, Shaped
from livefreeze.web.operator.area import CHOICES_MAX, ask_for, asked, found, looks_after_all, operator
from livefreeze.web.operator.words import kinds
from livefreeze.web.pages.forms import Form
from livefreeze.web.pages.render import page

ROLES = ("judge", "clerk", "finance", "auditor", "teller", "admin")
_LOGIN_LENGTH_MAX = 64


class UserIn(Schema):
    """A login, and what it may do."""

    login = Shaped(vocabulary.Reference, required=True)
    role = OneOf(ROLES, required=True)
    court = fields.String()
    bank = fields.String()
    person = Shaped(vocabulary.Name)


class AboutIn(Schema):
    """What is asked for about a user."""

    act = OneOf(("staff.disable", "staff.invite"), required=True)


@operator.get("/users")
def users() -> Response:
    """List the users, or those whose login begins as is typed."""
    begins_with = request.args.get("login", "").strip()[:_LOGIN_LENGTH_MAX]
    with reading() as connection:
        listed = queries.page(connection, current.principal(), asked("stf"), begins_with=begins_with)
    following = listed["next"] and url_for("operator.users", login=begins_with or None, after=listed["next"])
    return page("operator/users.html", users=listed["users"], following=following, begins_with=begins_with,
                is_operator=looks_after_all())


@operator.route("/users/new", methods=["GET", "POST"])
def new_user() -> Response:
    """Ask for another user."""
    form = Form(UserIn, begins_with=request.args)
    if form.is_sent:
        with form.answering():
            return ask_for(form, "staff.add", form.values())
    courts, banks = [], []
    if looks_after_all():
        with reading() as connection:
            courts = court_queries.names(connection, count_max=CHOICES_MAX)
            banks = bank_queries.names(connection, count_max=CHOICES_MAX)
    principal = current.principal()
    roles = ROLES if looks_after_all() else staff.roles_of(
        of_court=principal.court_id is not None, of_bank=principal.bank_id is not None
    )
    return page("operator/new_user.html", form=form, courts=courts, banks=banks, is_operator=looks_after_all(),
                roles=[role for role in ROLES if role in roles])


@operator.route("/users/<user_id>", methods=["GET", "POST"])
def user(user_id: str) -> Response:
    """Show a user, and ask for what needs a second person."""
    principal = current.principal()
    with reading() as connection:
        shown = found(queries.one(connection, principal, user_id))
        waiting = proposal_queries.open_about(connection, principal, user_id, of_tenants=OF_TENANTS)
    form = Form(AboutIn)
    if form.is_sent:
        with form.answering():
            return ask_for(form, form.values()["act"], {"user": user_id})
    return page("operator/user.html", form=form, user=shown, waiting=waiting, kinds=kinds(),
                is_me=principal.staff_id == user_id)
