"""Sweeps from the court's desk: look, click once, see the money in the case fund."""

from decimal import Decimal

import pytest

from tests.court.world import freeze


@pytest.fixture
def frozen(court, bank):
    court.registers_fund()
    return freeze(court, bank)


def test_the_preview_names_what_a_click_sends(court, frozen):
    preview = court.finance.get(f"/cases/{frozen.case}/sweep")
    sent = court.finance.post(f"/cases/{frozen.case}/sweeps", preview=preview["preview"])
    assert (preview["total"], preview["currency"]) == ("5500.00", "CNY")
    assert [(one["account"], one["amount"]) for one in sent["transfers"]] == [(frozen.account, "5500.00")]
    sweep = court.auditor.get(f"/sweeps/{sent['transfers'][0]['id']}")
    assert (sweep["status"], sweep["order"], sweep["to"]["account"]) == ("instructed", frozen.order, "****8888")


def test_a_second_click_on_the_same_preview_is_refused(court, frozen):
    preview = court.finance.get(f"/cases/{frozen.case}/sweep")["preview"]
    court.finance.post(f"/cases/{frozen.case}/sweeps", preview=preview)
    problem = court.finance.refused("POST", f"/cases/{frozen.case}/sweeps", 409, json={"preview": preview})
    assert problem["code"] == "PREVIEW_STALE"


def test_after_a_movement_the_preview_is_stale(court, bank, frozen):
    preview = court.finance.get(f"/cases/{frozen.case}/sweep")["preview"]
    bank.reports("credit.posted", account=frozen.number, amount="10.00", currency="CNY", income="other")
    problem = court.finance.refused("POST", f"/cases/{frozen.case}/sweeps", 409, json={"preview": preview})
    assert problem["code"] == "PREVIEW_STALE"


def test_without_a_case_fund_nothing_is_sent(other_court, bank):
    frozen = freeze(other_court, bank)
    preview = other_court.finance.get(f"/cases/{frozen.case}/sweep")["preview"]
    problem = other_court.finance.refused("POST", f"/cases/{frozen.case}/sweeps", 409, json={"preview": preview})
    assert problem["code"] == "CASE_FUND_MISSING"


def test_the_case_fund_is_the_sum_of_what_settled_and_came_back(court, bank, frozen):
    before = court.auditor.get("/case-fund")["balance"]
    preview = court.finance.get(f"/cases/{frozen.case}/sweep")["preview"]
    (sent,) = court.finance.post(f"/cases/{frozen.case}/sweeps", preview=preview)["transfers"]
    transfer = {"account": frozen.number, "transfer": sent["id"], "amount": "5500.00", "currency": "CNY"}
    bank.reports("transfer.settled", **transfer)
    settled = court.auditor.get("/case-fund")
    assert Decimal(settled["balance"]) - Decimal(before) == 5500
    bank.reports("transfer.returned", **transfer, why="账号已销户")
    after = court.auditor.get("/case-fund")
    assert after["balance"] == before
    assert [(one["kind"], one["amount"]) for one in after["entries"]][-2:] == [
        ("sweep_settled", "5500.00"), ("sweep_returned", "-5500.00")
    ]


def test_another_fund_account_takes_over_once_approved(other_court, bank):
    other_court.registers_fund()
    first = other_court.auditor.get("/case-fund")["fund"]
    body = {"bank": "icbc", "account": "9558800000007777", "name": "新案款专户"}
    proposal = other_court.finance.post("/case-fund", **body)
    assert other_court.auditor.get("/case-fund")["fund"] == first
    other_court.approves(proposal)
    fund = other_court.auditor.get("/case-fund")["fund"]
    assert (fund["account"], fund["name"]) == ("****7777", "新案款专户")
    assert other_court.auditor.get("/case-fund", currency="EUR")["fund"] is None


def test_two_debtors_of_one_claim_never_send_more_than_its_quota(court, bank):
    court.registers_fund()
    debtors = [court.registers_debtor(), court.registers_debtor()]
    case = court.opens_case(*debtors, claim={"amount": "6000.00", "currency": "CNY"})
    for debtor in debtors:
        body = court.account_body(debtor)
        account = court.clerk.post("/accounts", **body)["id"]
        bank.accepts(court.serves_order(case, debtor, account, quota="6000.00"), account=body["account"])
    preview = court.finance.get(f"/cases/{case}/sweep")
    sent = court.finance.post(f"/cases/{case}/sweeps", preview=preview["preview"])["transfers"]
    assert sum(Decimal(one["amount"]) for one in sent) == Decimal(preview["total"]) == 6000
