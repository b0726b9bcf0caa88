"""What a court may ask, about whom, and how it goes to the banks."""

import pytest

from tests.support.world.inquiry import Asked
from tests.support.world.numbers import id_number


@pytest.mark.parametrize(("changes", "status", "code"), [
    ({"period_from": "2026-03-09", "period_to": "2026-03-08"}, 422, "PERIOD_INVALID"),
    ({"period_to": "2026-03-10"}, 422, "PERIOD_INVALID"),
    ({"period_from": "2022-03-08"}, 422, "PERIOD_TOO_LONG"),
    ({"period_from": "2023-03-08"}, 422, "PERIOD_TOO_LONG"),
    ({"period_from": "2026-02-30"}, 422, "DAY_INVALID"),
    ({"banks": ["nobody"]}, 404, "NOT_FOUND"),
    ({"case": None}, 422, "FIELD_MISSING"),
    ({"reason": None}, 422, "FIELD_MISSING"),
])
def test_what_may_not_be_asked(world, changes, status, code):
    court, bank = world.court(), world.bank()
    debtor = court.names(id_number=id_number())
    case = court.opens_case(debtor)
    refused = court.tries("clerk", "/inquiries", court.question(case, debtor, bank, **changes))
    assert (refused.status_code, refused.json["code"]) == (status, code)
    assert world.books.rows("inquiry") == []


def test_three_years_may_be_asked(world):
    assert Asked(world, period_from="2023-03-09").question.period_from.isoformat() == "2023-03-09"


def test_who_may_not_ask_and_about_whom(world):
    court, other, bank = world.court(), world.court(), world.bank()
    debtor, stranger = court.names(id_number=id_number()), court.names(id_number=id_number())
    wrong = court.names(id_number="330281199001010000")
    case, closed = court.opens_case(debtor, wrong), court.opens_case(debtor)
    court.posts("judge", f"/cases/{closed}/close", {"reason": "已执行完毕"})
    for asker, role, asked_case, about, status, code in (
        (other, "clerk", case, debtor, 404, "NOT_FOUND"),
        (court, "auditor", case, debtor, 403, "ROLE_NOT_ALLOWED"),
        (court, "clerk", case, stranger, 404, "NOT_FOUND"), (court, "clerk", closed, debtor, 409, "CASE_CLOSED"),
        (court, "clerk", case, wrong, 422, "ID_NUMBER_INVALID"),
    ):
        refused = asker.tries(role, "/inquiries", asker.question(asked_case, about, bank))
        assert (refused.status_code, refused.json["code"]) == (status, code)
    assert world.books.rows("inquiry") == []


def test_the_same_person_in_any_spelling_is_one_debtor(world):
    court = world.court()
    number = "33028119900101001X"
    wide = "".join(chr(ord(each) + 0xFEE0) for each in number)
    spellings = (number, number.lower(), f"{number[:6]} {number[6:]}", wide)
    assert len({court.names(id_number=spelling).id for spelling in spellings}) == 1


@pytest.mark.parametrize("name", ["古丽·买买提", "𠮷野 家", "Jean  de la Fontaine"])
def test_names_go_to_the_bank_as_they_are_written(world, name):
    assert Asked(world, name=name).question.name == name


def test_all_banks_are_asked_each_in_a_lane_of_its_own(world):
    court, one, two = world.court(), world.bank(), world.bank()
    debtor = court.names(id_number=id_number())
    inquiry = court.asks(court.opens_case(debtor), debtor, banks=None)
    one.mailbox.status = 503
    world.delivers()
    (question,) = two.asked()
    assert two.answers(question).outcome == "applied"
    assert court.sees_progress(inquiry) == {one.code: "asked", two.code: "no_such_person"}


def test_the_working_days_of_a_year_that_is_not_announced_are_a_stated_condition(world):
    world.clock.moves_to("2031-09-29T09:00:00+08:00")
    court, bank = world.court(), world.bank()
    debtor = court.names(id_number=id_number())
    started = court.posts("clerk", "/inquiries", court.question(court.opens_case(debtor), debtor, bank))
    assert started["calendar"] == "not_published"
