"""Parts of every sandbox test: the fake service, and a bank within this process or in one of its own."""

import itertools
from contextlib import contextmanager
from datetime import timedelta

import pytest

from bank_adapters.keys import PublicKey
from bank_adapters.sandbox.bank import open_bank
from bank_adapters.sandbox.clock import Clock
from bank_adapters.sandbox.running import Running
from bank_adapters.sandbox.server import create_app
from tests.sandbox.fake_service import BANK, FakeService, frozen
from tests.sandbox.process import BankProcess

ACCOUNT = "6222020000001234567"
PATIENCE = timedelta(seconds=1)
_numbers = itertools.count(1)


@pytest.fixture
def service():
    fake = FakeService()
    yield fake
    fake.close()


@pytest.fixture
def bank(tmp_path, service):
    """A bank within this process, reached as over HTTP."""
    opened = InProcess(tmp_path, service)
    yield opened
    opened.running.stop()


@pytest.fixture
def account(bank):
    """The account of 张三 with 8,000.00 and no freeze."""
    open_account(bank)
    return ACCOUNT


@pytest.fixture
def frozen_account(bank, account, service):
    """The same under a freeze of 60,000.00, its receipt delivered."""
    bank.gets("freeze.placed", **frozen(account))
    service.wait_for(lambda s: s.events_of("freeze.receipt"))
    bank.wait_until_quiet()
    return account


@pytest.fixture
def process(tmp_path, service):
    """A bank in a process of its own."""
    with running_process(tmp_path / "bank", service) as started:
        yield started


@contextmanager
def running_process(folder, service):
    """A bank process whose key the fake service knows; stopped afterwards, if the test did not."""
    started = BankProcess(folder, service.url)
    service.bank_key = PublicKey.parse(started.public_key)
    yield started
    if started.is_running:
        started.stop()


def open_account(bank, account: str = ACCOUNT, **fields) -> dict:
    return bank.post(
        "/api/accounts",
        **{
            "name": "张三",
            "id_number": "330281199001011234",
            "account": account,
            "opening_balance": "8000.00",
            "currency": "CNY",
            **fields,
        },
    )


class InProcess:
    """A running bank with a test client for its API, and the fake service's notices to it."""

    def __init__(self, folder, service) -> None:
        self.folder, self._service = folder, service
        self.start()

    def start(self) -> None:
        bank = open_bank(self.folder, code=BANK, service=self._service.url, clock=Clock(), patience=PATIENCE)
        self._service.bank_key = bank.signing_key.public_key
        self.running = Running.start(bank)
        self._client = create_app(self.running).test_client()

    def restart(self) -> None:
        self.running.stop()
        self.start()

    def answer(self, method: str, path: str, **fields) -> tuple[int, dict]:
        response = self._client.open(path, method=method, json=fields or None)
        return response.status_code, response.get_json()

    def post(self, path: str, **fields) -> dict:
        return self.answer("POST", path, **fields)[1]

    def get(self, path: str) -> dict:
        return self.answer("GET", path)[1]

    def withdraw(self, amount: str, **fields) -> dict:
        return self.post("/api/withdrawals", account=ACCOUNT, amount=amount, **fields)

    def balance(self, account: str = ACCOUNT) -> str:
        return self.get(f"/api/accounts/{account}")["balance"]

    def gets(self, message_type: str, *, message_id: str | None = None, **fields) -> int:
        """The service sends a notice; returns the status by which the bank acknowledges it."""
        body, headers = self._service.notice(message_type, message_id=message_id or f"msg-{next(_numbers)}", **fields)
        return self._client.post("/hooks/livefreeze", data=body, headers=headers).status_code

    def wait_until_quiet(self) -> None:
        answer = self.get("/api/quiet?timeout_s=20")
        assert answer["quiet"], answer
