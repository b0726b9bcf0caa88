"""The movable clock, for demonstrations: these routes exist in development only, and only with a clock file."""

from livefreeze.web.demo.clock import blueprint

__all__ = ["blueprint"]
