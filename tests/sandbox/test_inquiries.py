"""Inquiries: what the bank tells of a person, in parts, late, wrongly, or not at all."""

import itertools
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from stdnum.cn import ric

from bank_adapters.sandbox import population
from tests.sandbox.conftest import ACCOUNT, open_account
from tests.sandbox.fake_service import BANK, frozen

ZHANG = "330281199001011234"
NOBODY = "330281199001019999"
SOMEBODY = population.customers(BANK, 1)[0]
_numbers = itertools.count(1)


def question(id_number: str = ZHANG, **fields) -> dict:
    """The fields of inquiry.requested."""
    today = datetime.now(UTC).date()
    return {
        "inquiry": f"inq_{next(_numbers):026}",
        "case_number": "(2026)浙0281执1234号",
        "court": {"code": "zj-0281", "name": "余姚市人民法院"},
        "name": "张三",
        "id_number": id_number,
        "asks": ["accounts", "freezes", "history"],
        "period_from": (today - timedelta(days=1095)).isoformat(),
        "period_to": (today + timedelta(days=1)).isoformat(),
        "answer_by": "2099-01-01T00:00:00Z",
        "happened_at": "2026-03-01T00:00:00Z",
        **fields,
    }


def ask(bank, id_number: str = ZHANG, **fields) -> str:
    """The service asks about somebody; returns the inquiry's name."""
    asked = question(id_number, **fields)
    assert bank.gets("inquiry.requested", **asked) == 204
    return asked["inquiry"]


def answers(service, count: int = 1) -> list[dict]:
    return service.wait_for(lambda s: s.events_of("inquiry.answered"), count)


def employed(bank, **past) -> None:
    """An account with three years of salary before today."""
    open_account(
        bank, past={"payer": "甲电子有限公司", "amount": "8000.00", "payday": 10, "months": 36, "seed": "s", **past}
    )


def rows_of(parts: list[dict], account: str = ACCOUNT) -> list[dict]:
    histories = [history for part in parts for history in part.get("histories", ())]
    return [row for history in histories if history["account"] == account for row in history["transactions"]]


def wrong_balances(rows: list[dict]) -> int:
    return sum(
        Decimal(before["balance_after"]) + Decimal(row["amount"]) != Decimal(row["balance_after"])
        for before, row in itertools.pairwise(rows)
    )


def test_who_does_not_bank_here_is_told_at_once(bank, service):
    inquiry = ask(bank, NOBODY)
    [answer] = answers(service)
    del answer["event_id"], answer["happened_at"]
    assert answer == {
        "type": "inquiry.answered", "inquiry": inquiry, "id_number": NOBODY, "outcome": "no_such_person",
        "part": 1, "parts": 1,
    }  # fmt: skip


def test_three_years_of_salary(bank, service):
    employed(bank)
    ask(bank)
    [answer] = answers(service)
    rows = rows_of([answer])
    paid = [row for row in rows if row.get("counterparty") == "甲电子有限公司"]
    assert 35 <= len(paid) <= 37 and {row["text"] for row in paid} == {"工资"}
    assert {row["date"][8:] for row in paid} <= {"08", "09", "10"}
    assert wrong_balances(rows) == 0
    assert [row["sequence"] for row in rows] == list(range(1, len(rows) + 1))
    assert answer["accounts"][0]["balance"] == rows[-1]["balance_after"] == "8000.00"


def test_what_was_booked_here_goes_on_from_the_past(bank, service):
    employed(bank)
    bank.post("/api/payroll", account=ACCOUNT, amount="8100.00", payer="甲电子有限公司")
    bank.post("/api/charges", account=ACCOUNT, amount="10.00")
    ask(bank)
    rows = rows_of(answers(service))
    assert [(row["amount"], row["balance_after"], row["text"]) for row in rows[-2:]] == [
        ("8100.00", "16100.00", "工资"), ("-10.00", "16090.00", "手续费"),
    ]  # fmt: skip
    assert (rows[-2]["counterparty"], rows[-2]["income"]) == ("甲电子有限公司", "salary")
    assert [row["sequence"] for row in rows] == list(range(1, len(rows) + 1))


