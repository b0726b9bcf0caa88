"""Fifty at once ask for the last money, through two processes: exactly what is there is paid, on both engines."""

import os
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import urllib3

from bank_adapters.contract import dumps
from livefreeze.flows import jobs
from tests.crash.processes import Process, free_port, is_listening
from tests.support.world import Frozen, World
from tests.support.world.bank import Account, Bank

PAYDAY = "2026-03-10T09:00:00+08:00"
SWEEP_DAY = "2026-03-12T09:00:00+08:00"
ROOT = Path(__file__).resolve().parents[2]
CLIENTS = 50
TRIES_MAX = 20  # "not decided" may be asked again, with the same id and bytes
APPROVED_AND_DECLINED = Counter({"WITHIN_LIMITS": 25, "ALLOWANCE_EXHAUSTED": 25})


@pytest.fixture
def world(database_url: str, tmp_path: Path) -> Iterator[World]:
    opened = World(database_url, tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def service(database_url: str, tmp_path: Path, world: World) -> Iterator[str]:
    """The address of two gunicorn processes over the world's database."""
    port = free_port()
    environ = {name: value for name, value in os.environ.items() if not name.startswith("LIVEFREEZE_")} | {
        "LIVEFREEZE_ENVIRONMENT": "development", "LIVEFREEZE_DATABASE_URL": database_url,
        "LIVEFREEZE_MASTER_KEY_FILE": str(tmp_path / "master-keys.json"),
        "LIVEFREEZE_CLOCK_FILE": str(world.clock.file),
    }
    command = [sys.executable, "-m", "gunicorn", "wsgi:app", "--bind", f"127.0.0.1:{port}", "--chdir", str(ROOT),
               "--workers", "2", "--worker-class", "gthread", "--threads", "16", "--no-control-socket"]
    process = Process("service", command, folder=tmp_path, environ=environ, is_ready=lambda _: is_listening(port))
    try:
        process.start()
        yield f"http://127.0.0.1:{port}"
    finally:
        process.stop()


def asks(service: str, bank: Bank, account: Account) -> Callable[[], str]:
    """One client's request for 100, signed beforehand; called, it returns the reason of the decision."""
    body = dumps(bank.asks_for(account, "100.00", decide_by=bank.clock.now(seconds=120)))
    headers = bank.signed(body, message_id=f"race-{os.urandom(8).hex()}") | {"Content-Type": "application/json"}
    http = urllib3.PoolManager(retries=False, timeout=30)

    def ask() -> str:
        for _ in range(TRIES_MAX):
            answer = http.request("POST", f"{service}/bank/v1/{bank.code}/withdrawals", body=body, headers=headers)
            if answer.status != 503:
                return answer.json().get("reason") or f"{answer.status} {answer.json()['code']}"
        return "never decided"

    return ask


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Begin all of them in the same instant, each in its own thread."""
    together = threading.Barrier(len(acts))

    def begin(act: Callable[[], object]) -> object:
        together.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(begin, acts))


def test_fifty_ask_for_twenty_five(world, service):
    frozen = world.freezes(balance="8000.00")
    reasons = at_once(*(asks(service, frozen.bank, frozen.account) for _ in range(CLIENTS)))
    assert Counter(reasons) == APPROVED_AND_DECLINED
    assert (world.books.account(frozen.account.id).balance, world.books.account(frozen.account.id).held) == (
        5_500_00, 2_500_00)


def with_a_second_bank(world: World) -> tuple[Frozen, Bank, Account]:
    """One debtor, one order over two accounts at two banks, 8,000 on each."""
    court, first, second = world.court(), world.bank(), world.bank()
    debtor = court.names()
    case = court.opens_case(debtor)
    accounts = [court.finds_account(debtor, bank, is_allowance_account=bank is first) for bank in (first, second)]
    order = court.serves(case, debtor, accounts)
    world.delivers()
    for bank, account in zip((first, second), accounts, strict=True):
        bank.reads()
        bank.accepts(account)
    world.clock.reaches(PAYDAY)
    for bank, account in zip((first, second), accounts, strict=True):
        bank.pays_salary(account, "8000.00")
    return Frozen(court, first, debtor, case, order, accounts[0]), second, accounts[1]


def test_one_allowance_is_shared_by_two_banks(world, service):
    frozen, other_bank, other_account = with_a_second_bank(world)
    clients = [asks(service, frozen.bank, frozen.account) for _ in range(CLIENTS // 2)]
    clients += [asks(service, other_bank, other_account) for _ in range(CLIENTS // 2)]
    assert Counter(at_once(*clients)) == APPROVED_AND_DECLINED
    held = [world.books.account(account.id).held for account in (frozen.account, other_account)]
    assert sum(held) == 2_500_00


def test_a_sweep_in_between_takes_the_surplus_and_no_more(world, service):
    frozen = world.freezes(balance="8000.00")
    world.clock.reaches(SWEEP_DAY)
    clients = [asks(service, frozen.bank, frozen.account) for _ in range(CLIENTS)]
    *reasons, _ = at_once(*clients, lambda: jobs.run_due("sweep"))
    assert Counter(reasons) == APPROVED_AND_DECLINED
    account = world.books.account(frozen.account.id)
    assert (account.balance, account.held, account.in_transit) == (0, 2_500_00, 5_500_00)
