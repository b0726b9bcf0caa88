"""Setting up by a link, and changing one's own log-in: what will do, what works once, what ends with it."""

import pytest

from livefreeze.base import clock
from livefreeze.base.errors import Problem
from livefreeze.flows import credentials, sessions, staff
from livefreeze.rules import lockout
from tests.people.person import ADDRESS, PASSWORD, Person, later
from tests.people.test_log_in import refused, tries
from tests.support.world import unique

NEW = "four large brown dogs"


def test_a_link_works_once(court):
    login = unique("clerk")
    new = Person(login, staff.add(login, role="clerk", court_code=court.code, actor="operator"))
    link = credentials.invite(login, actor="operator")
    new.sets_up(link)
    assert refused(credentials.invited, link) == "INVITATION_OVER"
    assert refused(new.sets_up, link) == "INVITATION_OVER"


def test_a_link_is_good_for_three_days(clerk, monkeypatch):
    link = credentials.invite(clerk.login, actor="operator")
    later(monkeypatch, days=3, minutes=1)
    assert refused(credentials.invited, link) == "INVITATION_OVER"


def test_a_newer_link_replaces_the_older(clerk):
    older, newer = (credentials.invite(clerk.login, actor="operator") for _ in range(2))
    assert refused(credentials.invited, older) == "INVITATION_OVER"
    assert credentials.invited(newer).login == clerk.login


@pytest.mark.parametrize("link", ["", "x", "é" * 50])
def test_a_made_up_link_is_worth_nothing(world, link):
    assert refused(credentials.invited, link) == "INVITATION_OVER"


def test_who_is_disabled_has_no_link(clerk):
    link = credentials.invite(clerk.login, actor="operator")
    staff.disable(clerk.login, actor="operator")
    assert refused(credentials.invited, link) == "INVITATION_OVER"
    assert refused(credentials.invite, clerk.login, actor="operator") == "NOT_FOUND"


def test_a_wrong_code_leaves_the_link_as_it_was(clerk):
    link = credentials.invite(clerk.login, actor="operator")
    assert refused(clerk.sets_up, link, password=NEW, code="12345") == "CODE_REFUSED"
    clerk.sets_up(link)


def test_a_link_replaces_all_that_was_there_before(clerk, monkeypatch):
    later(monkeypatch, minutes=1)
    lost, codes = clerk.gives_code(clerk.gives_password()), clerk.recovery_codes
    clerk.sets_up(credentials.invite(clerk.login, actor="operator"), password=NEW)
    assert sessions.principal_of(lost) is None
    assert refused(clerk.gives_password, PASSWORD) == "LOGIN_REFUSED"
    assert refused(clerk.gives_code, clerk.gives_password(NEW), codes[0]) == "CODE_REFUSED"


def test_a_link_lets_in_again_who_was_locked_out(clerk):
    for _ in range(lockout.OF_LOGIN):
        tries(clerk.login)
    clerk.sets_up(credentials.invite(clerk.login, actor="operator"), password=NEW)
    assert clerk.gives_password(NEW)


@pytest.mark.parametrize("password", [
    "short", "x1y2" * 51, "Password123456!", "qwertyuiop12", "aaaaaaaaaaaaaaaa", "123456789012", "passwordpassword",
    "Livefreeze-2026", "{login} 2026 xyz",
])
def test_what_a_stranger_tries_first_is_no_password(clerk, password):
    link = credentials.invite(clerk.login, actor="operator")
    assert refused(clerk.sets_up, link, password=password.format(login=clerk.login)) == "PASSWORD_WEAK"


@pytest.mark.parametrize("password", ["correct horse battery", "一二三四五六七八九十甲乙", "7g!pQ2#vLw9z"])
def test_what_will_do_does(clerk, password):
    clerk.sets_up(credentials.invite(clerk.login, actor="operator"), password=password)
    assert clerk.gives_password(password)


def test_another_password_ends_the_other_log_ins_and_not_this_one(clerk, monkeypatch):
    later(monkeypatch, minutes=1)
    other = clerk.gives_code(clerk.gives_password())
    later(monkeypatch, minutes=1)
    here = clerk.gives_code(clerk.gives_password())
    principal = sessions.principal_of(here)
    credentials.change_password(principal, old=PASSWORD, new=NEW, address=ADDRESS)
    assert sessions.principal_of(other) is None and sessions.principal_of(here)
    assert refused(clerk.gives_password, PASSWORD) == "LOGIN_REFUSED"
    assert clerk.gives_password(NEW)


@pytest.mark.parametrize("act", [
    lambda principal, password: credentials.change_password(principal, old=password, new=NEW),
    lambda principal, password: credentials.new_recovery_codes(principal, password=password),
    lambda principal, password: credentials.new_phone(principal, password=password),
])
def test_an_open_browser_is_not_enough_to_take_a_log_in_over(clerk, monkeypatch, act):
    later(monkeypatch, minutes=1)
    principal = clerk.logs_in()
    for _ in range(lockout.OF_LOGIN):
        assert refused(act, principal, "wrong wrong wrong") == "PASSWORD_WRONG"
    assert refused(act, principal, PASSWORD) == "LOGIN_LOCKED"


def test_new_recovery_codes_replace_the_older(clerk, monkeypatch):
    later(monkeypatch, minutes=1)
    older, principal = clerk.recovery_codes[0], clerk.logs_in()
    codes = credentials.new_recovery_codes(principal, password=PASSWORD)
    assert len(set(codes)) == credentials.recovery_codes_left(principal) == 8
    assert refused(clerk.gives_code, clerk.gives_password(), older) == "CODE_REFUSED"
    clerk.gives_code(clerk.gives_password(), codes[0])
    assert credentials.recovery_codes_left(principal) == 7


def test_a_new_phone_is_set_up_by_ones_own_link(clerk, monkeypatch):
    later(monkeypatch, minutes=1)
    link = credentials.new_phone(clerk.logs_in(), password=PASSWORD)
    old = clerk.phone
    clerk.sets_up(link)
    later(monkeypatch, minutes=1)
    assert refused(clerk.gives_code, clerk.gives_password(), old.at(clock.wall())) == "CODE_REFUSED"


def test_an_operator_belongs_to_neither_court_nor_bank(world):
    operator = Person.invited(unique("root"), role="admin")
    token = operator.gives_code(operator.gives_password(), operator.recovery_codes[0])
    principal = sessions.principal_of(token)
    assert (principal.role, principal.court_id, principal.bank_id) == ("admin", None, None)


@pytest.mark.parametrize("role", ["judge", "clerk", "teller", "auditor"])
def test_nobody_else_is_of_the_platform(world, role):
    with pytest.raises(Problem, match="CHOICE_UNKNOWN"):
        staff.add(unique(role), role=role, actor="operator")
