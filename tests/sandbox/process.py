"""A sandbox bank in a process of its own, which a test may kill and start again in the same folder."""

import json
import subprocess
import sys
from pathlib import Path

from bank_adapters.sandbox import client
from tests.sandbox.fake_service import BANK


class BankProcess:
    """Starts at once; `kill` is SIGKILL, as a power cut would be."""

    def __init__(self, folder: Path, service_url: str, *more: str) -> None:
        self.folder = folder
        self._command = [
            *(sys.executable, "-m", "bank_adapters.sandbox", "serve", "--data", str(folder), "--code", BANK),
            *("--service", service_url, "--port", "0", "--json", *more),
        ]
        self.start()

    def start(self) -> None:
        self._process = subprocess.Popen(self._command, stdout=subprocess.PIPE, text=True)
        shown = json.loads(self._process.stdout.readline())
        self.url, self.hook, self.public_key = shown["url"], shown.get("hook"), shown.get("public_key")
        self.banks = shown.get("banks", [])  # where it plays many

    def kill(self) -> None:
        self._process.kill()
        self.wait()

    def wait(self) -> int:
        with self._process.stdout:
            return self._process.wait(timeout=20)

    def stop(self) -> int:
        self._process.terminate()
        return self.wait()

    @property
    def is_running(self) -> bool:
        return self._process.poll() is None

    def post(self, path: str, **fields) -> dict:
        return client.call(self.url, "POST", path, fields)[1]

    def get(self, path: str) -> dict:
        return client.call(self.url, "GET", path)[1]

    def wait_until_quiet(self) -> None:
        answer = self.get("/api/quiet?timeout_s=20")
        assert answer["quiet"], answer
