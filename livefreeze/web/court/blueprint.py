"""The blueprint of the court's routes, and what all of them share: who is asking, how lists are paged."""

from collections.abc import Callable

from apiflask import APIBlueprint
from flask import request

from livefreeze.base import ids
from livefreeze.base.errors import Problem
from livefreeze.store.queries.viewer import Viewer
from livefreeze.web import current
from livefreeze.web.openapi import COURT_TOKEN

court = APIBlueprint("court", __name__, url_prefix="/court/v1")

# What a path parameter must look like; anything else names nothing, and never reaches the database.
_PREFIXES = {"case_id": "cas", "account_id": "acc", "order_id": "frz", "proposal_id": "prp", "sweep_id": "swp",
             "court_rule_id": "crl", "inquiry_id": "inq", "inquiry_account_id": "iqa",
             "inquiry_answer_id": "ian"}


@court.before_request
def refuse_what_is_no_id() -> None:
    """Answer 404 for a path with an id of the wrong shape, as for one that names nothing."""
    for name, value in (request.view_args or {}).items():
        if not ids.is_id(_PREFIXES[name], value):
            raise Problem("NOT_FOUND")


def about(subject: str, **documented: object) -> Callable:
    """Document a route: under which heading it stands, and that it takes a court's token."""
    return court.doc(tags=[f"court: {subject}"], security=COURT_TOKEN, **documented)


def viewer() -> Viewer:
    """For whom a query reads."""
    return Viewer(current.principal().court_id)


def found(model: object | None) -> object:
    """The read model. Raises Problem NOT_FOUND where there is none, or it is another court's."""
    if model is None:
        raise Problem("NOT_FOUND")
    return model
