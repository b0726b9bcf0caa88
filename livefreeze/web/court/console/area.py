"""The area of the court's pages, and what all of them share: who is looking, what they may do, ids in addresses."""

from flask import current_app, request

from livefreeze.base import ids
from livefreeze.base.access import ENDPOINTS
from livefreeze.base.errors import Problem
from livefreeze.store.queries.viewer import PageAsked, Viewer
from livefreeze.web import current
from livefreeze.web.pages.area import Area

console = Area("console", __name__, url_prefix="/court")

PAGE_SIZE = 25
# What a part of an address must look like; anything else names nothing, and never reaches the database.
_PREFIXES = {"case_id": "cas", "account_id": "acc", "order_id": "frz", "proposal_id": "prp", "sweep_id": "swp",
             "debtor_id": "dbt", "court_rule_id": "crl", "alert_id": "alr", "message_id": "inb",
             "inquiry_id": "inq", "inquiry_account_id": "iqa", "inquiry_answer_id": "ian"}


@console.before_request
def refuse_what_is_no_id() -> None:
    """Answer 404 for an address with an id of the wrong shape, as for one that names nothing."""
    for name, value in (request.view_args or {}).items():
        if name in _PREFIXES and not ids.is_id(_PREFIXES[name], value):
            raise Problem("NOT_FOUND")


def viewer() -> Viewer:
    """For whom a query reads."""
    return Viewer(current.principal().court_id)


def found(model: object | None) -> object:
    """The read model. Raises Problem NOT_FOUND where there is none, or it is another court's."""
    if model is None:
        raise Problem("NOT_FOUND")
    return model


def may(endpoint: str) -> bool:
    """May the person who is looking open this page, or press this button?"""
    return current.principal().role in ENDPOINTS.get(endpoint, ())


@console.context_processor
def what_one_may_do() -> dict:
    """Let templates show only what this person may open or press: `may("console.sweep")`."""
    return {"may": lambda endpoint: endpoint in current_app.view_functions and may(endpoint)}


def asked(prefix: str, *, size: int = PAGE_SIZE) -> PageAsked:
    """Which part of a list the address asks for: `after` names the last entry seen."""
    after = request.args.get("after")
    return PageAsked(size, after if ids.is_id(prefix, after) else None)


def id_of_query(name: str, prefix: str) -> str | None:
    """An id in the address's query; None where it is left out. Raises Problem NOT_FOUND for what is no such id."""
    value = request.args.get(name)
    if value and not ids.is_id(prefix, value):
        raise Problem("NOT_FOUND")
    return value or None
