"""Many banks in one process, each with its own folder, key, books and address /banks/CODE.

A bank is opened when it is first addressed, so that a thousand of them cost nothing until somebody asks them.
"""

import shutil
import threading
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask

from bank_adapters import strict_json
from bank_adapters.addresses import Policy
from bank_adapters.sandbox import inquiries, keys
from bank_adapters.sandbox.bank import PATIENCE, open_bank
from bank_adapters.sandbox.clock import Clock
from bank_adapters.sandbox.database import FILE, Database
from bank_adapters.sandbox.running import Running
from bank_adapters.send import send

COUNT_MAX = 2_000
_START = "/banks/"
_KEYS_DEADLINE_S = 20.0


class ManyBanks:
    """The banks of one folder, those with books at work from the start."""

    def __init__(
        self, folder: Path, codes: Iterable[str], *, service: str, clock: Clock, patience: timedelta = PATIENCE,
        waits_for_disk: bool = True,
    ) -> None:  # fmt: skip
        self.codes = tuple(codes)
        self._known = frozenset(self.codes)
        self._folder, self._service, self._clock, self._patience = folder, service.rstrip("/"), clock, patience
        self._waits_for_disk = waits_for_disk
        self._lock = threading.Lock()
        self._open: dict[str, Running] = {}
        self._shown: dict[str, list[str]] = {}
        for code in self.codes:
            if (folder / code / FILE).exists():  # it may have been killed in the middle of something
                self.running(code)

    def running(self, code: str) -> Running | None:
        """The bank at work; None where there is none of this code."""
        if code not in self._known:
            return None
        with self._lock:
            if code not in self._open:
                self._open[code] = self._start(code)
            return self._open[code]

    def listed(self, url: str) -> list[dict[str, str]]:
        """What is needed to register each bank at the service."""
        return [
            {
                "bank": code,
                "url": f"{url}{_START}{code}",
                "hook": f"{url}{_START}{code}/hooks/livefreeze",
                "public_key": keys.load_or_make(self._folder / code).public_key.text(),
            }
            for code in self.codes
        ]

    def inquiries(self) -> dict[str, list[dict]]:
        """The inquiries of every bank that was ever addressed."""
        with self._lock:
            at_work = dict(self._open)
        found = {}
        for code, running in at_work.items():
            with running.bank.database.reading() as connection:
                found[code] = inquiries.all_of(connection)
        return found

    def stop(self) -> None:
        """End the work of all banks."""
        for running in self._open.values():
            running.stop()

    def _start(self, code: str) -> Running:
        self._copy_empty_books(self._folder / code)
        bank = open_bank(
            self._folder / code, code=code, service=self._service, clock=self._clock, patience=self._patience,
            waits_for_disk=self._waits_for_disk,
        )  # fmt: skip
        with bank.database.transaction() as connection:
            if not keys.trusted(connection):
                for public_key in self._keys_for(code):
                    keys.trust(connection, public_key)
        return Running.start(bank)

    def _copy_empty_books(self, folder: Path) -> None:
        """Copying empty books is many times quicker than making their tables anew."""
        empty, books, draft = (self._folder / ".empty" / FILE, folder / FILE, folder / f"{FILE}.new")
        if books.exists():
            return
        if not empty.exists():
            Database(empty.parent).close()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.copyfile(empty, draft)
        draft.rename(books)  # whole or not at all

    def _keys_for(self, code: str) -> list[str]:
        """The service's keys for this bank. Its list is fetched once for all banks that stand in it."""
        if code not in self._shown:
            delivery = send(
                f"{self._service}/bank/v1/keys", b"", {}, method="GET", policy=Policy(allow_loopback_http=True),
                deadline_s=_KEYS_DEADLINE_S,
            )  # fmt: skip
            if delivery.status == 200:
                self._shown = {}
                for entry in strict_json.loads(delivery.body)["keys"]:
                    self._shown.setdefault(entry["bank"], []).append(entry["key"])
        return self._shown.get(code, [])


def application(banks: ManyBanks, app: Flask) -> Callable[..., Any]:
    """The WSGI application of all banks: `app` serves each of them, told by the path which one."""

    def answer(environ: dict, start_response: Callable) -> Any:
        path: str = environ.get("PATH_INFO", "")
        code, _, rest = path.removeprefix(_START).partition("/")
        running = banks.running(code) if path.startswith(_START) else None
        if running is not None:
            environ |= {"sandbox.running": running, "SCRIPT_NAME": _START + code, "PATH_INFO": f"/{rest}"}
        return app(environ, start_response)

    @app.get("/inquiries")
    def show_inquiries() -> dict:
        return {"banks": banks.inquiries()}

    return answer
