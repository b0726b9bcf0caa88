"""Standing salaries come by themselves when the clock passes a payday, and several debtors are served in one call."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bank_adapters.sandbox.clock import Clock
from tests.sandbox.conftest import ACCOUNT, InProcess, open_account
from tests.sandbox.fake_service import ORDER, frozen

OTHER = "6222020000000000002"


@pytest.fixture
def clock_file(tmp_path, monkeypatch):
    """The bank's business clock, which the test moves."""
    file = tmp_path / "clock"
    monkeypatch.setattr("tests.sandbox.conftest.Clock", lambda: Clock(file))
    move_to(file, datetime(2026, 3, 9, 1, tzinfo=UTC))
    return file


@pytest.fixture
def bank(clock_file, tmp_path, service):
    opened = InProcess(tmp_path / "bank", service)
    yield opened
    opened.running.stop()


def move_to(file, instant: datetime) -> None:
    file.write_text(str((instant - datetime.now(UTC)).total_seconds()))


def freeze(bank, account: str, order: str) -> None:
    open_account(bank, account, opening_balance="0")
    assert bank.gets("freeze.placed", **(frozen(account) | {"order": order})) == 204
    bank.wait_until_quiet()


def test_each_payday_that_has_passed_is_paid_once_on_its_day(bank, frozen_on_9_march, clock_file, service):
    bank.post("/api/employments", employments=[
        {"account": ACCOUNT, "amount": "8000.00", "day": 31, "payer": "宁波某某有限公司"},
    ])  # fmt: skip
    bank.wait_until_quiet()
    assert service.events_of("credit.posted") == []
    move_to(clock_file, datetime(2026, 5, 1, 1, tzinfo=UTC))
    bank.wait_until_quiet()
    bank.wait_until_quiet()
    events = service.events_of("credit.posted")
    assert [event["happened_at"][:10] for event in events] == ["2026-03-31", "2026-04-30"]  # April has no 31st
    assert [(event["amount"], event["payer"]) for event in events] == [("8000.00", "宁波某某有限公司")] * 2
    assert bank.balance() == "16000.00"


@pytest.fixture
def frozen_on_9_march(bank):
    freeze(bank, ACCOUNT, ORDER)


def test_salaries_of_one_day_are_reported_in_one_message(bank, frozen_on_9_march, clock_file, service):
    freeze(bank, OTHER, ORDER[:-1] + "9")
    bank.post("/api/employments", employments=[
        {"account": account, "amount": "8000.00", "day": 10} for account in (ACCOUNT, OTHER)
    ])  # fmt: skip
    bank.wait_until_quiet()
    before = len(service.calls("/events"))
    move_to(clock_file, datetime(2026, 3, 10, 4, tzinfo=UTC))
    bank.wait_until_quiet()
    assert len(service.calls("/events")) == before + 1
    assert {event["account"] for event in service.events_of("credit.posted")} == {ACCOUNT, OTHER}


def test_whoever_is_employed_anew_is_paid_by_the_new_terms(bank, frozen_on_9_march, clock_file):
    for amount in ("8000.00", "9000.00"):
        bank.post("/api/employments", employments=[{"account": ACCOUNT, "amount": amount, "day": 10}])
    move_to(clock_file, datetime(2026, 3, 11, 4, tzinfo=UTC))
    bank.wait_until_quiet()
    assert bank.balance() == "9000.00"


@pytest.mark.parametrize("terms", [{"day": 0}, {"day": 32}, {"day": True}, {"day": 10, "x": 1}, {"amount": "0"}])
def test_terms_that_are_none_are_refused(bank, frozen_on_9_march, terms):
    employment = {"account": ACCOUNT, "amount": "8000.00", "day": 10} | terms
    assert bank.answer("POST", "/api/employments", employments=[employment])[0] == 422


def test_a_restarted_bank_pays_what_fell_due_meanwhile(bank, frozen_on_9_march, clock_file):
    bank.post("/api/employments", employments=[{"account": ACCOUNT, "amount": "8000.00", "day": 10}])
    bank.running.stop()
    move_to(clock_file, datetime(2026, 3, 10, 4, tzinfo=UTC) + timedelta(days=31))
    bank.start()
    bank.wait_until_quiet()
    assert bank.balance() == "16000.00"


def test_several_debtors_are_served_each_with_an_answer_of_their_own(bank, frozen_on_9_march, service):
    open_account(bank, OTHER)
    answers = bank.post("/api/withdrawals/several", withdrawals=[
        {"account": OTHER, "amount": "100.00"},
        {"account": "6222020000000000009", "amount": "100.00"},
        {"account": OTHER, "amount": "200.00"},
    ])["withdrawals"]  # fmt: skip
    assert [answer["state"] for answer in answers] == ["paid_unasked", "refused", "paid_unasked"]
    assert (answers[1]["code"], answers[2]["balance"]) == ("ACCOUNT_UNKNOWN", "7700.00")


def test_the_opening_of_a_day_is_in_the_banks_own_zone():
    assert Clock().day_of(datetime(2026, 3, 9, 17, tzinfo=UTC)) == date(2026, 3, 10)
