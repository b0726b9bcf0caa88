"""A withdrawal at the counter: asked before it is paid, paid once, and never without an answer."""

import pytest

from tests.sandbox.conftest import ACCOUNT


def test_an_account_without_freeze_pays_without_asking(bank, account, service):
    shown = bank.withdraw("1000.00")
    assert (shown["state"], shown["balance"], service.requests) == ("paid_unasked", "7000.00", [])


def test_an_approved_withdrawal_is_paid_and_captured(bank, frozen_account, service):
    shown = bank.withdraw("1000.00", branch="east", teller="7")
    assert (shown["state"], shown["decision"], shown["allowance_left"]) == ("captured", "approved", "1500.00")
    assert (shown["paid_amount"], shown["balance"]) == ("1000.00", "7000.00")
    assert service.holds[shown["reference"]]["captured_minor"] == 1_000_00
    [capture] = service.calls("/capture")
    assert capture.document["transaction_reference"] == shown["transaction_reference"]


def test_the_screen_speaks_both_languages(bank, frozen_account):
    assert bank.withdraw("1000.00")["screen"] == {
        "en": "Approved: 1,000.00 CNY. 1,500.00 left until the next payday.",
        "zh": "同意支取 1,000.00 CNY。下次发薪前还可支取 1,500.00。",
    }


def test_a_declined_withdrawal_books_nothing(bank, frozen_account):
    status, shown = bank.answer("POST", "/api/withdrawals", account=ACCOUNT, amount="3000.00")
    assert (status, shown["state"], shown["reason"]) == (200, "declined", "ALLOWANCE_EXHAUSTED")
    assert (shown["balance"], shown["paid_amount"]) == ("8000.00", None)
    assert shown["screen"]["en"] == "Declined: More than is left. 2,500.00 left until the next payday."


def test_a_lost_answer_is_asked_for_again_with_the_same_bytes(bank, frozen_account, service):
    bank.answer("PUT", "/api/faults", lose_answers=1)
    shown = bank.withdraw("1000.00")
    first, second = service.calls("/withdrawals")
    assert (first.message_id, first.body) == (second.message_id, second.body)
    assert (shown["state"], shown["balance"], service.allowance_minor) == ("captured", "7000.00", 1_500_00)


def test_not_decided_is_asked_again(bank, frozen_account, service):
    service.problems += [503, 503]
    assert bank.withdraw("1000.00")["state"] == "captured"
    assert len({request.message_id for request in service.calls("/withdrawals")}) == 1


@pytest.mark.parametrize("spoil", ["unsigned", "unbound"])
def test_an_answer_that_proves_nothing_is_not_believed(bank, frozen_account, service, spoil):
    service.spoil = spoil
    shown = bank.withdraw("1000.00")
    assert (shown["state"], shown["balance"]) == ("asked", "8000.00")


def test_a_question_that_the_service_refuses_is_not_paid(bank, frozen_account, service):
    service.problems.append(404)
    shown = bank.withdraw("1000.00")
    assert (shown["state"], shown["reason"], shown["balance"]) == ("declined", "NOT_FOUND", "8000.00")
    assert shown["screen"]["en"] == "Not paid: Nothing of that name is known."


def test_nobody_waits_for_ever_and_a_late_approval_is_voided(bank, frozen_account, service):
    service.hold_answers()
    status, shown = bank.answer("POST", "/api/withdrawals", account=ACCOUNT, amount="1000.00")
    assert (status, shown["state"], shown["balance"]) == (503, "asked", "8000.00")
    assert shown["screen"]["en"].startswith("Do not pay yet")
    service.let_answers_go()
    bank.wait_until_quiet()
    assert bank.get(f"/api/withdrawals/{shown['reference']}")["state"] == "voided"
    assert (service.holds[shown["reference"]]["status"], bank.balance()) == ("voided", "8000.00")


def test_what_the_service_decides_no_more_is_voided_too(bank, frozen_account, service):
    """The question never arrives before `decide_by`; afterwards the bank asks no more."""
    service.problems += [503] * 6 + [404]
    shown = bank.withdraw("1000.00")
    bank.wait_until_quiet()
    assert bank.get(f"/api/withdrawals/{shown['reference']}")["state"] == "voided"
    assert (service.holds, bank.balance()) == ({}, "8000.00")


def test_a_kept_withdrawal_is_paid_later_in_part(bank, frozen_account, service):
    kept = bank.withdraw("1000.00", is_kept=True)
    assert (kept["state"], kept["balance"]) == ("approved", "8000.00")
    shown = bank.post(f"/api/withdrawals/{kept['reference']}/capture", amount="800.00")
    assert (shown["state"], shown["paid_amount"], shown["balance"]) == ("captured", "800.00", "7200.00")
    assert service.holds[kept["reference"]]["captured_minor"] == 800_00


def test_more_than_was_approved_can_be_paid_by_mistake(bank, frozen_account, service):
    kept = bank.withdraw("1000.00", is_kept=True)
    bank.post(f"/api/withdrawals/{kept['reference']}/capture", amount="1200.00")
    assert service.holds[kept["reference"]]["captured_minor"] == 1_200_00


def test_a_kept_withdrawal_is_given_up(bank, frozen_account, service):
    kept = bank.withdraw("1000.00", is_kept=True)
    shown = bank.post(f"/api/withdrawals/{kept['reference']}/void")
    assert (shown["state"], shown["balance"], service.allowance_minor) == ("voided", "8000.00", 2_500_00)


def test_captured_money_comes_back(bank, frozen_account, service):
    shown = bank.withdraw("1000.00")
    reversed_ = bank.post(f"/api/withdrawals/{shown['reference']}/reverse")
    bank.wait_until_quiet()
    [event] = service.events_of("withdrawal.reversed")
    assert (reversed_["state"], reversed_["balance"]) == ("reversed", "8000.00")
    assert (event["reference"], event["amount"]) == (shown["reference"], "1000.00")


