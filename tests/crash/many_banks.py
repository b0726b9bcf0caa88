"""A court, its service and worker, and one sandbox process that plays many banks, some of them dead, some slow."""

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import text

from bank_adapters.sandbox import population
from bank_adapters.sandbox.client import call
from livefreeze.base import clock as service_clock
from livefreeze.base import master_keys
from livefreeze.flows import banks
from livefreeze.process import open_process
from livefreeze.settings import Settings
from livefreeze.store import engine as store_engine
from tests.crash.processes import Process, free_port
from tests.crash.town import BEFORE_PAYDAY, ROOT, Http, environ, is_up
from tests.support.world.clock import Clock
from tests.support.world.court import Court

POLL_S = 0.1
PATIENCE_S = 60  # a bank among a thousand waits long until its answer is taken
_ANSWERED = """
SELECT bank.code FROM inquiry_bank JOIN bank ON bank.id = inquiry_bank.bank_id
WHERE inquiry_bank.inquiry_id = :inquiry AND inquiry_bank.status NOT IN ('asked', 'partly')
"""
HASTY = ("-m", "tests.crash.hasty_worker")  # a bank that is slower than its short lease is never done
USUAL = ("-c", "from livefreeze import worker; worker.run()")


class ManyBanks:
    """All processes. Banks are "town-0001" and so on; the first `dead` are not there, the next `slow` ones are slow."""

    def __init__(self, database_url: str, folder: Path, *, count: int, dead: int, slow: int, slow_s: float,
                 is_hasty: bool = True) -> None:
        self.clock = Clock(folder / "clock")
        self.clock.moves_to(BEFORE_PAYDAY)
        codes = [f"town-{number:04}" for number in range(1, count + 1)]
        self.dead, self.slow, self.healthy = codes[:dead], codes[dead : dead + slow], codes[dead + slow :]
        self._slow_s = slow_s
        port, master_keys_file = free_port(), folder / "master-keys.json"
        self.url = f"http://127.0.0.1:{port}"
        store_engine.upgrade(database_url)
        master_keys.create(master_keys_file)
        self.engine = open_process(Settings(
            environment="development", database_url=database_url, master_key_file=master_keys_file,
            clock_file=self.clock.file,
        ))
        around = environ(
            ENVIRONMENT="development", DATABASE_URL=database_url, PUBLIC_URL=self.url,
            MASTER_KEY_FILE=str(master_keys_file), CLOCK_FILE=str(self.clock.file),
        )
        self.court = Court(Http(self.url))
        self.service = Process(
            "service",
            [sys.executable, "-m", "gunicorn", "wsgi:app", "--bind", f"127.0.0.1:{port}", "--chdir", str(ROOT),
             "--workers", "2", "--threads", "4", "--log-level", "warning"],
            folder=folder, environ=around, is_ready=lambda _: is_up(self.url),
        )
        self.worker = Process(
            "worker", [sys.executable, *(HASTY if is_hasty else USUAL)], folder=folder, environ=around,
            is_ready=lambda process: "worker started" in process.said(),
        )
        self.sandbox = Process(
            "sandbox",
            [sys.executable, "-m", "bank_adapters.sandbox", "serve", "--data", str(folder / "banks"), "--code", "town",
             "--banks", str(count), "--service", self.url, "--port", "0", "--json",
             "--patience", str(PATIENCE_S),
             "--clock-file", str(self.clock.file)],
            folder=folder, environ=environ(), is_ready=lambda process: process.said().endswith("}\n"),
        )

    @property
    def processes(self) -> tuple[Process, ...]:
        return self.worker, self.service, self.sandbox

    def settle_down(self) -> None:
        """Every bank is registered, and slow where it is to be slow. The worker stays down."""
        self.service.start()
        self.sandbox.start()
        listed = json.loads(self.sandbox.said())
        self.sandbox_url = listed["url"]
        nowhere = f"http://127.0.0.1:{free_port()}/hook"
        for bank in listed["banks"]:
            url = nowhere if bank["bank"] in self.dead else bank["hook"]
            banks.add(bank["bank"], "示例银行", url, their_key=bank["public_key"], actor="operator")
        for code in self.slow:
            call(f"{self.sandbox_url}/banks/{code}", "PUT", "/api/faults", {"slow_s": self._slow_s})

    def ask(self, *, only: list[str] | None = None) -> str:
        """Ask these banks, or all; returns the inquiry."""
        debtor = self.court.names("客户", id_number=population.customers("town-0010", 1)[0].id_number)
        return self.court.asks(self.court.opens_case(debtor), debtor, banks=only)

    def answered(self, inquiry: str) -> set[str]:
        """The banks that have answered; asked of the database, for the service may be busy with all their answers."""
        with store_engine.reading(self.engine) as connection:
            return set(connection.scalars(text(_ANSWERED), {"inquiry": inquiry}))

    def wait_for(self, inquiry: str, codes: list[str], *, within_s: float) -> float:
        """Seconds until all of these have answered. Raises AssertionError."""
        began = time.monotonic()
        while missing := set(codes) - self.answered(inquiry):
            assert time.monotonic() - began < within_s, f"{len(missing)} have not answered: {sorted(missing)[:5]}"
            time.sleep(POLL_S)
        return time.monotonic() - began

    def counted(self, inquiry: str) -> dict[str, int]:
        """How often each bank that heard of it was asked."""
        _, came = call(self.sandbox_url, "GET", "/inquiries")
        return {
            code: line["asked"] for code, lines in came["banks"].items() for line in lines if line["inquiry"] == inquiry
        }


@contextmanager
def running(database_url: str, folder: Path, **shape: float) -> Iterator[ManyBanks]:
    """Many banks for as long as the block lasts."""
    many = ManyBanks(database_url, folder, **shape)
    try:
        many.settle_down()
        yield many
    finally:
        for process in many.processes:
            process.stop()
        many.engine.dispose()
        service_clock.set_clock_file(None)
