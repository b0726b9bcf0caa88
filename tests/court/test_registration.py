"""Debtors, cases and accounts: asked again with the same content the same id, with another a clear refusal."""

import pytest

from tests.court.world import new_account_number, new_case_number, new_id_number


def test_one_person_is_one_debtor_for_every_court(court, other_court):
    id_number = new_id_number()
    body = {"name": "赵钱孙", "id_number": id_number}
    first = court.clerk.asks("POST", "/debtors", json=body)
    again = court.clerk.asks("POST", "/debtors", json={**body, "id_number": id_number.lower()})
    elsewhere = other_court.clerk.asks("POST", "/debtors", json=body)
    assert [answer.status_code for answer in (first, again, elsewhere)] == [201, 200, 200]
    assert first.json == again.json == elsewhere.json


def test_hyphens_and_case_do_not_make_another_person(court):
    first = court.registers_debtor(id_number="G1234567x")
    assert court.registers_debtor(id_number="g-1234567-X") == first


def test_a_number_that_stands_for_another_name_is_refused(court):
    id_number = new_id_number()
    court.registers_debtor("赵钱孙", id_number)
    problem = court.clerk.refused("POST", "/debtors", 409, json={"name": "周吴郑", "id_number": id_number})
    assert (problem["code"], problem["errors"][0]["pointer"]) == ("ALREADY_EXISTS", "/name")


def test_a_case_is_opened_once(court, other_court):
    debtor = court.registers_debtor()
    body = court.case_body(debtor)
    first, again = (court.clerk.asks("POST", "/cases", json=body) for _ in range(2))
    assert (first.status_code, again.status_code, first.json) == (201, 200, again.json)
    elsewhere = other_court.opens_case(other_court.registers_debtor(), case_number=body["case_number"])
    assert elsewhere != first.json["id"]


@pytest.mark.parametrize("changes", [
    {"claim": {"amount": "60000.01", "currency": "CNY"}}, {"claim": {"amount": "60000.00", "currency": "EUR"}},
    {"creditor": {"name": "周吴郑"}}, {"debtors": "another"},
])
def test_a_case_number_that_stands_for_another_case_is_refused(court, changes):
    body = court.case_body(court.registers_debtor())
    court.clerk.post("/cases", **body)
    changed = body | changes
    if changes.get("debtors"):
        changed["debtors"] = [court.registers_debtor()]
    problem = court.clerk.refused("POST", "/cases", 409, json=changed)
    assert (problem["code"], problem["errors"][0]["pointer"]) == ("ALREADY_EXISTS", "/case_number")


def test_a_case_shows_what_belongs_to_it(court, bank):
    debtors = [court.registers_debtor(), court.registers_debtor()]
    case = court.opens_case(*debtors, case_number=(number := new_case_number()))
    account = court.registers_account(debtors[1])
    order = court.prepares_order(case, debtors[1], account)["order"]
    shown = court.auditor.get(f"/cases/{case}")
    assert (shown["case_number"], shown["claims"][0]["quota_left"]) == (number, "60000.00")
    assert [one["id"] for one in shown["debtors"]] == sorted(debtors)
    assert [(one["id"], one["bank"], one["is_frozen"]) for one in shown["accounts"]] == [(account, "icbc", False)]
    assert [(one["id"], one["status"]) for one in shown["orders"]] == [(order, "prepared")]


def test_an_account_is_registered_once_for_its_debtor(court, other_court, bank):
    id_number = new_id_number()
    debtor = court.registers_debtor(id_number=id_number)
    body = court.account_body(debtor)
    first, again = (court.clerk.asks("POST", "/accounts", json=body) for _ in range(2))
    other_court.registers_debtor(id_number=id_number)
    elsewhere = other_court.clerk.asks("POST", "/accounts", json=body)
    assert [answer.status_code for answer in (first, again, elsewhere)] == [201, 200, 200]
    assert first.json == again.json == elsewhere.json


@pytest.mark.parametrize("changes", [{"debtor": "another"}, {"currency": "EUR"}, {"allowance_account": True}])
def test_a_number_that_is_registered_otherwise_is_refused(court, bank, changes):
    body = court.account_body(court.registers_debtor())
    court.clerk.post("/accounts", **body)
    changed = body | changes
    if changes.get("debtor"):
        changed["debtor"] = court.registers_debtor()
    problem = court.clerk.refused("POST", "/accounts", 409, json=changed)
    assert (problem["code"], problem["errors"][0]["pointer"]) == ("ALREADY_EXISTS", "/account")


def test_the_same_number_at_two_banks_is_two_accounts(court, bank, other_bank):
    debtor, number = court.registers_debtor(), new_account_number()
    assert len({court.registers_account(debtor, account=number, bank=code) for code in ("icbc", "ccb")}) == 2


def test_a_debtor_has_one_allowance_account_in_each_currency(court, bank):
    debtor = court.registers_debtor()
    court.registers_account(debtor, allowance_account=True)
    court.registers_account(debtor, allowance_account=True, currency="EUR")
    body = court.account_body(debtor, allowance_account=True)
    problem = court.clerk.refused("POST", "/accounts", 409, json=body)
    assert problem["errors"][0]["pointer"] == "/allowance_account"
