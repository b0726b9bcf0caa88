"""What is wrong in an answer is refused, and nothing of it stays; what is odd is kept and flagged."""

import pytest

from tests.support.world.inquiry import ACCOUNT, LINES, history
from tests.support.world.numbers import id_number


def test_an_answer_about_another_person_is_refused_and_not_kept(world, asked):
    assert asked.code(id_number=id_number(), accounts=[ACCOUNT]) == "INQUIRY_OTHER_PERSON"
    assert world.books.rows("inquiry_answer") == [] and asked.status == "asked"
    assert asked.court.sees_alerts() == ["INQUIRY_OTHER_PERSON"]


def test_an_answer_to_an_inquiry_that_it_was_not_asked_is_refused(world, asked):
    other = world.bank()
    result = other.answers(asked.question)
    assert (result.outcome, result.problem.code) == ("refused", "NOT_FOUND")
    assert world.books.rows("inquiry_answer") == []


def test_another_content_for_the_same_part_is_refused_and_told(asked):
    asked.answers(event_id="E-1", accounts=[ACCOUNT])
    problem = asked.answers(accounts=[{**ACCOUNT, "balance": "1.00"}]).problem
    assert (problem.code, problem.errors[0].pointer) == ("INQUIRY_CONTRADICTED", "/part")
    assert "Event E-1 answered this part" in problem.detail
    assert asked.court.looks_at(asked.id)[0]["balance"] == "8100.00"
    assert asked.court.sees_alerts() == ["INQUIRY_CONTRADICTED"]


def test_parts_that_do_not_fit_together_are_told_apart(asked):
    asked.answers(event_id="E-1", part=1, parts=2, accounts=[ACCOUNT])
    wrong = ({"part": 3, "parts": 3}, {"part": 2, "parts": 2, "corrects": "E-1"})
    fields = [asked.answers(accounts=[ACCOUNT], **place).problem.errors[0] for place in wrong]
    assert [(field.pointer, field.reason) for field in fields] == [
        ("/parts", "The parts do not fit together: the highest is part 3, but parts says 2 / 3."),
        ("/part", "A correction has the part of what it corrects: event E-1 is part 1."),
    ]


def test_the_same_event_with_another_content_is_refused(asked):
    asked.answers(event_id="E-1", accounts=[ACCOUNT])
    assert asked.code(event_id="E-1", accounts=[]) == "MESSAGE_REUSED"


@pytest.mark.parametrize(("wrong", "code"), [
    ({"part": 3, "parts": 3}, "INQUIRY_CONTRADICTED"),
    ({"part": 2, "parts": 3}, "INQUIRY_CONTRADICTED"),
    ({"corrects": "E-none"}, "NOT_FOUND"),
    ({"part": 2, "parts": 2, "accounts": [{**ACCOUNT, "currency": "XXX"}]}, "CURRENCY_UNKNOWN"),
    ({"part": 2, "parts": 2, "accounts": [{**ACCOUNT, "balance": "1.001"}]}, "AMOUNT_INVALID"),
    ({"part": 2, "parts": 2, "accounts": [ACCOUNT, ACCOUNT]}, "FIELD_INVALID"),
    ({"part": 2, "parts": 2, "histories": history({**LINES[0], "amount": "1.001"})}, "AMOUNT_INVALID"),
])
def test_a_part_that_does_not_fit_is_refused_whole(world, asked, wrong, code):
    asked.answers(part=1, parts=2, accounts=[ACCOUNT])
    assert asked.code(**wrong) == code
    assert len(world.books.rows("inquiry_answer")) == len(world.books.rows("inquiry_evidence")) == 1
    assert asked.status == "partly"


def test_an_answer_that_does_not_stand_alone_is_refused_before_anything_is_kept(world, asked):
    for events in ([asked.bank.answer(asked.question)] * 2, [asked.bank.answer(asked.question), {"type": "x"}]):
        refused = asked.bank.sends("/events", asked.bank.batch(*events))
        assert (refused.status, refused.message.code) == (422, "INQUIRY_NOT_ALONE")
    malformed = asked.bank.sends("/events", asked.bank.batch(asked.bank.answer(asked.question, part="one")))
    assert (malformed.status, malformed.message.errors[0].pointer) == (422, "/events/0/part")
    assert world.books.rows("inbound_message") == []


def test_what_is_odd_is_kept_and_flagged_line_by_line(asked):
    odd = (LINES[0], {**LINES[1], "balance_after": "8000.00"}, {**LINES[2], "sequence": 5, "balance_after": "99.00"},
           {**LINES[3], "sequence": 5}, {**LINES[3], "sequence": 6, "balance_after": None, "date": "2024-01-01"})
    asked.answers(accounts=[ACCOUNT], histories=history(*({k: v for k, v in line.items() if v is not None}
                                                         for line in odd)))
    (account,) = asked.court.looks_at(asked.id)
    lines = asked.court.looks_at_lines(asked.id, account["id"])
    assert [line["flags"] for line in lines] == [
        [], ["BALANCE_BREAK"], ["SEQUENCE_GAP"], ["SEQUENCE_REPEATED"], ["OUTSIDE_PERIOD"]]


def test_bookings_in_another_currency_and_of_an_account_not_named_are_kept_and_flagged(asked):
    asked.answers(accounts=[ACCOUNT], histories=[*history(*LINES[:1], currency="USD"),
                                                 *history(*LINES[:1], number="6222029999999999999")])
    assert sorted(account["flags"] for account in asked.court.looks_at(asked.id)) == [
        ["NOT_NAMED"], ["OTHER_CURRENCY"]]


def test_a_late_answer_counts_and_is_marked(world, asked):
    world.clock.reaches("2026-03-13T09:00:00+08:00")
    world.ticks()
    world.ticks()
    assert [notice.type for notice in asked.bank.reads()] == ["inquiry.reminded"]
    assert asked.court.sees_alerts() == ["INQUIRY_OVERDUE"]
    asked.answers(accounts=[ACCOUNT])
    shown = asked.court.sees_inquiry(asked.id)["banks"][0]
    assert (shown["status"], shown["is_late"]) == ("answered", True)
