"""The movable clock, for demonstrations: these routes exist in development only, and only with a clock file."""

from livefreeze.web.demo.clock import blueprint as clock
from livefreeze.web.demo.steps import bar

__all__ = ["bar", "clock"]