@pytest.mark.parametrize("written", [SOMEBODY.id_number, f" {SOMEBODY.id_number[:6]} {SOMEBODY.id_number[6:]} "])
def test_a_made_up_customer_gets_accounts_when_first_asked_for(bank, service, written):
    assert bank.get("/api/books")["accounts"] == []
    ask(bank, written.strip())
    ask(bank, written.strip())
    first, second = answers(service, 2)
    assert first["accounts"] == second["accounts"] and first["histories"] == second["histories"]
    assert len(bank.get("/api/books")["accounts"]) == len(first["accounts"])
    assert bank.get("/api/books")["trial_balance"] == {"CNY": "0.00"}
    assert all(wrong_balances(history["transactions"]) == 0 for history in first["histories"])


def test_a_made_up_account_can_be_frozen(bank, service):
    ask(bank, SOMEBODY.id_number)
    account = answers(service)[0]["accounts"][0]
    bank.gets("freeze.placed", **frozen(account["account"], name=SOMEBODY.name, id_number=SOMEBODY.id_number))
    [receipt] = service.wait_for(lambda s: s.events_of("freeze.receipt"))
    assert (receipt["result"], receipt["balance"]) == ("accepted", account["balance"])


def test_made_up_customers_are_shown(bank):
    people = bank.get("/api/people?count=3")["people"]
    assert people[0] == {"id_number": SOMEBODY.id_number, "name": SOMEBODY.name} and len(people) == 3
    assert len(population.customers(BANK, 10_000)) > 1_500


def test_what_stands_on_an_account_is_told_by_rank(bank, account, service):
    bank.post(f"/api/accounts/{ACCOUNT}/prior-holds", holder="某区税务局", amount="300.00")
    bank.gets("freeze.placed", **frozen(ACCOUNT))
    ask(bank)
    assert answers(service)[0]["accounts"][0]["freezes"] == [
        {"rank": 1, "amount": "300.00", "authority": "某区税务局"},
        {"rank": 2, "amount": "60000.00", "authority": "人民法院"},
    ]


def test_only_what_was_asked_is_told(bank, service):
    employed(bank)
    ask(bank, asks=["accounts"])
    [answer] = answers(service)
    assert "histories" not in answer and "freezes" not in answer["accounts"][0]


def test_only_the_period_asked_is_told(bank, service):
    employed(bank)
    first = (datetime.now(UTC).date() - timedelta(days=90)).isoformat()
    ask(bank, period_from=first)
    rows = rows_of(answers(service))
    assert rows and min(row["date"] for row in rows) >= first


def test_a_large_history_comes_in_parts(bank, service):
    employed(bank, bookings=1000)
    bank.answer("PUT", "/api/faults", split_answers=300)
    ask(bank)
    parts = answers(service, 4)
    assert [part["part"] for part in parts] == [1, 2, 3, 4]
    assert [part.get("parts") for part in parts] == [None, None, None, 4]
    assert ["accounts" in part for part in parts] == [True, False, False, False]
    assert wrong_balances(rows_of(parts)) == 0 and len(rows_of(parts)) > 950
    assert [len(call.document["events"]) for call in service.calls("/events")] == [1, 1, 1, 1]


def test_parts_in_the_wrong_order(bank, service):
    employed(bank)
    bank.answer("PUT", "/api/faults", split_answers=150, reorder_events=True)
    ask(bank)
    bank.wait_until_quiet()
    parts = [event["part"] for event in service.events_of("inquiry.answered")]
    assert len(parts) > 1 and parts == sorted(parts, reverse=True)


def test_late(bank, account, service):
    bank.answer("PUT", "/api/faults", delay_answers_s=0.4)
    inquiry = ask(bank)
    bank.wait_until_quiet()
    [line] = bank.get("/api/inquiries")["inquiries"]
    assert (line["inquiry"], line["state"], service.events) == (inquiry, "waiting", [])
    assert answers(service)[0]["inquiry"] == inquiry


def test_refused(bank, account, service):
    bank.answer("PUT", "/api/faults", refuse_inquiries="The seal is missing")
    ask(bank)
    [answer] = answers(service)
    assert (answer["outcome"], answer["why"]) == ("refused", "The seal is missing")


