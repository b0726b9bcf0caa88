"""Real processes, each with its own log: started, waited for and, whatever happens, stopped by their id."""

import os
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from livefreeze.demo.errors import StoryFailed

WAIT_TIMEOUT_S = 120  # of a busy machine; whoever waits sees the condition within POLL_S
STOP_TIMEOUT_S = 15
POLL_S = 0.05
LOG_LINES_SHOWN = 20

T = TypeVar("T")


class Processes:
    """The processes of one story. Use it as a context manager: at its end none of them runs any more."""

    def __init__(self, folder: Path, environ: Mapping[str, str]) -> None:
        self._folder = folder
        self._environ = dict(environ)
        self._running: dict[str, subprocess.Popen] = {}

    def __enter__(self) -> "Processes":
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for name in reversed(self._running):
            self._running[name].terminate()
        for process in self._running.values():
            try:
                process.wait(STOP_TIMEOUT_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def log_of(self, name: str) -> Path:
        """Where a process of this name writes what it has to say."""
        return self._folder / f"{name}.log"

    def pids(self) -> dict[str, int]:
        """The process ids by name."""
        return {name: process.pid for name, process in self._running.items()}

    def start(self, name: str, command: Sequence[str], **settings: str) -> None:
        """Start a process, with these settings of livefreeze besides ours; `wait_until` says when it is ready."""
        with self.log_of(name).open("ab") as log:
            self._running[name] = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self._environ | {f"LIVEFREEZE_{name}": value for name, value in settings.items()},
                cwd=self._folder,
                start_new_session=True,  # Ctrl-C in a terminal reaches us, and we stop it in good order
            )

    def stop(self, name: str) -> None:
        """End a process in good order, so that another may take its name."""
        process = self._running.pop(name)
        process.terminate()
        process.wait(STOP_TIMEOUT_S)

    def run(self, command: Sequence[str], *, given: str = "") -> str:
        """Run a command on this standard input and return what it printed. Raises StoryFailed where it refuses."""
        ended = subprocess.run(
            command, input=given, capture_output=True, text=True, env=self._environ, cwd=self._folder
        )
        if ended.returncode != 0:
            said = (ended.stderr + ended.stdout).strip()
            raise StoryFailed(f"{' '.join(command[1:])}: exit status {ended.returncode}\n{said}")
        return ended.stdout

    def wait_until(self, condition: Callable[[], T], what: str, *, timeout_s: float = WAIT_TIMEOUT_S) -> T:
        """What the condition returns once that is something. Raises StoryFailed with the end of the logs.

        Nobody waits for a process that has ended.
        """
        deadline = time.monotonic() + timeout_s
        while not (result := condition()):
            for name, process in self._running.items():
                if process.poll() is not None:
                    raise StoryFailed(f"{name} ended with status {process.returncode}.\n{self._end_of_log(name)}")
            if time.monotonic() > deadline:
                logs = "\n".join(map(self._end_of_log, self._running))
                raise StoryFailed(f"Waited {timeout_s:.0f} s for this, in vain: {what}.\n{logs}")
            time.sleep(POLL_S)
        return result

    def wait_for_end(self) -> None:
        """Wait until one of them ends by itself, which none should. Raises StoryFailed."""
        while True:
            self.wait_until(lambda: False, "nothing", timeout_s=float("inf"))

    def _end_of_log(self, name: str) -> str:
        lines = self.log_of(name).read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join([f"--- {self.log_of(name)}", *lines[-LOG_LINES_SHOWN:]])


def free_port(preferred: int) -> int:
    """This port if nobody listens there, else any free one."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", preferred))
        except OSError:
            probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def child_environ(**settings: str) -> dict[str, str]:
    """Our environment for a child, with these settings of livefreeze and none of those around us."""
    around = {name: value for name, value in os.environ.items() if not name.startswith("LIVEFREEZE_")}
    return around | {"PYTHONUTF8": "1"} | {f"LIVEFREEZE_{name}": value for name, value in settings.items()}
