"""The court's pages, `/court`: what a court looks at and does, by clicks. Each module puts its routes on the area."""

from livefreeze.web.court.console.area import console

__all__ = ["console"]