@pytest.mark.parametrize(
    ("first", "then"),
    [("capture", "capture"), ("capture", "void"), ("void", "capture"), ("void", "void"), ("void", "reverse")],
)
def test_what_cannot_follow_is_refused(bank, frozen_account, service, first, then):
    reference = bank.withdraw("1000.00", is_kept=True)["reference"]
    bank.post(f"/api/withdrawals/{reference}/{first}")
    status, refused = bank.answer("POST", f"/api/withdrawals/{reference}/{then}")
    assert (status, refused["code"]) == (409, "WITHDRAWAL_STATE")


def test_approved_money_that_is_gone_meanwhile_is_not_paid(bank, frozen_account, service):
    kept = bank.withdraw("1000.00", is_kept=True)
    bank.post("/api/charges", account=ACCOUNT, amount="7500.00", kind="other_authority")
    status, refused = bank.answer("POST", f"/api/withdrawals/{kept['reference']}/capture")
    assert (status, refused["code"], bank.balance()) == (409, "BALANCE_TOO_LOW", "500.00")


def test_an_approval_above_the_balance_is_voided_by_itself(bank, frozen_account, service):
    bank.post("/api/charges", account=ACCOUNT, amount="7500.00", kind="other_authority")
    shown = bank.withdraw("1000.00")
    bank.wait_until_quiet()
    assert bank.get(f"/api/withdrawals/{shown['reference']}")["state"] == "voided"
    assert (service.allowance_minor, bank.balance()) == (2_500_00, "500.00")


def test_a_stand_in_is_paid_without_asking_and_reported(bank, frozen_account, service):
    shown = bank.withdraw("300.00", is_stand_in=True, channel="cash_machine")
    bank.wait_until_quiet()
    [event] = service.events_of("withdrawal.stand_in")
    assert (shown["state"], shown["balance"]) == ("stand_in", "7700.00")
    assert (event["amount"], event["channel"]) == ("300.00", "cash_machine")
    assert event["transaction_reference"] == shown["transaction_reference"]


@pytest.mark.parametrize("status", ["paid", "not_paid"])
def test_a_query_is_answered_from_the_books(bank, frozen_account, service, status):
    kept = bank.withdraw("1000.00", is_kept=status == "not_paid")
    query = {"reference": kept["reference"], "account": ACCOUNT, "amount": "1000.00", "currency": "CNY"}
    bank.gets("withdrawal.queried", **query, authorised_at="2026-03-10T00:00:00Z")
    [event] = service.wait_for(lambda s: s.events_of("withdrawal.status"))
    assert (event["status"], event.get("transaction_reference")) == (status, kept["transaction_reference"])


def test_what_was_reported_as_not_paid_is_never_paid(bank, frozen_account, service):
    kept = bank.withdraw("1000.00", is_kept=True)
    query = {"reference": kept["reference"], "account": ACCOUNT, "amount": "1000.00", "currency": "CNY"}
    bank.gets("withdrawal.queried", **query, authorised_at="2026-03-10T00:00:00Z")
    service.wait_for(lambda s: s.events_of("withdrawal.status"))
    status, refused = bank.answer("POST", f"/api/withdrawals/{kept['reference']}/capture")
    assert (status, refused["code"], bank.balance()) == (409, "WITHDRAWAL_STATE", "8000.00")


def test_an_unknown_withdrawal_was_not_paid(bank, frozen_account, service):
    query = {"reference": "never-heard-of", "account": ACCOUNT, "amount": "1000.00", "currency": "CNY"}
    bank.gets("withdrawal.queried", **query, authorised_at="2026-03-10T00:00:00Z")
    [event] = service.wait_for(lambda s: s.events_of("withdrawal.status"))
    assert event["status"] == "not_paid"


def test_the_receipts_of_answers_are_kept(bank, frozen_account, service):
    bank.withdraw("1000.00")
    receipts = bank.get("/api/receipts")["receipts"]
    assert [receipt["in_reply_to"] for receipt in receipts] == [r.message_id for r in service.requests]


@pytest.mark.parametrize(
    ("fields", "status", "code"),
    [
        ({"amount": "1.001"}, 422, "AMOUNT_INVALID"),
        ({"amount": 100}, 422, "AMOUNT_INVALID"),
        ({"amount": "0.00"}, 422, "AMOUNT_INVALID"),
        ({"amount": "-1.00"}, 422, "AMOUNT_INVALID"),
        ({"amount": "1.00\n"}, 422, "AMOUNT_INVALID"),
        ({"amount": "１.00"}, 422, "AMOUNT_INVALID"),
        ({"account": "6222020000009999999"}, 404, "ACCOUNT_UNKNOWN"),
        ({"channel": "carrier_pigeon"}, 422, "MESSAGE_INVALID"),
        ({"on": "2026-02-30"}, 422, "FIELD_INVALID"),
        ({"happened_at": "2026-03-10T10:00:00"}, 422, "FIELD_INVALID"),
        ({"is_kept": "yes"}, 422, "FIELD_INVALID"),
        ({"colour": "red"}, 422, "FIELD_UNKNOWN"),
    ],
)
def test_wrong_requests_change_nothing(bank, frozen_account, service, fields, status, code):
    asked = {"account": ACCOUNT, "amount": "1.00", **fields}
    found, refused = bank.answer("POST", "/api/withdrawals", **asked)
    assert (found, refused["code"]) == (status, code)
    assert refused["reason"] and refused["reason_zh"]
    assert (service.calls("/withdrawals"), bank.balance()) == ([], "8000.00")
