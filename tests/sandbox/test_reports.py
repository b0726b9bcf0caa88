"""What happens on a frozen account is reported: in order, once, and by nobody's hurry."""

import pytest

from tests.sandbox.conftest import ACCOUNT, open_account


def test_a_salary_is_reported_with_its_booking(bank, frozen_account, service):
    paid = bank.post("/api/payroll", account=ACCOUNT, amount="8000.00", payer="宁波某某有限公司", on="2026-03-10")
    [event] = service.events_of("credit.posted")
    assert (event["amount"], event["income"], event["payer"]) == ("8000.00", "salary", "宁波某某有限公司")
    assert (event["balance_after"], event["sequence"]) == ("16000.00", 2)
    assert event["happened_at"] == "2026-03-10T01:00:00.000000Z"  # nine o'clock in Shanghai
    assert (paid["reported"], paid["entries"][0]["transaction_reference"]) == (True, event["transaction_reference"])


def test_only_frozen_accounts_are_reported(bank, frozen_account, service):
    open_account(bank, "6222020000000000002", name="李四")
    paid = bank.post("/api/payroll", all=True, amount="8000.00")
    assert [entry["account"] for entry in paid["entries"]] == ["6222020000000000002", ACCOUNT]
    assert [event["account"] for event in service.events_of("credit.posted")] == [ACCOUNT]


def test_the_payroll_leaves_case_funds_and_other_currencies_alone(bank, service):
    open_account(bank, "330201000000000001", kind="case_fund", opening_balance="0")
    open_account(bank, "6222020000000000002", currency="EUR")
    assert bank.post("/api/payroll", all=True, amount="8000.00")["entries"] == []


def test_a_salary_is_recalled_once_even_below_nothing(bank, frozen_account, service):
    paid = bank.post("/api/payroll", account=ACCOUNT, amount="8000.00")["entries"][0]["transaction_reference"]
    bank.post("/api/charges", account=ACCOUNT, amount="9000.00", kind="other_authority")
    recalled = bank.post("/api/payroll/recall", account=ACCOUNT, transaction_reference=paid)
    status, refused = bank.answer("POST", "/api/payroll/recall", account=ACCOUNT, transaction_reference=paid)
    [event] = service.events_of("credit.reversed")
    assert (event["reverses"], event["balance_after"]) == (paid, "-1000.00")
    assert (recalled["entry"]["balance_after"], status, refused["code"]) == ("-1000.00", 409, "CREDIT_NOT_REVERSIBLE")


@pytest.mark.parametrize("kind", ["bank_charge", "correction", "other_authority", "customer"])
def test_a_debit_is_reported_by_its_kind(bank, frozen_account, service, kind):
    bank.post("/api/charges", account=ACCOUNT, amount="10.00", kind=kind)
    [event] = service.events_of("debit.posted")
    assert (event["kind"], event["amount"], event["balance_after"]) == (kind, "10.00", "7990.00")


def test_events_wait_out_an_outage_in_their_order(bank, frozen_account, service):
    service.problems += [503] * 4
    for amount in ("1.00", "2.00", "3.00"):
        bank.post("/api/payroll", account=ACCOUNT, amount=amount)
    bank.wait_until_quiet()
    assert [event["amount"] for event in service.events_of("credit.posted")] == ["1.00", "2.00", "3.00"]


def test_doubled_events_come_in_the_same_message_and_in_a_new_one(bank, frozen_account, service):
    bank.answer("PUT", "/api/faults", duplicate_events=True)
    bank.post("/api/payroll", account=ACCOUNT, amount="1.00")
    first, again, anew = service.calls("/events")[-3:]
    assert first.message_id == again.message_id != anew.message_id
    assert first.body == again.body == anew.body


def test_reordered_events_come_newest_first(bank, frozen_account, service):
    bank.answer("PUT", "/api/faults", reorder_events=True)
    service.hold_answers()
    for amount in ("1.00", "2.00", "3.00"):
        bank.post("/api/charges", account=ACCOUNT, amount=amount, wait_s=0)
    service.let_answers_go()
    bank.wait_until_quiet()
    amounts = [event["amount"] for event in service.events_of("debit.posted")]
    assert sorted(amounts) == ["1.00", "2.00", "3.00"] != amounts


def test_an_event_that_the_service_refuses_is_shown_and_does_not_stop_the_others(bank, frozen_account, service):
    service.event_outcome = "refused"
    bank.post("/api/payroll", account=ACCOUNT, amount="1.00")
    bank.post("/api/payroll", account=ACCOUNT, amount="2.00")
    *_, first, second = bank.get("/api/messages")["outbox"]
    assert first["problem"].endswith("NOT_FOUND") and second["problem"].endswith("NOT_FOUND")
    assert len(service.events_of("credit.posted")) == 2


def test_any_events_can_be_sent_raw(bank, account, service):
    event = {"type": "freeze.receipt", "event_id": "odd-1", "account": account, "happened_at": "2026-03-10T00:00:00Z"}
    event |= {"order": "frz_" + "9" * 26, "result": "refused"}
    sent = bank.post("/api/events/raw", events=[event], webhook_id="msg-raw")
    assert (sent["webhook_id"], sent["status"], sent["answer"]["results"][0]["outcome"]) == ("msg-raw", 200, "applied")


def test_the_books_show_all_accounts_and_balance(bank, frozen_account, service):
    bank.withdraw("1000.00", branch="east")
    shown = bank.get("/api/books")
    assert shown["trial_balance"] == {"CNY": "0.00"}
    assert shown["accounts"] == [
        {
            "account": ACCOUNT,
            "kind": "salary",
            "name": "张*",
            "currency": "CNY",
            "balance": "7000.00",
            "blocked": "7000.00",
            "sequence": 2,
        }
    ]
    own = {line["account"]: line["balance"] for line in shown["own_accounts"]}
    assert own == {"correspondent/CNY": "-8000.00", "till/east/CNY": "1000.00"}


@pytest.mark.parametrize(
    ("fields", "status", "code"),
    [
        ({}, 409, "ACCOUNT_EXISTS"),
        ({"account": "12 34"}, 422, "FIELD_INVALID"),
        ({"account": "6222020000000000009", "currency": "XYZ"}, 422, "CURRENCY_UNKNOWN"),
        ({"account": "6222020000000000009", "opening_balance": "1.234"}, 422, "AMOUNT_INVALID"),
    ],
)
def test_a_wrong_account_is_not_opened(bank, account, fields, status, code):
    asked = {"name": "张三", "account": account, "opening_balance": "1.00", **fields}
    found, refused = bank.answer("POST", "/api/accounts", **asked)
    assert (found, refused["code"], len(bank.get("/api/books")["accounts"])) == (status, code, 1)


@pytest.mark.parametrize("fields", [{"unreachable": 1}, {"lose_answers": -1}, {"colour": "red"}])
def test_what_is_no_fault_is_refused(bank, fields):
    assert bank.answer("PUT", "/api/faults", **fields)[0] == 422
