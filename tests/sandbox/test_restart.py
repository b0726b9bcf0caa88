"""The bank is killed at the worst moments and started again: nothing is lost, nothing happens twice."""

import random
import threading

import pytest

from bank_adapters.sandbox.client import NotRunning
from tests.sandbox.conftest import ACCOUNT, open_account
from tests.sandbox.fake_service import frozen


@pytest.fixture
def frozen_process(process, service):
    open_account(process)
    service.notify(process.hook, "freeze.placed", message_id="msg-freeze", **frozen(ACCOUNT))
    service.wait_for(lambda s: s.events_of("freeze.receipt"))
    process.wait_until_quiet()
    return process


def in_background(call, *arguments, **fields) -> threading.Thread:
    def run() -> None:
        try:
            call(*arguments, **fields)
        except NotRunning:
            pass  # it was killed in the middle of it: that is the point

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def withdrawn(process, state: str) -> str:
    """The balance once the only withdrawal has come to its end."""
    process.wait_until_quiet()
    [reference] = {m["reference"] for m in process.get("/api/messages")["outbox"] if m["kind"] == "authorise"}
    assert process.get(f"/api/withdrawals/{reference}")["state"] == state
    return process.get(f"/api/accounts/{ACCOUNT}")["balance"]


def test_killed_while_it_waits_for_the_decision(frozen_process, service):
    service.hold_answers()
    teller = in_background(frozen_process.post, "/api/withdrawals", account=ACCOUNT, amount="1000.00")
    service.wait_for(lambda s: s.calls("/withdrawals"))
    frozen_process.kill()
    teller.join()
    service.let_answers_go()
    frozen_process.start()
    assert withdrawn(frozen_process, "voided") == "8000.00"
    assert len({(request.message_id, request.body) for request in service.calls("/withdrawals")}) == 1
    assert service.allowance_minor == 2_500_00


def test_killed_between_paying_and_saying_so(frozen_process, service):
    in_background(
        frozen_process.post, "/api/withdrawals", account=ACCOUNT, amount="1000.00", crash_before_capture=True
    ).join()
    frozen_process.wait()
    assert service.calls("/capture") == []
    frozen_process.start()
    assert withdrawn(frozen_process, "captured") == "7000.00"
    assert [hold["captured_minor"] for hold in service.holds.values()] == [1_000_00]


def test_a_kept_withdrawal_outlives_a_kill(frozen_process, service):
    kept = frozen_process.post("/api/withdrawals", account=ACCOUNT, amount="1000.00", is_kept=True)
    frozen_process.kill()
    frozen_process.start()
    shown = frozen_process.post(f"/api/withdrawals/{kept['reference']}/capture")
    assert (shown["state"], shown["balance"]) == ("captured", "7000.00")


def test_approved_and_not_yet_paid_when_it_was_killed(bank, frozen_account, service):
    """The moment between the answer and the cash, too short to be hit by a kill: made by hand."""
    kept = bank.withdraw("1000.00", is_kept=True)
    with bank.running.bank.database.transaction() as connection:
        connection.execute("UPDATE withdrawal SET is_kept = 0")
    bank.restart()
    bank.wait_until_quiet()
    assert bank.get(f"/api/withdrawals/{kept['reference']}")["state"] == "voided"
    assert (service.allowance_minor, bank.balance()) == (2_500_00, "8000.00")


def test_killed_with_events_that_nobody_took(frozen_process, service):
    service.problems += [503] * 1000
    frozen_process.post("/api/payroll", account=ACCOUNT, amount="8000.00", wait_s=0)
    service.wait_for(lambda s: s.calls("/events"), 2)
    frozen_process.kill()
    service.problems.clear()
    frozen_process.start()
    frozen_process.wait_until_quiet()
    assert [event["amount"] for event in service.events_of("credit.posted")] == ["8000.00"]
    assert len({request.message_id for request in service.calls("/events")[1:]}) == 1


def test_a_message_acknowledged_is_a_message_acted_on(process, service):
    open_account(process)
    assert service.notify(process.hook, "freeze.placed", message_id="m", **frozen(ACCOUNT)).is_acknowledged
    process.kill()
    process.start()
    [receipt] = service.wait_for(lambda s: s.events_of("freeze.receipt"))
    assert receipt["result"] == "accepted"


@pytest.mark.parametrize("seed", range(3))
def test_killed_at_random_moments_under_load(frozen_process, service, seed):
    chance = random.Random(seed)
    service.allowance_minor = 10**9
    for _ in range(4):
        heard = len(service.requests)
        busy = [in_background(_customers, frozen_process, chance.randrange(10**6)) for _ in range(3)]
        service.wait_for(lambda s: s.requests, heard + chance.randrange(5, 40))
        frozen_process.kill()
        for customer in busy:
            customer.join()
        frozen_process.start()
    frozen_process.wait_until_quiet()
    assert books_of(frozen_process) == books_as_reported(service)
    assert frozen_process.get("/api/books")["trial_balance"] == {"CNY": "0.00"}


def _customers(process, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(40):
        amount = f"{chance.randrange(1, 50)}.00"
        if chance.random() < 0.7:
            process.post("/api/withdrawals", account=ACCOUNT, amount=amount)
        else:
            process.post("/api/payroll", account=ACCOUNT, amount=amount, wait_s=0)


def books_of(process) -> tuple[str, set]:
    shown = process.get(f"/api/accounts/{ACCOUNT}")
    withdrawals = {e["transaction_reference"] for e in shown["entries"] if e["kind"] == "withdrawal"}
    return shown["balance"], withdrawals


def books_as_reported(service) -> tuple[str, set]:
    """What the service can know: the balance of the receipt, and every fact since, each counted once."""
    [receipt] = service.events_of("freeze.receipt")
    captures = {request.message_id: request.document for request in service.calls("/capture")}.values()
    came = sum(minor(event["amount"]) for event in service.events_of("credit.posted"))
    went = sum(minor(capture["amount"]) for capture in captures)
    balance_minor = minor(receipt["balance"]) + came - went
    open_holds = [hold for hold in service.holds.values() if hold["status"] == "authorised"]
    assert open_holds == []
    return f"{balance_minor // 100}.{balance_minor % 100:02}", {c["transaction_reference"] for c in captures}


def minor(amount: str) -> int:
    return int(amount.replace(".", ""))
