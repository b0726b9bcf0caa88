"""Transfers to the case fund: booked when they settle, reported once, and undone by naming what they undo."""

import pytest

from tests.sandbox.conftest import ACCOUNT, open_account
from tests.sandbox.fake_service import BANK, frozen

FUND = "330201000000000001"
NAME = "swp_" + "0" * 26


def instruct(bank, *, amount="5500.00", to_bank=BANK, to_account=FUND, name=NAME, account=ACCOUNT, message_id=None):
    transfer = {
        "transfer": name,
        "account": account,
        "amount": amount,
        "currency": "CNY",
        "to": {"bank": to_bank, "account": to_account, "name": "余姚市人民法院案款专户"},
        "case_number": "(2026)浙0281执1234号",
    }
    return bank.gets(
        "transfer.instructed", transfers=[transfer], message_id=message_id, happened_at="2026-03-12T00:00:00Z"
    )


@pytest.fixture
def fund(bank):
    open_account(bank, FUND, name="余姚市人民法院案款专户", kind="case_fund", opening_balance="0")
    return FUND


def test_a_transfer_reaches_a_case_fund_of_this_bank(bank, frozen_account, fund, service):
    instruct(bank)
    [event] = service.wait_for(lambda s: s.events_of("transfer.settled"))
    entry = bank.get(f"/api/accounts/{ACCOUNT}")["entries"][-1]
    assert (event["transfer"], event["amount"]) == (NAME, "5500.00")
    assert (event["sequence"], event["transaction_reference"]) == (entry["sequence"], entry["transaction_reference"])
    assert (bank.balance(), bank.balance(FUND)) == ("2500.00", "5500.00")


def test_a_transfer_leaves_for_a_case_fund_elsewhere(bank, frozen_account, service):
    instruct(bank, to_bank="icbc-ningbo")
    service.wait_for(lambda s: s.events_of("transfer.settled"))
    own = {line["account"]: line["balance"] for line in bank.get("/api/books")["own_accounts"]}
    assert (bank.balance(), own["correspondent/icbc-ningbo/CNY"]) == ("2500.00", "5500.00")


def test_an_instruction_that_comes_twice_is_carried_out_once(bank, frozen_account, fund, service):
    for message_id in ("msg-a", "msg-a", "msg-b"):
        instruct(bank, message_id=message_id)
    bank.wait_until_quiet()
    assert (bank.balance(FUND), len(service.events_of("transfer.settled"))) == ("5500.00", 1)


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"amount": "8000.01"}, "The account holds less than that."),
        ({"to_account": "330201000000000009"}, "No account of this number is kept here."),
        ({"account": "6222020000009999999"}, "No account of this number is kept here."),
    ],
)
def test_what_cannot_be_carried_out_is_reported_as_failed(bank, frozen_account, fund, service, fields, why):
    instruct(bank, **fields)
    [event] = service.wait_for(lambda s: s.events_of("transfer.failed"))
    assert (event["why"], bank.balance()) == (why, "8000.00")


def test_a_failed_transfer_may_settle_all_the_same(bank, frozen_account, fund, service):
    bank.answer("PUT", "/api/faults", fail_transfers="The fund's bank is closed")
    instruct(bank)
    [failed] = service.wait_for(lambda s: s.events_of("transfer.failed"))
    bank.post(f"/api/transfers/{NAME}/settle")
    [settled] = service.wait_for(lambda s: s.events_of("transfer.settled"))
    assert (failed["why"], settled["transfer"], bank.balance()) == ("The fund's bank is closed", NAME, "2500.00")


def test_a_transfer_comes_back(bank, frozen_account, fund, service):
    bank.answer("PUT", "/api/faults", return_transfers=True)
    instruct(bank)
    [returned] = service.wait_for(lambda s: s.events_of("transfer.returned"))
    [settled] = service.events_of("transfer.settled")
    assert returned["transaction_reference"] != settled["transaction_reference"]
    assert (bank.balance(), bank.balance(FUND)) == ("8000.00", "0.00")


def test_money_in_transit_is_promised(bank, frozen_account, fund, service):
    bank.answer("PUT", "/api/faults", delay_settlement_s=3600)
    instruct(bank)
    bank.wait_until_quiet()
    shown = bank.get(f"/api/accounts/{ACCOUNT}")
    assert (shown["balance"], shown["in_transit"], shown["available"]) == ("8000.00", "5500.00", "2500.00")
    bank.post(f"/api/transfers/{NAME}/return")  # too early: refused
    bank.post(f"/api/transfers/{NAME}/settle")
    assert bank.balance() == "2500.00"


def test_a_transfer_is_not_carried_out_twice(bank, frozen_account, fund, service):
    instruct(bank)
    service.wait_for(lambda s: s.events_of("transfer.settled"))
    status, refused = bank.answer("POST", f"/api/transfers/{NAME}/settle")
    assert (status, refused["code"]) == (409, "TRANSFER_STATE")


def test_a_fund_that_is_itself_frozen_reports_its_credit(bank, frozen_account, service):
    open_account(bank, "6222020000000000002", opening_balance="0")
    bank.gets("freeze.placed", **frozen("6222020000000000002", order="frz_" + "1" * 26))
    instruct(bank, to_account="6222020000000000002")
    [event] = service.wait_for(lambda s: s.events_of("credit.posted"))
    assert (event["account"], event["amount"], event["income"]) == ("6222020000000000002", "5500.00", "other")
