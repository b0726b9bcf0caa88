"""A bar on the terminal, once something has taken more than a second there."""

from types import TracebackType

from rich.console import Console
from rich.progress import Progress, TaskID

from livefreeze.base import clock

QUIET_S = 1.0


class Bar:
    """Called with how much is done and how much there is; says nothing where nobody is looking.

    It writes to standard error, so that what a command answers stays clean.
    """

    def __init__(self, what: str, console: Console | None = None) -> None:
        self._what = what
        self._console = console or Console(stderr=True)
        self._started_s = clock.stopwatch_s()
        self._shown: tuple[Progress, TaskID] | None = None

    def __call__(self, done: int, total: int) -> None:
        """Show it, if it takes long and somebody is looking."""
        if not self._console.is_terminal or clock.stopwatch_s() - self._started_s < QUIET_S:
            return
        if self._shown is None:
            progress = Progress(console=self._console, transient=True)
            progress.start()
            self._shown = progress, progress.add_task(self._what, total=total)
        progress, task = self._shown
        progress.update(task, completed=done, total=total)

    def __enter__(self) -> "Bar":
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._shown is not None:
            self._shown[0].stop()
