"""An area of pages: a blueprint whose views answer people, not programs."""

from flask import Blueprint


class Area(Blueprint):
    """A blueprint of pages. Its people come with the cookie of a log-in, and its errors are pages, too."""

    enable_openapi = False  # APIFlask asks each blueprint that has something to do before its requests


def is_page(app: object, endpoint: str | None) -> bool:
    """Say whether this endpoint answers with a page."""
    name, dot, _ = (endpoint or "").rpartition(".")
    return bool(dot) and isinstance(app.blueprints.get(name), Area)
