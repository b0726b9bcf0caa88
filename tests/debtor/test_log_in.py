"""A debtor logs in by a one-time code; whoever is not known meets the same answers by the same steps."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from livefreeze.base import clock
from livefreeze.base.errors import Problem
from livefreeze.flows import debtor_log_in
from tests.support.world import telephone, unique

STRANGER = "330281199912310019"


@pytest.fixture
def debtor(world):
    return world.freezes().debtor


def asks(subject: str) -> str:
    challenge = unique("challenge")
    debtor_log_in.ask(subject, challenge=challenge)
    return challenge


def wrong(code: str) -> str:
    return code[:-1] + ("0" if code[-1] != "0" else "1")


def test_the_code_that_was_sent_logs_the_debtor_in_once(debtor):
    challenge = asks(debtor.id_number)
    assert debtor_log_in.confirm(challenge, telephone.code()) == debtor.id
    with pytest.raises(Problem, match="CODE_WRONG"):
        debtor_log_in.confirm(challenge, telephone.code())


def test_a_log_in_is_evidence(world, debtor):
    debtor_log_in.confirm(asks(debtor.id_number), telephone.code())
    assert any('"debtor.logged_in"' in row.document for row in world.books.rows("audit_event"))


@pytest.mark.parametrize("spelled", [
    lambda number: number, lambda number: number.replace("(", "（").replace(")", "）"),
    lambda number: f" {number[:6]} {number[6:]} ", lambda number: number.replace("(", "〔").replace(")", "〕"),
])
def test_a_case_number_will_do_with_any_brackets(world, spelled):
    court = world.court()
    debtor = court.names()
    court.opens_case(debtor, case_number="(2026)浙0281执4711号")
    challenge = asks(spelled("(2026)浙0281执4711号"))
    assert debtor_log_in.confirm(challenge, telephone.code()) == debtor.id


def test_each_debtor_of_a_case_is_sent_a_code_of_their_own(world):
    court = world.court()
    both = court.names(), court.names("李四")
    court.opens_case(*both, case_number="(2026)浙0281执4711号")
    challenge = asks("(2026)浙0281执4711号")
    assert len(telephone.messages()) == 2
    assert debtor_log_in.confirm(challenge, telephone.code()) in {debtor.id for debtor in both}


def test_a_code_is_typed_with_or_without_its_space_in_any_width(debtor):
    challenge = asks(debtor.id_number)
    full_width = telephone.code().replace(" ", "").translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)})
    assert debtor_log_in.confirm(challenge, full_width) == debtor.id


def test_after_five_wrong_tries_the_right_code_is_no_longer_good(debtor):
    challenge = asks(debtor.id_number)
    for _ in range(debtor_log_in.TRIES_MAX):
        with pytest.raises(Problem, match="CODE_WRONG"):
            debtor_log_in.confirm(challenge, wrong(telephone.code()))
    with pytest.raises(Problem, match="CODE_WRONG"):
        debtor_log_in.confirm(challenge, telephone.code())


def test_a_code_is_good_for_ten_minutes(debtor, monkeypatch):
    challenge, real = asks(debtor.id_number), clock.wall
    monkeypatch.setattr(clock, "wall", lambda: real() + debtor_log_in.VALID + timedelta(seconds=1))
    with pytest.raises(Problem, match="CODE_WRONG"):
        debtor_log_in.confirm(challenge, telephone.code())


def test_a_code_is_worth_nothing_in_another_browser(debtor):
    asks(debtor.id_number)
    code = telephone.code()
    with pytest.raises(Problem, match="CODE_WRONG"):
        debtor_log_in.confirm(asks(STRANGER), code)


def test_no_more_than_five_codes_an_hour_are_sent_and_nobody_is_told(debtor, monkeypatch):
    for _ in range(debtor_log_in.ASKED_MAX + 2):
        asks(debtor.id_number)
    assert len(telephone.messages()) == debtor_log_in.ASKED_MAX
    real = clock.wall
    monkeypatch.setattr(clock, "wall", lambda: real() + debtor_log_in.WITHIN + timedelta(seconds=1))
    asks(debtor.id_number)
    assert len(telephone.messages()) == debtor_log_in.ASKED_MAX + 1


def test_the_same_form_sent_twice_sends_one_code(debtor):
    for _ in range(2):
        debtor_log_in.ask(debtor.id_number, challenge="the same form")
    assert len(telephone.messages()) == 1


def test_a_stranger_meets_the_same_answers(debtor):
    asked = [asks(debtor.id_number), asks(STRANGER), asks("no number at all")]
    told = []
    for challenge in asked:
        with pytest.raises(Problem) as refused:
            debtor_log_in.confirm(challenge, "0000 0000")
        told.append((refused.value.code, refused.value.detail, refused.value.detail_zh))
    assert len(set(told)) == 1
    assert len(telephone.messages()) == 1


def test_a_stranger_takes_the_same_steps(world, debtor):
    """The same statements, but for the notice itself: on PostgreSQL it goes into the one writing statement."""
    seen: list[str] = []

    def note(connection, cursor, statement, *_):
        seen.append(" ".join(statement.split())[:60])

    event.listen(world.engine, "before_cursor_execute", note)
    try:
        steps = []
        for subject in (debtor.id_number, STRANGER):
            seen.clear()
            challenge = asks(subject)
            with pytest.raises(Problem):
                debtor_log_in.confirm(challenge, "0000 0000")
            steps.append(list(seen))
    finally:
        event.remove(world.engine, "before_cursor_execute", note)
    assert steps[0] == steps[1]


def test_neither_the_code_nor_who_asked_stands_in_the_database_in_clear(world, debtor):
    asks(debtor.id_number)
    kept = repr(world.books.whole())
    for secret in (telephone.code(), telephone.code().replace(" ", ""), debtor.id_number):
        assert secret not in kept
