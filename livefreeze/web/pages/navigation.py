"""The way through the pages: what stands in the bar at the top, for whom."""

from typing import NamedTuple

from flask import current_app, g, request, url_for

from livefreeze.base.access import ENDPOINTS
from livefreeze.web.pages.language import gettext, mark


class Entry(NamedTuple):
    """A link of the bar; is it the page that is shown, or does that lie behind it?"""

    text: str
    address: str
    is_here: bool
    is_above: bool = False


#: Endpoint and text. Who sees an entry, base/access.py says; each role meets only a handful of them.
_BAR = (
    ("console.home", mark("Today")),
    ("console.cases", mark("Cases")),
    ("console.inquiries", mark("Inquiries")),
    ("console.orders", mark("Orders")),
    ("console.proposals", mark("Approvals")),
    ("console.rules", mark("Freeze rules")),
    ("console.case_fund", mark("Case fund")),
    ("console.search", mark("Search")),
    ("counter.home", mark("Counter")),
    ("counter.today", mark("Today's withdrawals")),
    ("debtor.home", mark("My account")),
    ("debtor.withdrawals", mark("My withdrawals")),
    ("operator.home", mark("Operations")),
    ("operator.banks", mark("Banks")),
    ("operator.courts", mark("Courts")),
    ("operator.users", mark("Users")),
    ("operator.messages", mark("Messages")),
    ("operator.proposals", mark("Approvals")),
)

_ABOVE_NOTHING = {"console.home", "operator.home"}  # their addresses begin all others of the area

#: Where a role begins.
_HOMES = {
    "judge": "console.home", "clerk": "console.home", "finance": "console.home", "auditor": "console.home",
    "teller": "counter.home", "debtor": "debtor.home", "admin": "operator.home",
}


def bar() -> list[Entry]:
    """Return the links that the person who is logged in may follow."""
    principal = g.get("principal")
    if principal is None:
        return []
    return [
        Entry(gettext(text), url_for(endpoint), request.endpoint == endpoint, _is_above(endpoint))
        for endpoint, text in _BAR
        if endpoint in current_app.view_functions and principal.stands_as in ENDPOINTS[endpoint]
    ]


def _is_above(endpoint: str) -> bool:
    """Does the page that is shown lie behind the one of this endpoint, such as a case behind the list of cases?"""
    if endpoint in _ABOVE_NOTHING or any(request.endpoint == other for other, _ in _BAR):
        return False
    return request.path.startswith(url_for(endpoint) + "/")


def home_of(role: str) -> str:
    """Return the address at which a role begins."""
    endpoint = _HOMES.get(role, "pages.start")
    return url_for(endpoint if endpoint in current_app.view_functions else "pages.start")
