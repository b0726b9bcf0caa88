"""The service in processes of its own: gunicorn on its own port, over the database of a world."""

import http.client
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from tests.crash.processes import Process, free_port, is_listening
from tests.support.world import World

ROOT = Path(__file__).parents[3]
THREADS = 4
ANSWER_WITHIN_S = 30


class Answer(NamedTuple):
    status: int
    headers: Mapping[str, str]
    body: bytes


class Gunicorn:
    """One gunicorn with one process, as a machine of its own would run it."""

    def __init__(self, name: str, world: World, folder: Path) -> None:
        self.port = free_port()
        self._process = Process(
            name,
            [sys.executable, "-m", "gunicorn", "wsgi:app", "--bind", f"127.0.0.1:{self.port}", "--workers", "1",
             "--threads", str(THREADS), "--chdir", str(ROOT), "--log-level", "warning"],
            folder=folder, environ={**_without_settings(), **world.environ()},
            is_ready=lambda _: is_listening(self.port) and self.asks("GET", "/ready", b"", {}).status == 200,
        )

    def __enter__(self) -> "Gunicorn":
        self._process.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._process.stop()

    def asks(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """One request on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=ANSWER_WITHIN_S)
        try:
            connection.request(method, path, body, {**headers, "Content-Type": "application/json"})
            response = connection.getresponse()
            return Answer(response.status, dict(response.headers.items()), response.read())
        finally:
            connection.close()


def _without_settings() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("LIVEFREEZE_")}
