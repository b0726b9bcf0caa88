"""The business clock of a service under test, moved as the story needs it."""

import itertools
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

_changes = itertools.count(1)


class Clock:
    """Writes the file that LIVEFREEZE_CLOCK_FILE names."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._offset = timedelta()

    def moves_to(self, instant: str | datetime) -> None:
        """Let it be this instant now; time goes on from there."""
        if isinstance(instant, str):
            instant = datetime.fromisoformat(instant)
        self._write(instant - datetime.now(UTC))

    def reaches(self, instant: str) -> None:
        """Let it be this instant, or where it is later already a second more: time never goes back."""
        self.moves_to(max(datetime.fromisoformat(instant), datetime.fromisoformat(self.now(seconds=1))))

    def passes(self, **duration: int) -> None:
        """Let so much time pass at once: `passes(minutes=10)`."""
        self._write(self._offset + timedelta(**duration))

    def now(self, **ahead: int) -> str:
        """What the bank's clock shows, or will show by then, as a message has it."""
        return (datetime.now(UTC) + self._offset + timedelta(**ahead)).isoformat()

    def _write(self, offset: timedelta) -> None:
        self._offset = offset
        whole = self.file.with_suffix(".new")
        whole.write_text(str(offset.total_seconds()), encoding="ascii")
        # Two changes within one tick of the file system's clock must not look like one.
        at_ns = next(_changes) * 1_000_000_000
        os.utime(whole, ns=(at_ns, at_ns))
        os.replace(whole, self.file)
