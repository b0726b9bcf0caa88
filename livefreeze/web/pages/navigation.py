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
    entries = [
        Entry(gettext(text), url_for(endpoint), request.endpoint == endpoint)
        for endpoint, text in _BAR
        if endpoint in current_app.view_functions and principal.stands_as in ENDPOINTS[endpoint]
    ]
    above = _above(entries)
    return [entry._replace(is_above=entry.address == above) for entry in entries]


def _above(entries: list[Entry]) -> str | None:
    """The address of the entry behind which the page lies, as a case behind the list of cases.

    The entry at which the area begins stands for what lies behind no other.
    """
    if any(request.endpoint == endpoint for endpoint, _ in _BAR):
        return None
    behind = [entry.address for entry in entries if request.path.startswith(entry.address.rstrip("/") + "/")]
    return max(behind, key=len, default=None)


def home_of(role: str) -> str:
    """Return the address at which a role begins."""
    endpoint = _HOMES.get(role, "pages.start")
    return url_for(endpoint if endpoint in current_app.view_functions else "pages.start")
