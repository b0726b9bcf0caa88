"""Who may see a page: whoever is logged in with a role that base/access.py names for it."""

from flask import Response, current_app, flash, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from livefreeze.base.access import DEBTOR, PUBLIC, Principal
from livefreeze.base.errors import Problem
from livefreeze.flows import sessions
from livefreeze.web import current
from livefreeze.web.pages import kept
from livefreeze.web.pages.language import gettext
from livefreeze.web.pages.render import is_fragment

TOKEN = "token"  # in the signed cookie: proves the log-in; the database keeps only its digest


def admit(who: frozenset[str]) -> ResponseReturnValue | None:
    """Let the request pass, or return where its person goes to log in. Raises Problem ROLE_NOT_ALLOWED."""
    principal = _looked_up()
    if who is PUBLIC:
        return None
    if principal is None and is_fragment():
        address = url_for("debtor.log_in") if who == DEBTOR else url_for("login.log_in", next=_way_back())
        return _to_log_in_whole(address)
    if principal is None and who == DEBTOR:
        return redirect(url_for("debtor.log_in"), 303)
    if principal is None:
        if request.method == "POST" and kept.has_page() and (again := kept.log_in_again(request.full_path.rstrip("?"))):
            return again
        if request.method == "POST":
            flash(gettext("Your log-in had ended: nothing was done. Log in, and you are back on that page."))
        return redirect(url_for("login.log_in", next=_way_back()), 303)
    if principal.stands_as not in who:
        raise Problem("ROLE_NOT_ALLOWED", roles=", ".join(sorted(who)))
    if request.method == "POST":
        kept.shows_again(principal)
    return None


def admit_to_read(who: frozenset[str]) -> tuple[ResponseReturnValue | None] | None:
    """For a form that may do nothing: what answers it, within a tuple; None where nothing of it can be kept.

    Whoever logged in anew in another tab sees what they typed; whoever is logged out gets to log in first.
    """
    principal = _looked_up()
    if who is PUBLIC or who == DEBTOR or not kept.has_page():
        return None
    if principal is None:
        again = kept.log_in_again(request.full_path.rstrip("?"))
        return None if again is None else (again,)
    if principal.stands_as in who and kept.was_shown_to(principal) and kept.show_filled():
        return (None,)
    return None


def log_in(token: str) -> None:
    """Give the browser this log-in, and nothing of what it had before but its language."""
    language = session.get("language")
    session.clear()  # a cookie from before the log-in is worth nothing after it
    session[TOKEN] = token
    session.permanent = False
    if language is not None:
        session["language"] = language


def log_out() -> None:
    """End the browser's log-in."""
    if TOKEN in session:
        sessions.end(session[TOKEN])
    language = session.get("language")
    session.clear()
    if language is not None:
        session["language"] = language


def _looked_up() -> Principal | None:
    principal = _logged_in()
    if principal is not None:
        g.principal = principal
        current.note(caller=principal.staff_id or principal.debtor_id)
    return principal


def _logged_in() -> Principal | None:
    token = session.get(TOKEN)
    return sessions.principal_of(token) if token else None


def _to_log_in_whole(address: str) -> Response:
    """Where htmx asks for a part of an open page, the whole page goes to log in, not that part alone."""
    return Response(status=204, headers={"HX-Redirect": address})


def _way_back() -> str:
    """The page to return to after the log-in: this one, or the one whose form was sent."""
    try:
        current_app.create_url_adapter(request).match(method="GET")
    except HTTPException:  # an address that only takes forms: nothing could be shown there
        return "/"
    return request.full_path.rstrip("?")
