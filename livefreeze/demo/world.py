"""The world of the story: a fresh database, service, worker and sandbox banks, set up by the command line alone."""

import json
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from livefreeze.demo import cast
from livefreeze.demo.client import Client
from livefreeze.demo.clock_file import ClockFile
from livefreeze.demo.postgres import PostgresServer
from livefreeze.demo.processes import Processes, child_environ, free_port
from livefreeze.demo.screen import Screen

USUAL_PORTS = 8000, 8101  # of service and bank, for whoever types addresses
ANY_PORTS = 0, 0
PROGRAM = Path(sys.executable).with_name("livefreeze")


class World(NamedTuple):
    """Where everything is while it is up."""

    folder: Path
    database_url: str
    service_url: str
    bank_urls: dict[str, str]  # by code
    tokens: dict[str, str]  # by login
    clock: ClockFile
    processes: Processes

    @property
    def bank_url(self) -> str:
        """Of the bank where the salary account is."""
        return self.bank_urls[cast.BANK]


@contextmanager
def running(
    folder: Path, screen: Screen, *, begins_at: datetime, with_postgres: bool, ports: tuple[int, int]
) -> Iterator[World]:
    """A world in this empty folder for as long as the block lasts; its business clock begins at this instant.

    `ports` are those that service and banks would like; any free one where they are taken, or 0. Raises
    StoryFailed, and livefreeze.demo.postgres.PostgresMissing where that is wanted and cannot start.
    """
    clock = ClockFile(folder / "clock")
    clock.move_to(begins_at)
    service_url, banks_url = (f"http://127.0.0.1:{free_port(port)}" for port in ports)
    with ExitStack() as stack:
        with screen.busy("Starting database, service, worker and banks …", "正在启动数据库、服务、后台进程和银行……"):
            database_url = f"sqlite:///{folder / 'livefreeze.db'}"
            if with_postgres:
                database_url = stack.enter_context(PostgresServer(fsync="off")).url()
            environ = child_environ(
                ENVIRONMENT="development", DATABASE_URL=database_url, PUBLIC_URL=service_url,
                MASTER_KEY_FILE=str(folder / "master-keys.json"), CLOCK_FILE=str(clock.path),
            )
            processes = stack.enter_context(Processes(folder, environ))
            bank_urls, tokens = _set_up(processes, folder, service_url, banks_url)
        yield World(folder, database_url, service_url, bank_urls, tokens, clock, processes)


def _set_up(
    processes: Processes, folder: Path, service_url: str, banks_url: str
) -> tuple[dict[str, str], dict[str, str]]:
    """Everything that people do once before the first case; what can be done at once is.

    Returns the banks' addresses and the tokens.
    """

    def command(*words: str) -> dict:
        return json.loads(processes.run([str(PROGRAM), *words, "--json"]))

    def member(role: str) -> str:
        command("user", "add", role, "--court", cast.COURT, "--role", role)
        return command("token", "create", role)["token"]

    processes.start("banks", [
        str(PROGRAM), "sandbox", "serve", "--data", str(folder / "banks"), "--code", cast.BANKS_CODE,
        "--banks", str(len(cast.BANKS)), "--port", _port(banks_url), "--service", service_url,
        "--clock-file", str(folder / "clock"), "--json",
    ])
    with ThreadPoolExecutor(len(cast.STAFF)) as at_once:
        command("init")
        processes.start("service", [str(PROGRAM), "serve", "--port", _port(service_url)])
        processes.start("worker", [str(PROGRAM), "worker"])
        banks = processes.wait_until(lambda: _listed(processes.log_of("banks")), "the banks to show their keys")
        added = [
            at_once.submit(command, "bank", "add", bank["bank"], "--name", cast.BANK_NAMES[bank["bank"]],
                           "--url", bank["hook"], "--public-key", bank["public_key"])
            for bank in banks
        ]
        command("court", "add", cast.COURT, "--name", cast.COURT_NAME)
        tokens = dict(zip(cast.STAFF, at_once.map(member, cast.STAFF), strict=True))
        for each in added:
            each.result()
    processes.wait_until(lambda: Client(service_url).answers("/ready"), "the service to be ready")
    urls = {bank["bank"]: bank["url"] for bank in banks}
    for url in urls.values():  # a bank fetches the service's key when it is first addressed
        processes.wait_until(lambda url=url: Client(url).answers("/api/health"), "the banks to be ready")
    return urls, tokens


def _listed(log: Path) -> list[dict] | None:
    """What the banks' process printed first: code, addresses and key of each bank."""
    for line in log.read_text(encoding="utf-8").splitlines(keepends=True):
        if line.startswith("{") and line.endswith("\n"):
            return json.loads(line)["banks"]
    return None


def _port(url: str) -> str:
    return url.rpartition(":")[2]
