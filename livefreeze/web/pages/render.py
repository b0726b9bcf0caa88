"""Make a page, or send the person on to one."""

from urllib.parse import urlsplit

from flask import Response, flash, g, make_response, redirect, render_template, request

from livefreeze.web.headers import PAGE_POLICY
from livefreeze.web.pages.forms import Form


def page(template: str, *, form: Form | None = None, status: int = 200, **context: object) -> Response:
    """Return the page. A form that was refused makes it 422, and shows what was typed and why it was refused."""
    if form is not None and form.is_refused:
        status = form.status
    response = make_response(render_template(template, form=form, **context), status)
    response.headers["Content-Security-Policy"] = PAGE_POLICY
    response.vary.add("Cookie")
    response.vary.add("Accept-Language")
    return response


def done(address: str, message: str | None = None) -> Response:
    """Send the person on after something was done, so that reloading does it no second time; say what was done."""
    if message is not None:
        flash(message)
    return redirect(address, 303)


def is_fragment() -> bool:
    """Say whether htmx asks for a part of a page that is open already."""
    return request.headers.get("HX-Request") == "true"


def own_path(text: str | None, otherwise: str) -> str:
    """Return an address that somebody sent along, if it is one of ours; else the other. Stops open redirects."""
    if not text or not text.startswith("/") or text.startswith(("//", "/\\")) or any(ord(c) < 33 for c in text):
        return otherwise
    parts = urlsplit(text)
    return otherwise if parts.scheme or parts.netloc else text


def principal_or_none() -> object | None:
    """Return who is logged in on a page that also strangers may see."""
    return g.get("principal")
