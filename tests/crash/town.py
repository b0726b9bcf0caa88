"""A town in processes of their own: the service under gunicorn, its worker, two banks, and the database.

Each of them can be killed by name and comes back. In the town live four debtors with five accounts, so that
pools of two banks, claims of two orders and orders of two ranks are all under way.
"""

import os
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import urllib3
from sqlalchemy import text
from werkzeug.wrappers import Response

from bank_adapters.sandbox import keys
from bank_adapters.sandbox.client import NotRunning, call
from bank_adapters.sandbox.database import Database
from livefreeze.base import clock as service_clock
from livefreeze.base import master_keys
from livefreeze.flows import banks
from livefreeze.process import open_process
from livefreeze.settings import Settings
from livefreeze.store import engine as store_engine
from livefreeze.store.errors import Busy
from tests.crash.databases import Kill, ServiceDatabase
from tests.crash.processes import Process, free_port, is_listening, wait_until
from tests.support.world.clock import Clock
from tests.support.world.court import Court, Debtor

ROOT = Path(__file__).parents[2]
BEFORE_PAYDAY = "2026-03-09T15:00:00+08:00"
SWEEP = {"day": 12, "minimum": "1.00"}
OPENING_BALANCE = "4000.00"
NEVER_MET = "50000000.00"
WEB_PROCESSES, WEB_THREADS = 2, 4
PATIENCE_S = 3  # how long a debtor waits at the counter for the service
ANSWER_WITHIN_S = 10
GONE_WITHIN_S = 10
FROZEN_WITHIN_S = 30

_UNDER_WAY = """
SELECT (SELECT count(*) FROM outbound_message WHERE delivered_at IS NULL) AS outbox,
  (SELECT count(*) FROM withdrawal WHERE status IN ('authorised', 'queried')) AS withdrawals,
  (SELECT count(*) FROM sweep WHERE status = 'instructed') AS sweeps
"""


class Account(NamedTuple):
    """An account as both sides know it."""

    id: str
    number: str
    bank: str
    currency: str = "CNY"


