"""Fifty at once: whatever the order, the allowance is given out once, and the surplus is swept once."""

import json
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import pytest

from bank_adapters.contract import dumps
from tests.support.databases import ENGINES, shared_database
from tests.support.world import PAYDAY, Account, Bank, World, unique
from tests.support.world.over_http import Answer, Gunicorn

CLIENTS = 50
EACH = "100.00"
SWEEP_DAY = "2026-03-12T09:00:00+08:00"


class Question(NamedTuple):
    """One signed request, ready to be sent."""

    bank: Bank
    message_id: str
    body: bytes
    headers: dict[str, str]


@pytest.fixture(scope="module", params=ENGINES)
def service(request, tmp_path_factory):
    """A world, and two gunicorn processes that share nothing but its database."""
    folder = tmp_path_factory.mktemp("races")
    with shared_database(request, request.param, folder) as url:
        world = World(url, folder)
        with Gunicorn("first", world, folder) as first, Gunicorn("second", world, folder) as second:
            yield world, (first, second)
        world.close()


@pytest.fixture
def world(service):
    service[0].enter()
    return service[0]


@pytest.fixture
def services(service):
    return service[1]


def at_once(services: Sequence[Gunicorn], accounts: Sequence[tuple[Bank, Account]],
            *beside: Callable[[], object]) -> list:
    """What fifty clients were answered, spread over services and accounts; `beside` runs in the same moment."""
    questions = [_asked(*accounts[number // 2 % len(accounts)]) for number in range(CLIENTS)]
    start = threading.Barrier(CLIENTS + len(beside))

    def asks(number: int) -> Answer:
        question = questions[number]
        start.wait()
        path = f"/bank/v1/{question.bank.code}/withdrawals"
        return services[number % len(services)].asks("POST", path, question.body, question.headers)

    def acts(act: Callable[[], object]) -> object:
        start.wait()
        return act()

    with ThreadPoolExecutor(CLIENTS + len(beside)) as clients:
        acting = [clients.submit(acts, act) for act in beside]
        answers = list(clients.map(asks, range(CLIENTS)))
        for act in acting:
            act.result()
    return [question.bank.verified(*answer, message_id=question.message_id, body=question.body)
            for question, answer in zip(questions, answers, strict=True)]


def _asked(bank: Bank, account: Account) -> Question:
    body, message_id = dumps(bank.asks_for(account, EACH, decide_by=bank.clock.now(hours=1))), unique("msg")
    return Question(bank, message_id, body, bank.signed(body, message_id=message_id))


def decided(answers) -> Counter:
    return Counter((answer.status, answer.message.decision, answer.message.reason) for answer in answers)


HALF = {(200, "approved", "WITHIN_LIMITS"): 25, (200, "declined", "ALLOWANCE_EXHAUSTED"): 25}


def test_fifty_at_once_share_one_allowance(world, services):
    frozen = world.freezes(balance="8000.00")
    assert decided(at_once(services, [(frozen.bank, frozen.account)])) == HALF
    assert world.books.account(frozen.account.id) == (5500_00, 2500_00, 0)
    assert world.books.pool_of(frozen.account.id).taken == 2500_00


def test_fifty_at_once_at_two_banks_share_one_allowance(world, services):
    (first, salary), (second, savings) = at_two_banks(world)
    assert decided(at_once(services, [(first, salary), (second, savings)])) == HALF
    held = [world.books.account(account.id).held for account in (salary, savings)]
    assert sum(held) == world.books.pool_of(salary.id).taken == 2500_00


def test_fifty_at_once_race_the_timetable(world, services):
    frozen = world.freezes(balance="8000.00")
    world.clock.reaches(SWEEP_DAY)
    assert decided(at_once(services, [(frozen.bank, frozen.account)], world.ticks)) == HALF
    assert [sent.amount for sent in frozen.bank.instructed()] == ["5500.00"]
    assert world.books.account(frozen.account.id) == (0, 2500_00, 5500_00)


def test_fifty_at_once_race_an_officers_click(world, services):
    frozen = world.freezes(balance="8000.00")

    def clicks_until_it_is_done() -> None:
        """The picture may move between the look and the click: then the officer looks again."""
        token = frozen.court.tokens["finance"]
        headers = {"Authorization": f"Bearer {token}"}
        while True:
            seen = services[0].asks("GET", f"/court/v1/cases/{frozen.case}/sweep", b"", headers)
            preview = json.dumps({"preview": json.loads(seen.body)["preview"]}).encode()
            clicked = services[1].asks("POST", f"/court/v1/cases/{frozen.case}/sweeps", preview, headers)
            assert clicked.status in (201, 409), clicked
            if clicked.status == 201:
                return

    assert decided(at_once(services, [(frozen.bank, frozen.account)], clicks_until_it_is_done)) == HALF
    assert world.books.account(frozen.account.id) == (0, 2500_00, 5500_00)
    assert world.books.claim_of(frozen.case).in_transit == 5500_00


def test_one_message_sent_by_fifty_at_once_is_decided_once(world, services):
    """Impatient retries: everybody gets the first answer's very bytes."""
    frozen = world.freezes(balance="8000.00")
    question = _asked(frozen.bank, frozen.account)
    path = f"/bank/v1/{frozen.bank.code}/withdrawals"
    start = threading.Barrier(CLIENTS)

    def asks(number: int) -> Answer:
        start.wait()
        return services[number % 2].asks("POST", path, question.body, question.headers)

    with ThreadPoolExecutor(CLIENTS) as clients:
        answers = list(clients.map(asks, range(CLIENTS)))
    assert {answer.status for answer in answers} == {200}
    assert len({answer.body for answer in answers}) == 1
    assert world.books.pool_of(frozen.account.id).taken == 100_00


def at_two_banks(world: World) -> tuple[tuple[Bank, Account], tuple[Bank, Account]]:
    """One debtor with 5,000 at one bank and 3,000 at another, under one order and one allowance."""
    court, first, second = world.court(), world.bank(), world.bank()
    debtor = court.names()
    salary = court.finds_account(debtor, first)
    savings = court.finds_account(debtor, second, is_allowance_account=False)
    court.serves(court.opens_case(debtor), debtor, [salary, savings])
    world.delivers()
    for bank, account, balance in ((first, salary, "5000.00"), (second, savings, "3000.00")):
        bank.reads()
        bank.accepts(account, balance)
    world.clock.reaches(PAYDAY)
    return (first, salary), (second, savings)
