"""Log-ins of people with a browser: begun, used, listed and ended, on both engines."""

from datetime import timedelta

import pytest

from livefreeze.base import clock
from livefreeze.base.errors import Problem
from livefreeze.flows import sessions, staff
from tests.support.world.numbers import unique


@pytest.fixture
def clerk(world):
    login = unique("clerk")
    return staff.add(login, role="clerk", court_code=world.court().code, actor="operator"), login


def later(monkeypatch, **by):
    at = clock.wall() + timedelta(**by)
    monkeypatch.setattr(clock, "wall", lambda: at)


def test_a_token_names_its_holder_and_nobody_else(clerk):
    staff_id, login = clerk
    token = sessions.open_for_staff(staff_id, agent="Firefox")
    principal = sessions.principal_of(token)
    assert (principal.staff_id, principal.login, principal.role) == (staff_id, login, "clerk")
    assert sessions.principal_of(token[:-1]) is None
    assert sessions.principal_of("") is None


def test_a_debtor_holds_one_without_being_staff(world):
    debtor = world.court().names()
    principal = sessions.principal_of(sessions.open_for_debtor(debtor.id, agent="phone"))
    assert (principal.debtor_id, principal.role, principal.staff_id) == (debtor.id, "debtor", None)
    assert principal.actor == f"debtor:{debtor.id}"


def test_a_log_in_that_has_ended_is_worth_nothing(clerk):
    token = sessions.open_for_staff(clerk[0], agent="Firefox")
    sessions.end(token)
    assert sessions.principal_of(token) is None


def test_a_disabled_login_is_out_at_once(clerk):
    token = sessions.open_for_staff(clerk[0], agent="Firefox")
    staff.disable(clerk[1], actor="operator")
    assert sessions.principal_of(token) is None


def test_one_that_lies_idle_ends_and_one_in_use_does_not(clerk, monkeypatch):
    used, idle = (sessions.open_for_staff(clerk[0], agent=agent) for agent in ("used", "idle"))
    later(monkeypatch, minutes=50)
    assert sessions.principal_of(used)
    later(monkeypatch, minutes=50)
    assert sessions.principal_of(used)
    assert sessions.principal_of(idle) is None


def test_none_lasts_for_ever(clerk, monkeypatch):
    token = sessions.open_for_staff(clerk[0], agent="Firefox")
    for _ in range(24):
        assert sessions.principal_of(token)
        later(monkeypatch, minutes=30)
    assert sessions.principal_of(token) is None


def test_a_debtor_is_logged_out_sooner(world, monkeypatch):
    token = sessions.open_for_debtor(world.court().names().id, agent="phone")
    later(monkeypatch, minutes=16)
    assert sessions.principal_of(token) is None


def test_people_see_and_end_their_own_log_ins_only(clerk, world):
    here, there = (sessions.open_for_staff(clerk[0], agent=agent) for agent in ("here", "there"))
    mine = sessions.principal_of(here)
    other = staff.add(unique("judge"), role="judge", court_code=world.court().code, actor="operator")
    foreign = sessions.principal_of(sessions.open_for_staff(other, agent="elsewhere"))
    assert {session.agent for session in sessions.list_of(mine)} == {"here", "there"}
    with pytest.raises(Problem, match="NOT_FOUND"):
        sessions.revoke(mine.session_id, foreign)
    assert sessions.revoke_others(mine) == 1
    assert sessions.principal_of(there) is None
    assert sessions.principal_of(here)


def test_the_database_does_not_hold_the_token(clerk, world):
    token = sessions.open_for_staff(clerk[0], agent="Firefox")
    assert token.encode() not in str(world.books.whole()).encode()
