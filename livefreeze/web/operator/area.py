"""The area of the administrators' pages, and what all of them share: ids in addresses, lists, asking for approval."""

from flask import Response, request, url_for

from livefreeze.base import ids
from livefreeze.base.errors import Problem
from livefreeze.flows.operator import proposals
from livefreeze.flows.operator.drafts import Asked, is_operator
from livefreeze.store.queries.viewer import PageAsked
from livefreeze.web import current
from livefreeze.web.pages.area import Area
from livefreeze.web.pages.forms import Form
from livefreeze.web.pages.language import gettext
from livefreeze.web.pages.render import done

operator = Area("operator", __name__, url_prefix="/operator")

PAGE_SIZE = 25
CHOICES_MAX = 500  # of courts and of banks in a form
# What a part of an address must look like; anything else names nothing, and never reaches the database.
_PREFIXES = {"user_id": "stf", "outbound_id": "msg", "key_id": "key", "platform_proposal_id": "ppr"}


@operator.before_request
def refuse_what_is_no_id() -> None:
    """Answer 404 for an address with an id of the wrong shape, as for one that names nothing."""
    for name, value in (request.view_args or {}).items():
        if name in _PREFIXES and not ids.is_id(_PREFIXES[name], value):
            raise Problem("NOT_FOUND")


def found(model: object | None) -> object:
    """The read model. Raises Problem NOT_FOUND where there is none, or it is another's."""
    if model is None:
        raise Problem("NOT_FOUND")
    return model


def looks_after_all() -> bool:
    """Is the person who is looking an operator, of no court and no bank?"""
    return is_operator(current.principal())


def asked(prefix: str, *, size: int = PAGE_SIZE) -> PageAsked:
    """Which part of a list the address asks for: `after` names the last entry seen."""
    after = request.args.get("after")
    return PageAsked(size, after if ids.is_id(prefix, after) else None)


def ask_for(form: Form, kind: str, fields: Asked) -> Response:
    """Ask for what the form says, once however often it is sent, and go on to where it waits."""

    def act() -> Response:
        prepared = proposals.prepare(kind, fields, principal=current.principal())
        return done(url_for("operator.proposal", platform_proposal_id=prepared.id),
                    gettext("Asked for. Nothing has changed yet: another person has to approve."))

    form.asks_about_same()
    return form.once(act)