def test_not_at_all_until_reminded(bank, account, service):
    bank.answer("PUT", "/api/faults", ignore_inquiries=True)
    inquiry = ask(bank)
    remind = {"inquiry": inquiry, "answer_by": "2026-03-02T00:00:00Z", "happened_at": "2026-03-02T00:00:00Z"}
    bank.gets("inquiry.reminded", **remind)
    bank.wait_until_quiet()
    assert service.events == []
    bank.answer("PUT", "/api/faults")
    bank.gets("inquiry.reminded", **remind)
    assert answers(service)[0]["outcome"] == "accounts"


@pytest.mark.parametrize("corrects", [True, False])
def test_told_again(bank, account, service, corrects):
    inquiry = ask(bank)
    [first] = answers(service)
    bank.post("/api/payroll", account=ACCOUNT, amount="10.00")
    assert bank.post(f"/api/inquiries/{inquiry}/again", corrects=corrects) == {"reported": True}
    again = answers(service, 2)[1]
    assert again.get("corrects") == (first["event_id"] if corrects else None)
    assert (again["part"], again["accounts"][0]["balance"]) == (1, "8010.00")


def test_what_was_not_answered_is_not_told_again(bank):
    assert bank.answer("POST", f"/api/inquiries/inq_{0:026}/again")[0] == 404


def test_about_another_person(bank, account, service):
    bank.answer("PUT", "/api/faults", wrong_person=True)
    ask(bank)
    assert answers(service)[0]["id_number"] not in (ZHANG, NOBODY)


def test_with_running_balances_that_do_not_add_up(bank, service):
    employed(bank)
    bank.answer("PUT", "/api/faults", broken_balances=True)
    ask(bank)
    assert wrong_balances(rows_of(answers(service))) > 10


def test_a_question_asked_twice_is_answered_once_and_counted(bank, account, service):
    inquiry = ask(bank)
    ask(bank, inquiry=inquiry)
    bank.wait_until_quiet()
    assert len(service.events) == 1
    assert [line["asked"] for line in bank.get("/api/inquiries")["inquiries"]] == [2]


def test_a_standing_inquiry_hears_of_new_accounts_until_it_ends(bank, service):
    inquiry = ask(bank, standing_until="2099-01-01T00:00:00Z")
    bank.wait_until_quiet()
    open_account(bank)
    [opened] = service.wait_for(lambda s: s.events_of("account.opened"))
    assert (opened["inquiry"], opened["account"], opened["id_number"]) == (inquiry, ACCOUNT, ZHANG)
    bank.gets("inquiry.ended", inquiry=inquiry, reason="term_over", happened_at="2026-03-02T00:00:00Z")
    bank.wait_until_quiet()
    open_account(bank, account="6222020000001234568")
    bank.wait_until_quiet()
    assert len(service.events_of("account.opened")) == 1


def test_a_quiet_bank_does_not_tell_of_new_accounts(bank, service):
    ask(bank, standing_until="2099-01-01T00:00:00Z")
    bank.answer("PUT", "/api/faults", quiet_openings=True)
    bank.wait_until_quiet()
    open_account(bank)
    bank.wait_until_quiet()
    assert service.events_of("account.opened") == []


def test_a_restarted_bank_answers_what_was_asked(bank, account, service):
    bank.answer("PUT", "/api/faults", delay_answers_s=0.3)
    ask(bank)
    bank.wait_until_quiet()
    bank.restart()
    assert answers(service)[0]["outcome"] == "accounts"


@pytest.mark.parametrize(
    "past", [{"months": 0}, {"months": 1.5}, {"payday": 32}, {"payer": "甲公司"}, {"colour": 1}, {"income": "gift"}]
)
def test_a_past_that_cannot_be_made_up_is_refused(bank, past):
    status, refused = bank.answer("POST", "/api/accounts", name="张三", account=ACCOUNT, past=past)
    assert (status, bank.get("/api/books")["accounts"]) == (422, []), refused


def test_identity_numbers_of_made_up_customers_are_valid():
    assert [person.id_number for person in population.customers(BANK, 50) if not ric.is_valid(person.id_number)] == []
