"""The blueprint of all pages about logging in."""

from flask import request

from livefreeze.web.pages.area import Area

login = Area("login", __name__)

_AGENTS = ("Edg", "Firefox", "OPR", "Chrome", "Safari")
_SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Macintosh", "Linux")


def agent() -> str:
    """The person's browser in a few words, by which they recognise it in a list; never all that it says of itself."""
    said = request.headers.get("User-Agent", "")
    browser = next((name for name in _AGENTS if name in said), "?")
    system = next((name for name in _SYSTEMS if name in said), "?")
    return f"{browser}, {system}"


def address() -> str:
    """Where the request comes from, as the server before us says."""
    return request.remote_addr or ""
