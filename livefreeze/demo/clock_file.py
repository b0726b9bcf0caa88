"""The hand that moves the business clock of service and bank: a file both read."""

from datetime import datetime
from pathlib import Path

from livefreeze.base import clock


class ClockFile:
    """Holds the seconds by which the business clock is ahead of the real one, as text."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def move_to(self, instant: datetime) -> None:
        """Let it be this instant now; from there the clock goes on. `instant` is aware."""
        clock.write_clock_file(self.path, instant)
