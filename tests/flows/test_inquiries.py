"""A court asks a bank about a debtor; it answers at once, in parts, late, again."""

import pytest

from tests.support.world.inquiry import ACCOUNT, LINES, history, kinds


def test_a_bank_is_asked_and_its_answer_is_read_by_the_court_alone(world, asked):
    assert asked.question.id_number == asked.debtor.id_number
    assert asked.question.answer_by.isoformat() == "2026-03-12T15:59:59+00:00"  # the third working day
    assert asked.answers(accounts=[ACCOUNT], histories=history(*LINES)).outcome == "applied"
    assert asked.status == "answered"
    (account,) = asked.court.looks_at(asked.id)
    assert (account["account"], account["balance"], account["lines"]) == ("****4567", "8100.00", 4)
    assert account["freezes"] == [{"rank": 1, "amount": "3000.00", "authority": "示例区人民法院"}]
    lines = asked.court.looks_at_lines(asked.id, account["id"], limit=3)
    assert [(line["date"], line["amount"], line["flags"]) for line in lines] == [
        ("2026-01-10", "8000.00", []), ("2026-01-11", "-500.00", []), ("2026-02-10", "8000.00", []),
        ("2026-02-11", "-8000.00", [])]
    assert lines[0]["counterparty"] == "甲厂"
    other = world.court()
    for path in ("", "/accounts", f"/accounts/{account['id']}/transactions"):
        assert other.tries_to_get("clerk", f"/inquiries/{asked.id}{path}").status_code == 404


def test_each_look_is_an_event_of_the_case(world, asked):
    asked.answers(accounts=[ACCOUNT], histories=history(*LINES))
    (account,) = asked.court.looks_at(asked.id)
    asked.court.looks_at_lines(asked.id, account["id"])
    assert kinds(world, asked.case) == ["case.opened", "inquiry.asked", "inquiry.answered", "inquiry.message",
                                        "inquiry.looked_at", "inquiry.looked_at"]


def test_most_banks_have_no_such_person(asked):
    assert asked.answers(outcome="no_such_person").outcome == "applied"
    assert asked.status == "no_such_person"
    assert asked.court.looks_at(asked.id) == []


def test_a_refusal_has_its_reason(asked):
    assert asked.answers(outcome="refused", why="公章不清").outcome == "applied"
    assert asked.status == "refused"


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (1, 2, 0)])
def test_parts_come_in_any_order(asked, order):
    parts = [
        {"part": 1, "parts": None, "accounts": [ACCOUNT]},
        {"part": 2, "parts": None, "histories": history(*LINES[:2])},
        {"part": 3, "parts": 3, "histories": history(*LINES[2:])},
    ]
    seen = []
    for index in order:
        assert asked.answers(**parts[index]).outcome == "applied"
        seen.append(asked.status)
    assert seen == ["partly", "partly", "answered"]
    assert asked.flags() == {1: [], 2: [], 3: [], 4: []}


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_balance_that_breaks_between_parts_is_flagged_in_whatever_order_they_come(asked, order):
    broken = {**LINES[2], "balance_after": "17000.00"}
    parts = [{"part": 1, "parts": 2, "accounts": [ACCOUNT], "histories": history(*LINES[:2])},
             {"part": 2, "parts": 2, "histories": history(broken)}]
    for index in order:
        asked.answers(**parts[index])
    assert asked.flags() == {1: [], 2: [], 3: ["BALANCE_BREAK"]}


def test_the_same_part_again_is_one_part(asked):
    said = {"as_of": "2026-03-09T15:00:00+08:00", "accounts": [ACCOUNT], "histories": history(*LINES)}
    assert [asked.answers(**said).outcome, asked.answers(**said).outcome] == ["applied", "applied"]
    (account,) = asked.court.looks_at(asked.id)
    assert account["lines"] == 4


def test_the_same_event_again_is_one_event(world, asked):
    event = asked.bank.answer(asked.question)
    assert [asked.bank.reports(event)[0].outcome for _ in range(2)] == ["applied", "applied"]
    assert len(world.books.rows("inquiry_answer")) == 1


def test_a_corrected_answer_replaces_the_old_one_which_stays_as_evidence(world, asked):
    asked.answers(event_id="E-1", accounts=[ACCOUNT], histories=history(*LINES[:2]))
    better = {**ACCOUNT, "balance": "9000.00"}
    assert asked.answers(event_id="E-2", corrects="E-1", accounts=[better], histories=history(LINES[0])).outcome == (
        "applied")
    (account,) = asked.court.looks_at(asked.id)
    assert (account["balance"], account["lines"]) == ("9000.00", 1)
    assert len(world.books.rows("inquiry_evidence")) == 2
    assert asked.code(corrects="E-1", accounts=[ACCOUNT]) == "INQUIRY_CORRECTED"
    assert asked.court.sees_inquiry(asked.id)["banks"][0]["is_corrected"]


def test_a_correction_may_come_before_what_it_corrects(asked):
    asked.answers(event_id="E-2", corrects="E-1", accounts=[{**ACCOUNT, "balance": "9000.00"}])
    asked.answers(event_id="E-1", accounts=[ACCOUNT])
    assert asked.court.looks_at(asked.id)[0]["balance"] == "9000.00"
    assert asked.status == "answered"


def test_a_part_that_comes_after_its_correction_flags_nothing_of_what_stands(asked):
    wrong = {**LINES[1], "balance_after": "1.00"}
    asked.answers(part=2, parts=2, histories=history(*LINES[2:]))
    asked.answers(event_id="E-2", corrects="E-1", parts=None, accounts=[ACCOUNT],
                  histories=history(*LINES[:2]))
    late = asked.answers(event_id="E-1", parts=None, accounts=[ACCOUNT], histories=history(wrong))
    assert late.outcome == "applied"
    assert asked.flags() == {1: [], 2: [], 3: [], 4: []}


def test_no_such_person_may_turn_out_to_be_wrong(asked):
    asked.answers(event_id="E-1", outcome="no_such_person")
    asked.answers(corrects="E-1", accounts=[ACCOUNT])
    assert asked.status == "answered"
