"""The life of a freeze order as the court sees it: served, amended, released, revoked, satisfied."""

import json

import pytest
from sqlalchemy import select

from bank_adapters.contract import NOTICES, parse
from livefreeze.base import crypto
from livefreeze.flows import transaction
from livefreeze.store import tables as t
from tests.court.world import freeze, new_case_number


def told(account: str) -> list:
    """What the account's bank was told, in order, each read as the bank reads it."""
    m = t.outbound_message.c
    with transaction.reading() as connection:
        rows = connection.execute(select(m.id, m.body_sealed).where(m.lane == account).order_by(m.position)).all()
    bodies = [
        crypto.vault().decrypt(row.body_sealed, table="outbound_message", column="body_sealed", row=row.id)
        for row in rows
    ]
    return [parse(json.loads(body), *NOTICES) for body in bodies]


def sweeps(court, bank, frozen) -> str:
    """One click, and the bank settles it; returns the sweep's id."""
    preview = court.finance.get(f"/cases/{frozen.case}/sweep")
    (sent,) = court.finance.post(f"/cases/{frozen.case}/sweeps", preview=preview["preview"])["transfers"]
    result = bank.reports("transfer.settled", account=frozen.number, transfer=sent["id"], amount=sent["amount"],
                          currency="CNY")
    assert result["outcome"] == "applied", result
    return sent["id"]


def test_a_served_order_tells_the_bank_whom_and_how_much_to_block(court, bank):
    frozen = freeze(court, bank)
    (placed,) = told(frozen.account)
    assert (placed.order, placed.account, placed.quota, placed.block_up_to) == (
        frozen.order, frozen.number, "60000.00", "60000.00"
    )
    assert (placed.name, placed.court.code) == ("张三丰", court.code)


def test_one_order_may_name_accounts_at_several_banks(court, bank, other_bank):
    debtor = court.registers_debtor()
    case = court.opens_case(debtor)
    accounts = [court.registers_account(debtor, bank=code) for code in ("icbc", "ccb")]
    court.serves_order(case, debtor, *accounts)
    assert [told(account)[0].bank for account in accounts] == ["icbc", "ccb"]


def test_a_receipt_puts_the_order_in_force(court, bank):
    order = court.auditor.get(f"/orders/{freeze(court, bank).order}")
    assert (order["status"], order["rank"], order["quota_left"]) == ("in_force", 1, "60000.00")
    assert order["accounts"][0]["receipt"] == "accepted"


def test_an_amendment_changes_the_quota_of_the_whole_claim(court, bank):
    frozen = freeze(court, bank)
    court.approves(court.clerk.post(f"/orders/{frozen.order}/amend", quota="50000"))
    (claim,) = court.auditor.get(f"/cases/{frozen.case}")["claims"]
    assert (claim["target"], claim["quota"]) == ("50000.00", "50000.00")
    assert [(one.type, one.quota) for one in told(frozen.account)][1:] == [("freeze.amended", "50000.00")]
    assert court.auditor.get(f"/accounts/{frozen.account}/position")["position"]["quota_left"] == "50000.00"


def test_with_a_transfer_on_the_way_the_ceiling_stays_until_it_has_ended(court, bank):
    court.registers_fund()
    frozen = freeze(court, bank)
    preview = court.finance.get(f"/cases/{frozen.case}/sweep")
    court.finance.post(f"/cases/{frozen.case}/sweeps", preview=preview["preview"])
    court.approves(court.clerk.post(f"/orders/{frozen.order}/amend", quota="1000"))
    (claim,) = court.auditor.get(f"/cases/{frozen.case}")["claims"]
    assert (claim["target"], claim["quota"], claim["quota_left"]) == ("1000.00", "5500.00", "0.00")


def test_an_amendment_below_what_was_settled_is_refused_when_written_and_when_approved(court, bank):
    court.registers_fund()
    frozen = freeze(court, bank)
    early = court.clerk.post(f"/orders/{frozen.order}/amend", quota="5499.99")
    sweeps(court, bank, frozen)
    path = f"/proposals/{early['id']}/approve"
    problem = court.judge.refused("POST", path, 422, json={"digest": early["digest"]})
    assert (problem["code"], problem["detail"]) == (
        "QUOTA_BELOW_SETTLED", "5500.00 CNY are settled already; the quota cannot be less."
    )
    assert court.judge.get(f"/proposals/{early['id']}")["status"] == "open"
    late = court.clerk.refused("POST", f"/orders/{frozen.order}/amend", 422, json={"quota": "5499.99"})
    assert late["code"] == "QUOTA_BELOW_SETTLED"


def test_an_amendment_to_what_was_settled_ends_the_order(court, bank):
    court.registers_fund()
    frozen = freeze(court, bank)
    sweeps(court, bank, frozen)
    court.approves(court.clerk.post(f"/orders/{frozen.order}/amend", quota="5500.00"))
    assert court.auditor.get(f"/orders/{frozen.order}")["status"] == "satisfied"
    assert told(frozen.account)[-1].reason == "satisfied"
    assert court.auditor.get(f"/accounts/{frozen.account}")["is_frozen"] is False


