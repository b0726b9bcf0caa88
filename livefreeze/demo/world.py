"""The world of the story: a fresh database, service, worker and a sandbox bank, set up by the command line alone."""

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
    bank_url: str
    tokens: dict[str, str]  # by login
    clock: ClockFile
    processes: Processes


@contextmanager
def running(
    folder: Path, screen: Screen, *, begins_at: datetime, with_postgres: bool, ports: tuple[int, int]
) -> Iterator[World]:
    """A world in this empty folder for as long as the block lasts; its business clock begins at this instant.

    `ports` are those that service and bank would like; any free one where they are taken, or 0. Raises
    StoryFailed, and livefreeze.demo.postgres.PostgresMissing where that is wanted and cannot start.
    """
    clock = ClockFile(folder / "clock")
    clock.move_to(begins_at)
    service_url, bank_url = (f"http://127.0.0.1:{free_port(port)}" for port in ports)
    with ExitStack() as stack:
        with screen.busy("Starting database, service, worker and a bank …", "正在启动数据库、服务、后台进程和银行……"):
            database_url = f"sqlite:///{folder / 'livefreeze.db'}"
            if with_postgres:
                database_url = stack.enter_context(PostgresServer(fsync="off")).url()
            environ = child_environ(
                ENVIRONMENT="development", DATABASE_URL=database_url, PUBLIC_URL=service_url,
                MASTER_KEY_FILE=str(folder / "master-keys.json"), CLOCK_FILE=str(clock.path),
            )
            processes = stack.enter_context(Processes(folder, environ))
            tokens = _set_up(processes, folder, service_url, bank_url)
        yield World(folder, database_url, service_url, bank_url, tokens, clock, processes)


def _set_up(processes: Processes, folder: Path, service_url: str, bank_url: str) -> dict[str, str]:
    """Everything that people do once before the first case; what can be done at once is. Returns the tokens."""
    bank_folder = str(folder / "bank")

    def command(*words: str) -> dict:
        return json.loads(processes.run([str(PROGRAM), *words, "--json"]))

    def member(role: str) -> str:
        command("user", "add", role, "--court", cast.COURT, "--role", role)
        return command("token", "create", role)["token"]

    with ThreadPoolExecutor(len(cast.STAFF)) as at_once:
        bank_key = at_once.submit(command, "sandbox", "key", "--data", bank_folder)
        command("init")
        processes.start("service", [str(PROGRAM), "serve", "--port", _port(service_url)])
        processes.start("worker", [str(PROGRAM), "worker"])
        added = at_once.submit(command, "bank", "add", cast.BANK, "--name", cast.BANK_NAME,
                               "--url", f"{bank_url}/hooks/livefreeze",
                               "--public-key", bank_key.result()["public_key"])
        command("court", "add", cast.COURT, "--name", cast.COURT_NAME)
        tokens = at_once.map(member, cast.STAFF)
        command("sandbox", "trust", "--data", bank_folder, added.result()["public_key"])
        processes.start("bank", [
            str(PROGRAM), "sandbox", "serve", "--data", bank_folder, "--code", cast.BANK, "--port", _port(bank_url),
            "--service", service_url, "--clock-file", str(folder / "clock"),
        ])
        by_login = dict(zip(cast.STAFF, tokens, strict=True))
    processes.wait_until(lambda: Client(service_url).answers("/ready"), "the service to be ready")
    processes.wait_until(lambda: Client(bank_url).answers("/api/health"), "the bank to be ready")
    return by_login


def _port(url: str) -> str:
    return url.rpartition(":")[2]
