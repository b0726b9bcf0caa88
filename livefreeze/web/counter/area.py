"""The area of the counter's pages, and what all of them share: ids in addresses, reasons in words."""

from flask import request

from livefreeze.base import ids
from livefreeze.base.errors import Problem
from livefreeze.base.words import REASONS
from livefreeze.web.pages import language
from livefreeze.web.pages.area import Area

counter = Area("counter", __name__, url_prefix="/counter")

# What a part of an address must look like; anything else names nothing, and never reaches the database.
_PREFIXES = {"account_id": "acc", "withdrawal_id": "wdl", "reversal_id": "rev"}


@counter.before_request
def refuse_what_is_no_id() -> None:
    """Answer 404 for an address with an id of the wrong shape, as for one that names nothing."""
    for name, value in (request.view_args or {}).items():
        if not ids.is_id(_PREFIXES[name], value):
            raise Problem("NOT_FOUND")


def found(model: object | None) -> object:
    """The read model. Raises Problem NOT_FOUND where there is none, or it is another bank's."""
    if model is None:
        raise Problem("NOT_FOUND")
    return model


def reason_text(code: str) -> str:
    """Why it was decided so, in the page's language."""
    return language.pick(*REASONS[code])

