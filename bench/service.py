"""The service as it is run in production: gunicorn, a process tree of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).parents[1]
START_TIMEOUT_S = 60
STOP_TIMEOUT_S = 20
POLL_S = 0.1


@dataclass(frozen=True, slots=True)
class Shape:
    """How many processes and threads answer."""

    workers: int
    threads: int  # 1: gunicorn's sync worker, which ends each connection after its answer

    def __str__(self) -> str:
        kind = "sync" if self.threads == 1 else f"gthread × {self.threads} threads"
        return f"{self.workers} × {kind}"


class Service:
    """One gunicorn; use it as a context manager. Its log goes to a file in the folder."""

    def __init__(self, shape: Shape, *, database_url: str, master_key_file: Path, folder: Path) -> None:
        self._shape = shape
        self._log = folder / "service.log"
        self._environment = {name: value for name, value in os.environ.items() if not name.startswith("LIVEFREEZE_")}
        self._environment |= {
            "LIVEFREEZE_DATABASE_URL": database_url, "LIVEFREEZE_MASTER_KEY_FILE": str(master_key_file),
            "LIVEFREEZE_PUBLIC_URL": "https://bench.invalid",
        }
        self.port = _free_port()

    def __enter__(self) -> Self:
        command = [
            sys.executable, "-m", "gunicorn", "wsgi:app", "--bind", f"127.0.0.1:{self.port}",
            "--workers", str(self._shape.workers), "--threads", str(self._shape.threads), "--log-level", "warning",
        ]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=self._environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        try:
            self._wait_until_ready()
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stop()

    @property
    def process_id(self) -> int:
        """The root of the tree: gunicorn's arbiter."""
        return self._process.pid

    def url(self, path: str) -> str:
        """The address of a path."""
        return f"http://127.0.0.1:{self.port}{path}"

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + START_TIMEOUT_S
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                with urllib.request.urlopen(self.url("/ready"), timeout=5):
                    return
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(POLL_S)
        raise RuntimeError(f"the service did not start:\n{self._log.read_text(errors='replace')[-2000:]}")

    def _stop(self) -> None:
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(STOP_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
