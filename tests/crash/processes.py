"""A process under test: started, killed as a power cut would, started again, and ended whatever happens."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

READY_WITHIN_S = 30
GONE_WITHIN_S = 10
POLL_S = 0.02
LOG_BYTES_SHOWN = 3_000


class NotReady(Exception):
    """A process did not come up; the message holds the end of its log."""


class Process:
    """A command with a process group and a log of its own; `is_ready` is asked until it says yes."""

    def __init__(self, name: str, command: Sequence[str], *, folder: Path, environ: Mapping[str, str],
                 is_ready: Callable[["Process"], bool]) -> None:
        self.name = name
        self.log = folder / f"{name}.log"
        self._command, self._folder, self._environ = list(command), folder, dict(environ)
        self._is_ready = is_ready
        self._running: subprocess.Popen | None = None

    def start(self) -> None:
        """Start it and wait until it is ready. Raises NotReady."""
        with self.log.open("ab") as log:
            self._log_began_at = log.tell()
            self._running = subprocess.Popen(
                self._command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self._folder,
                env=self._environ, start_new_session=True,
            )
        deadline = time.monotonic() + READY_WITHIN_S
        while not self._is_ready(self):
            if self._running.poll() is not None or time.monotonic() > deadline:
                raise NotReady(f"{self.name} did not come up:\n{self.end_of_log()}")
            time.sleep(POLL_S)

    def kill(self) -> None:
        """End the process and all its children at once, and wait for its end."""
        os.killpg(self._running.pid, signal.SIGKILL)
        self._running.wait(GONE_WITHIN_S)

    def kill_a_child(self, choose: Callable[[Sequence[int]], int]) -> None:
        """End one of its children; the process itself has to notice and to make a new one."""
        os.kill(choose(self._children()), signal.SIGKILL)

    def stop(self) -> None:
        """End it where it still runs."""
        if self._running is not None and self._running.poll() is None:
            self.kill()

    def said(self) -> str:
        """What it has written since it was started last."""
        with self.log.open("rb") as log:
            log.seek(self._log_began_at)
            return log.read().decode(errors="replace")

    def end_of_log(self) -> str:
        """The last lines it has written."""
        return f"--- {self.log}\n{self.log.read_text(errors='replace')[-LOG_BYTES_SHOWN:]}"

    def _children(self) -> list[int]:
        """By the process table of Linux, so that no package is needed for it."""
        pid = self._running.pid
        children = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
        if not children:
            raise NotReady(f"{self.name} has no children:\n{self.end_of_log()}")
        return children


def is_listening(port: int) -> bool:
    """Whether somebody takes connections there."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def free_port() -> int:
    """A port on which nobody listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(condition: Callable[[], bool], within_s: float) -> bool:
    """Whether it became so in time."""
    deadline = time.monotonic() + within_s
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(POLL_S)
    return True
