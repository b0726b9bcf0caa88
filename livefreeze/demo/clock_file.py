"""The hand that moves the business clock of service and bank: a file both read."""

import os
from datetime import datetime
from pathlib import Path

from livefreeze.base import clock


class ClockFile:
    """Holds the seconds by which the business clock is ahead of the real one, as text."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def move_to(self, instant: datetime) -> None:
        """Let it be this instant now; from there the clock goes on. `instant` is aware."""
        draft = self.path.with_name(self.path.name + ".new")
        draft.write_text(str(seconds_ahead(instant)), encoding="ascii")
        os.replace(draft, self.path)  # a reader finds the old text or the new one, never half of it


def seconds_ahead(instant: datetime) -> int:
    """By how many whole seconds the clock must be moved for it to be this instant now."""
    return round((instant - clock.wall()).total_seconds())
