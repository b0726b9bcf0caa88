"""From the answer to the order: the salary account is recognised, frozen, and the claim stays the one ceiling."""

import pytest

from tests.support.world import unique
from tests.support.world.inquiry import ACCOUNT, NUMBER, Asked, history
from tests.support.world.numbers import id_number

MONTHS = [f"2025-{month:02}" for month in range(4, 13)] + ["2026-01", "2026-02"]
RULE = {"preset": "cn-live-freeze", "anchor_day": 10, "allowance": "2500.00"}


def salary(number: str = NUMBER) -> list[dict]:
    lines = []
    for index, month in enumerate(MONTHS):
        lines += [
            {"date": f"{month}-10", "amount": "8000.00", "sequence": 2 * index + 1, "balance_after": "8000.00",
             "counterparty": "示例纺织有限公司", "text": "工资"},
            {"date": f"{month}-20", "amount": "-8000.00", "sequence": 2 * index + 2, "balance_after": "0.00"},
        ]
    return history(*lines, number=number)


@pytest.fixture
def asked(world) -> Asked:
    asked = Asked(world)
    asked.answers(accounts=[ACCOUNT, {**ACCOUNT, "account": "6222020000009999999"}], histories=salary())
    return asked


def by_number(asked: Asked) -> dict[str, str]:
    return {account["account"]: account["id"] for account in asked.court.looks_at(asked.id)}


def draft(asked: Asked, *accounts: str, **changes: object) -> dict:
    return {"accounts": list(accounts), "quota": "60000.00", "notice_number": unique("之一"), "rule": RULE, **changes}


def test_the_salary_account_is_recognised_with_reasons_and_days(asked):
    found = asked.court.gets("clerk", f"/inquiries/{asked.id}/recognition")
    first = found["candidates"][0]
    assert (first["account"], first["payer"], first["days_of_month"]) == (
        by_number(asked)["****4567"], "示例纺织有限公司", [10])
    assert first["reasons"] and found["suggestion"] == {"anchor_day": 10, "sweep_day": 12}
    assert found["line_count"] == 22


def test_bookings_of_days_that_were_not_asked_for_show_no_income(world):
    asked = Asked(world)
    far = [{"date": f"{year}-{month:02}-10", "amount": "9000.00", "sequence": place, "counterparty": "示例纺织有限公司",
            "text": "工资"} for place, (year, month) in enumerate(
                [("0001", 1), ("0001", 2), ("0001", 3), ("9999", 10), ("9999", 11), ("9999", 12)], start=1)]
    asked.answers(accounts=[ACCOUNT], histories=history(*far))
    found = asked.court.gets("clerk", f"/inquiries/{asked.id}/recognition")
    assert (found["candidates"], found["not_income"], found["line_count"]) == ([], [], 0)


def test_two_banks_may_have_an_account_of_the_same_number(world):
    court, one, two = world.court(), world.bank(), world.bank()
    debtor = court.names(id_number=id_number())
    inquiry = court.asks(court.opens_case(debtor), debtor, banks=[one.code, two.code])
    world.delivers()
    for bank, told in ((one, {"histories": salary()}), (two, {})):
        (question,) = bank.asked()
        assert bank.answers(question, outcome="accounts", accounts=[ACCOUNT], **told).outcome == "applied"
    (candidate,) = court.gets("clerk", f"/inquiries/{inquiry}/recognition")["candidates"]
    paid_into = next(each for each in court.looks_at(inquiry) if each["bank"] == one.code)
    assert (candidate["bank"], candidate["account"], candidate["number"]) == (one.code, paid_into["id"], "****4567")


def test_the_order_is_served_from_the_answer(world, asked):
    accounts = by_number(asked)
    path = f"/inquiries/{asked.id}/order"
    prepared = asked.court.posts("clerk", path, draft(asked, accounts["****4567"], accounts["****9999"]))
    asked.court.posts("judge", f"/proposals/{prepared['proposal']['id']}/approve",
                      {"digest": prepared["proposal"]["digest"]})
    world.delivers_until(lambda: len(asked.bank.mailbox.letters) == 3)
    placed = asked.bank.reads()
    assert sorted((notice.account, notice.block_up_to) for notice in placed) == [
        (NUMBER, "60000.00"), ("6222020000009999999", "60000.00")]


@pytest.mark.parametrize(("accounts", "status", "code"), [
    (["iqa_" + "0" * 26], 404, "NOT_FOUND"), ([], 422, "TEXT_INVALID"), (["acc_" + "0" * 26], 422, "TEXT_INVALID"),
])
def test_no_order_on_what_no_bank_named(asked, accounts, status, code):
    refused = asked.court.tries("clerk", f"/inquiries/{asked.id}/order", draft(asked, *accounts))
    assert (refused.status_code, refused.json["code"]) == (status, code)


def test_no_order_on_an_account_of_another_debtor(asked):
    other = asked.court.names()
    asked.court.finds_account(other, asked.bank, account=NUMBER)
    account = by_number(asked)["****4567"]
    refused = asked.court.tries("clerk", f"/inquiries/{asked.id}/order", draft(asked, account))
    assert (refused.status_code, refused.json["code"]) == (409, "ALREADY_EXISTS")


def test_what_is_registered_already_is_used_as_it_stands(asked):
    known = asked.court.finds_account(asked.debtor, asked.bank, account=NUMBER, is_allowance_account=False)
    account = by_number(asked)["****4567"]
    prepared = asked.court.posts("clerk", f"/inquiries/{asked.id}/order", draft(asked, account))
    document = asked.court.gets("judge", f"/proposals/{prepared['proposal']['id']}")["document"]
    assert document["accounts"] == [known.id]
