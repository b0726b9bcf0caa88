"""The processes of the demo world: service, worker and three sandbox banks over one folder, set up once."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from livefreeze.demo.client import Client
from livefreeze.demo.clock_file import ClockFile
from livefreeze.demo.errors import StoryFailed
from livefreeze.demo.processes import Processes, child_environ, free_port
from livefreeze.demo.town import people
from livefreeze.demo.world import PROGRAM

USUAL_PORTS = (8000, 8101, 8102, 8103)  # of the service and the banks, for whoever types addresses
ANY_PORTS = (0, 0, 0, 0)
COURT_ROLES = ("clerk", "judge", "finance", "auditor")
OPERATORS = ("operator", "operator-2")  # two, for what one alone may not do
SECOND_TELLER = "teller-1b"  # of the first bank: cash that came back is booked by two
WORKER = "worker"
PASSWORD = "demo-world-2026"  # of everybody: nobody in this world is worth a secret


class Place(NamedTuple):
    """Where everything is while it runs."""

    folder: Path
    service_url: str
    bank_urls: tuple[str, ...]
    clock: ClockFile
    processes: Processes
    tokens: dict[str, str]  # by login

    def bank(self, number: int) -> Client:
        """One of the banks."""
        return Client(self.bank_urls[number])

    def staff(self, court: int, role: str) -> Client:
        """The service as one of a court's people meets it."""
        return Client(self.service_url, self.tokens[role + people.COURTS[court].suffix])

    def start_worker(self, name: str = WORKER, **settings: str) -> None:
        """Let one more worker work, with these settings besides the usual ones."""
        self.processes.start(name, [str(PROGRAM), "worker"], **settings)


@contextmanager
def running(folder: Path, *, ports: tuple[int, ...], tokens: dict[str, str] | None) -> Iterator[Place]:
    """Everything of this folder for as long as the block lasts; without tokens it is set up first.

    The banks' ports are those that the service has registered, so where one is taken nothing can start. Raises
    StoryFailed.
    """
    service_port, *bank_ports = ports
    service_url = f"http://127.0.0.1:{free_port(service_port)}"
    bank_urls = tuple(f"http://127.0.0.1:{port}" for port in bank_ports)
    clock = ClockFile(folder / "clock")
    environ = child_environ(
        ENVIRONMENT="development", DATABASE_URL=f"sqlite:///{folder / 'livefreeze.db'}", PUBLIC_URL=service_url,
        MASTER_KEY_FILE=str(folder / "master-keys.json"), CLOCK_FILE=str(clock.path),
        DEMO_BAR="true", WAIT_FOR_DISK="false",
    )
    with Processes(folder, environ) as processes:
        for number, (bank, url) in enumerate(zip(people.BANKS, bank_urls, strict=True)):
            processes.start(bank.code, [
                str(PROGRAM), "sandbox", "serve", "--data", str(folder / f"bank-{number + 1}"), "--code", bank.code,
                "--port", _port(url), "--service", service_url, "--clock-file", str(clock.path), "--no-wait-for-disk",
            ])
        if tokens is None:
            processes.run([str(PROGRAM), "init"])
        processes.start("service", [str(PROGRAM), "serve", "--port", _port(service_url), "--processes", "1"])
        processes.start(WORKER, [str(PROGRAM), "worker"])
        for url in bank_urls:
            processes.wait_until(lambda url=url: Client(url).answers("/api/health"), "the banks to be ready")
        if tokens is None:
            tokens = _set_up(processes, bank_urls)
        processes.wait_until(lambda: Client(service_url).answers("/ready"), "the service to be ready")
        yield Place(folder, service_url, bank_urls, clock, processes, tokens)


def free_ports(wanted: tuple[int, ...]) -> tuple[int, ...]:
    """These ports where nobody listens there, else any free ones."""
    return tuple(free_port(port) for port in wanted)


def refuse_taken(ports: tuple[int, ...]) -> None:
    """Raises StoryFailed where somebody listens at a bank's port, which the service knows it by."""
    for port in ports[1:]:
        if free_port(port) != port:
            raise StoryFailed(
                f"Port {port} is taken, and a bank of this world stands there. End what listens there"
                " (another make run?), or make the world anew: make run ARGS=--fresh"
            )


class LogIn(NamedTuple):
    """Somebody who may log in to the pages."""

    login: str
    role: str
    house: str  # the name of their court or bank
    option: tuple[str, ...]  # which the command line adds them with


def log_ins() -> list[LogIn]:
    """Everybody, a house after the other."""
    courts = [
        LogIn(role + court.suffix, role, court.name, ("--court", court.code))
        for court in people.COURTS for role in (*COURT_ROLES, "admin")
    ]
    banks = [
        LogIn(f"teller-{number + 1}", "teller", bank.name, ("--bank", bank.code))
        for number, bank in enumerate(people.BANKS)
    ]
    banks.insert(1, banks[0]._replace(login=SECOND_TELLER))
    return courts + banks + [LogIn(login, "admin", "livefreeze", ("--operator",)) for login in OPERATORS]


def _set_up(processes: Processes, bank_urls: tuple[str, ...]) -> dict[str, str]:
    """What people do once before the first case, by the command line; returns the tokens by login."""
    lines = [["court", "add", court.code, "--name", court.name] for court in people.COURTS]
    for bank, url in zip(people.BANKS, bank_urls, strict=True):
        lines.append(["bank", "add", bank.code, "--name", bank.name, "--url", f"{url}/hooks/livefreeze",
                      "--public-key", Client(url).get("/api/health")["public_key"]])
    for each in log_ins():
        lines.append(["user", "add", each.login, "--role", each.role, *each.option])
        lines.append(["user", "password", each.login, "--no-second-factor", "--password", PASSWORD])
        if each.role in COURT_ROLES:
            lines.append(["token", "create", each.login, "--days", "3650"])
    answers = _answers(processes, lines)
    return {answer["login"]: answer["token"] for answer in answers if "token" in answer}


def _answers(processes: Processes, lines: list[list[str]]) -> list[dict]:
    said = processes.run([str(PROGRAM), "several"], given="\n".join(map(json.dumps, lines)))
    return [json.loads(line) for line in said.splitlines()]


def _port(url: str) -> str:
    return url.rpartition(":")[2]