class Http:
    """Speaks to the running service, for who expects a client within the process."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._pool = urllib3.PoolManager(retries=False, timeout=ANSWER_WITHIN_S)

    def open(self, path: str, *, method: str, headers: dict[str, str], json: dict | None = None) -> Response:
        answer = self._pool.request(method, self._url + path, headers=headers, json=json)
        return Response(answer.data, status=answer.status, content_type=answer.headers["Content-Type"])


class Bank:
    """A sandbox bank: its folder, its process, its HTTP API."""

    def __init__(self, code: str, folder: Path, service: str, clock_file: Path) -> None:
        self.code, self.folder, self.port = code, folder / code, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.public_key = keys.load_or_make(self.folder).public_key.text()
        command = [
            *(sys.executable, "-m", "bank_adapters.sandbox", "serve", "--data", str(self.folder), "--code", code),
            *("--service", service, "--port", str(self.port), "--clock-file", str(clock_file)),
            *("--patience", str(PATIENCE_S)),
        ]
        self.process = Process(code, command, folder=folder, environ=environ(), is_ready=lambda _: self.answers())

    def trusts(self, service_key: str) -> None:
        database = Database(self.folder)
        with database.transaction() as connection:
            keys.trust(connection, service_key)
        database.close()

    def answers(self) -> bool:
        try:
            return self.ask("GET", "/api/health")[0] == 200
        except NotRunning:
            return False

    def ask(self, method: str, path: str, **fields: object) -> tuple[int, dict]:
        """Status and answer. Raises NotRunning."""
        return call(self.url, method, path, fields)


class Town:
    """Everything that runs, with what the court wrote before it ran."""

    def __init__(self, database: ServiceDatabase, folder: Path) -> None:
        self.database, self.folder = database, folder
        self.clock = Clock(folder / "clock")
        self.clock.moves_to(BEFORE_PAYDAY)
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._master_keys = folder / "master-keys.json"
        store_engine.upgrade(database.url)
        master_keys.create(self._master_keys)
        self.engine = open_process(Settings(
            environment="development", database_url=database.url, master_key_file=self._master_keys,
            clock_file=self.clock.file,
        ))
        self.banks = [self._bank(code) for code in ("bank-a", "bank-b")]
        self.accounts: list[Account] = []
        self.cases: list[str] = []
        self.court = Court(Http(self.url))
        self.service = Process(
            "service",
            [sys.executable, "-m", "gunicorn", "wsgi:app", "--bind", f"127.0.0.1:{self.port}", "--chdir", str(ROOT),
             "--workers", str(WEB_PROCESSES), "--threads", str(WEB_THREADS), "--log-level", "warning"],
            folder=folder, environ=self._service_environ(), is_ready=lambda _: is_up(self.url),
        )
        self.worker = Process(
            "worker", [sys.executable, "-m", "tests.crash.hasty_worker"], folder=folder,
            environ=self._service_environ(), is_ready=lambda process: "worker started" in process.said(),
        )

    @property
    def processes(self) -> list[Process]:
        return [self.service, self.worker, *(bank.process for bank in self.banks)]

    def bank(self, code: str) -> Bank:
        return next(bank for bank in self.banks if bank.code == code)

    def kills(self) -> dict[str, Kill]:
        """By name, every way in which something here is killed and comes back."""
        ways = {
            "web process": lambda chance: self.service.kill_a_child(lambda pids: chance.choice(sorted(pids))),
            "service": lambda _: self._replace_service(),
            "worker": lambda _: self._replace(self.worker),
        }
        for bank in self.banks:
            ways[bank.code] = lambda _, bank=bank: self._replace(bank.process)
        return ways | self.database.kills()

    def settle_down(self) -> None:
        """The people who live here, and the orders on their accounts, in force at both banks."""
        for process in self.processes:
            process.start()
        self.court.registers_fund()
        first, second, third, fourth = (self.court.names() for _ in range(4))
        at_both = self._opens(first, "bank-a"), self._opens(first, "bank-b")
        self._serve(self._case(first, quota=NEVER_MET), first, *at_both)
        at_a = self._opens(second, "bank-a")
        self._serve(self._case(second, quota="9000.00"), second, at_a, quota="9000.00")
        self._serve(self._case(second, quota=NEVER_MET), second, at_a)
        together = self._case(third, fourth, quota="20000.00")
        for debtor, account in ((third, self._opens(third, "bank-a")), (fourth, self._opens(fourth, "bank-b"))):
            self._serve(together, debtor, account, quota="20000.00")
            self._serve(self._case(debtor, quota=NEVER_MET), debtor, account)
        assert wait_until(self.is_quiet, FROZEN_WITHIN_S), self.under_way()
        assert all(self._is_frozen(account) for account in self.accounts)

    def is_quiet(self) -> bool:
        """Whether nothing is under way. Asked twice: between two looks a message may change sides unseen."""
        try:
            return not self.under_way() and not self.under_way()
        except Busy:
            return False  # the database is still recovering from a kill

    def under_way(self) -> dict[str, int]:
        """How much is left to do, by kind: for the banks, for the service, and between them."""
        with store_engine.reading(self.engine) as connection:
            left = dict(connection.execute(text(_UNDER_WAY)).mappings().one())
        for bank in self.banks:
            waiting = bank.ask("GET", "/api/health")[1]["waiting"]
            left |= {f"{bank.code} {what}": count for what, count in waiting.items()}
        return {what: count for what, count in left.items() if count}

    def _opens(self, debtor: Debtor, code: str) -> Account:
        """An account at the bank, which the court then finds; the first of a debtor pays the living money."""
        status, opened = self.bank(code).ask("POST", "/api/accounts", name=debtor.name, id_number=debtor.id_number,
                                             opening_balance=OPENING_BALANCE)
        assert status == 201, opened
        found = self.court.finds_account(debtor, self.bank(code), account=opened["account"],
                                         is_allowance_account=code == "bank-a")
        self.accounts.append(Account(found.id, opened["account"], code))
        return self.accounts[-1]

    def _case(self, *debtors: Debtor, quota: str) -> str:
        self.cases.append(self.court.opens_case(*debtors, amount=quota))
        return self.cases[-1]

    def _serve(self, case: str, debtor: Debtor, *accounts: Account, quota: str = NEVER_MET) -> None:
        self.court.serves(case, debtor, accounts, quota=quota, sweep=SWEEP)

    def _is_frozen(self, account: Account) -> bool:
        _, shown = self.bank(account.bank).ask("GET", f"/api/accounts/{account.number}")
        return bool(shown["orders"]) and all(order["status"] == "in_force" for order in shown["orders"])

    def _bank(self, code: str) -> Bank:
        bank = Bank(code, self.folder, self.url, self.clock.file)
        added = banks.add(code, "示例银行", f"{bank.url}/hooks/livefreeze", their_key=bank.public_key, actor="operator")
        bank.trusts(added.our_key)
        return bank

    def _service_environ(self) -> dict[str, str]:
        return environ(
            ENVIRONMENT="development", DATABASE_URL=self.database.url, PUBLIC_URL=self.url,
            MASTER_KEY_FILE=str(self._master_keys), CLOCK_FILE=str(self.clock.file),
        )

    def _replace_service(self) -> None:
        self.service.kill()
        # The kernel takes a moment to close the sockets of a whole process group.
        assert wait_until(lambda: not is_listening(self.port), GONE_WITHIN_S)
        self.service.start()

    @staticmethod
    def _replace(process: Process) -> None:
        process.kill()
        process.start()


@contextmanager
def running(database: ServiceDatabase, folder: Path) -> Iterator[Town]:
    """A town for as long as the block lasts; nothing of it outlives the block."""
    town = Town(database, folder)
    try:
        town.settle_down()
        yield town
    finally:
        for process in town.processes:
            process.stop()
        town.engine.dispose()
        service_clock.set_clock_file(None)


def is_up(url: str) -> bool:
    """Whether the service at this address is ready."""
    try:
        with urllib.request.urlopen(f"{url}/ready", timeout=5):
            return True
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def environ(**settings: str) -> dict[str, str]:
    """Our environment with these settings of the service, and none of those around us."""
    around = {name: value for name, value in os.environ.items() if not name.startswith("LIVEFREEZE_")}
    return around | {"PYTHONPATH": str(ROOT)} | {f"LIVEFREEZE_{name}": value for name, value in settings.items()}