def test_when_the_quota_is_met_the_freeze_lifts_by_itself(court, bank):
    court.registers_fund()
    debtor = court.registers_debtor()
    case = court.opens_case(debtor, claim={"amount": "5500.00", "currency": "CNY"})
    body = court.account_body(debtor)
    account = court.clerk.post("/accounts", **body)["id"]
    order = court.serves_order(case, debtor, account, quota="5500.00")
    bank.accepts(order, account=body["account"])
    preview = court.finance.get(f"/cases/{case}/sweep")
    (sent,) = court.finance.post(f"/cases/{case}/sweeps", preview=preview["preview"])["transfers"]
    bank.reports("transfer.settled", account=body["account"], transfer=sent["id"], amount="5500.00", currency="CNY")
    assert court.auditor.get(f"/orders/{order}")["status"] == "satisfied"


def test_a_release_frees_the_account_at_once(court, bank):
    frozen = freeze(court, bank)
    court.approves(court.clerk.post(f"/orders/{frozen.order}/release", reason="和解履行完毕"))
    order = court.auditor.get(f"/orders/{frozen.order}")
    assert (order["status"], order["ended_at"] is not None) == ("released", True)
    assert told(frozen.account)[-1].reason == "released"
    account = court.auditor.get(f"/accounts/{frozen.account}/position")
    assert (account["is_frozen"], account["position"], account["balance"]) == (False, None, "8000.00")


def test_a_release_before_the_receipt_revokes_the_order(court, bank):
    debtor = court.registers_debtor()
    account = court.registers_account(debtor)
    order = court.serves_order(court.opens_case(debtor), debtor, account)
    court.approves(court.clerk.post(f"/orders/{order}/release", reason="撤回"))
    assert court.auditor.get(f"/orders/{order}")["status"] == "revoked"
    assert told(account)[-1].reason == "revoked"


@pytest.mark.parametrize("act", ["amend", "release"])
def test_an_order_that_ended_or_is_not_served_can_be_neither_amended_nor_released(court, bank, act):
    body = {"quota": "50000.00"} if act == "amend" else {"reason": "再次解除"}
    ended = freeze(court, bank).order
    court.approves(court.clerk.post(f"/orders/{ended}/release", reason="解除"))
    debtor = court.registers_debtor()
    prepared = court.prepares_order(court.opens_case(debtor), debtor, court.registers_account(debtor))["order"]
    for order, status in ((ended, "released"), (prepared, "prepared")):
        problem = court.clerk.refused("POST", f"/orders/{order}/{act}", 409, json=body)
        assert (problem["code"], status in problem["detail"]) == ("ORDER_STATE", True)


def test_of_two_releases_the_second_is_refused_and_stays_open(court, bank):
    frozen = freeze(court, bank)
    first, second = (court.clerk.post(f"/orders/{frozen.order}/release", reason="解除") for _ in range(2))
    court.approves(first)
    path = f"/proposals/{second['id']}"
    problem = court.judge.refused("POST", f"{path}/approve", 409, json={"digest": second["digest"]})
    assert (problem["code"], court.judge.get(path)["status"]) == ("ORDER_STATE", "open")


def test_two_debtors_of_a_case_share_one_ceiling(court, bank):
    debtors = [court.registers_debtor(), court.registers_debtor()]
    case = court.opens_case(*debtors)
    bodies = [court.account_body(debtor) for debtor in debtors]
    accounts = [court.clerk.post("/accounts", **body)["id"] for body in bodies]
    orders = [court.serves_order(case, *pair) for pair in zip(debtors, accounts, strict=True)]
    for order, body in zip(orders, bodies, strict=True):
        bank.accepts(order, account=body["account"])
    court.approves(court.clerk.post(f"/orders/{orders[0]}/amend", quota="30000.00"))
    assert [told(account)[-1].type for account in accounts] == ["freeze.amended"] * 2
    assert {court.auditor.get(f"/accounts/{account}/position")["position"]["quota_left"] for account in accounts} == {
        "30000.00"
    }


def test_a_notice_number_is_used_once(court, bank):
    debtor = court.registers_debtor()
    parties = court.opens_case(debtor), debtor, court.registers_account(debtor)
    number = new_case_number()
    court.prepares_order(*parties, notice_number=number)
    body = court.order_body(*parties, notice_number=number)
    problem = court.clerk.refused("POST", "/orders", 409, json=body)
    assert (problem["code"], problem["errors"][0]["pointer"]) == ("ALREADY_EXISTS", "/notice_number")
    other = court.prepares_order(*parties)["proposal"]["id"]
    document = court.clerk.get(f"/proposals/{other}")["document"] | {"notice_number": number}
    problem = court.clerk.refused("PUT", f"/proposals/{other}", 409, json={"document": document})
    assert problem["errors"][0]["pointer"] == "/document/notice_number"


def test_nothing_is_left_to_freeze_for_a_claim_that_is_met(court, bank):
    court.registers_fund()
    frozen = freeze(court, bank)
    sweeps(court, bank, frozen)
    court.approves(court.clerk.post(f"/orders/{frozen.order}/amend", quota="5500.00"))
    body = court.order_body(frozen.case, frozen.debtor, frozen.account, quota="5500.00")
    assert court.clerk.refused("POST", "/orders", 409, json=body)["code"] == "CLAIM_MET"
