"""Logging in by password and code: what gets in, what does not, and that nobody learns which logins there are."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import event

from livefreeze.base import clock, passwords
from livefreeze.base.errors import Problem
from livefreeze.flows import credentials, log_in, sessions, staff
from livefreeze.rules import lockout
from tests.people.person import ADDRESS, PASSWORD, Person, later
from tests.support.world import unique

NOBODY = "nobody-of-that-name"


def refused(act, *arguments, **options) -> str:
    """The code of the problem with which the act ends."""
    with pytest.raises(Problem) as problem:
        act(*arguments, **options)
    return problem.value.code


def tries(login: str, password: str = "wrong wrong wrong", address: str = ADDRESS) -> Problem:
    with pytest.raises(Problem) as problem:
        log_in.with_password(login, password, address=address)
    return problem.value


def test_password_and_code_get_in(clerk, monkeypatch):
    later(monkeypatch, minutes=1)
    principal = clerk.logs_in()
    assert (principal.login, principal.role, principal.staff_id) == (clerk.login, "clerk", clerk.staff_id)


def test_each_log_in_has_a_token_of_its_own(clerk, monkeypatch):
    tokens = set()
    for _ in range(2):
        later(monkeypatch, minutes=1)
        tokens.add(clerk.gives_code(clerk.gives_password()))
    assert len(tokens) == 2


@pytest.mark.parametrize("spelled", [f" {PASSWORD} ", PASSWORD.replace("s", "ｓ")])
def test_a_password_may_come_from_another_keyboard(clerk, spelled):
    assert clerk.gives_password(spelled)


def test_a_code_works_once(clerk, monkeypatch):
    later(monkeypatch, minutes=1)
    code = clerk.phone.at(clock.wall())
    clerk.gives_code(clerk.gives_password(), code)
    assert refused(clerk.gives_code, clerk.gives_password(), code) == "CODE_REFUSED"


def test_the_code_that_set_the_phone_up_does_not_log_in(clerk):
    assert refused(clerk.gives_code, clerk.gives_password()) == "CODE_REFUSED"


def test_an_older_code_does_not_work_after_a_newer_one(clerk, monkeypatch):
    later(monkeypatch, minutes=2)
    older, newer = clerk.phone.at(clock.wall() - timedelta(seconds=30)), clerk.phone.at(clock.wall())
    clerk.gives_code(clerk.gives_password(), newer)
    assert refused(clerk.gives_code, clerk.gives_password(), older) == "CODE_REFUSED"


def test_one_code_sent_twice_at_once_logs_in_once(clerk, monkeypatch):
    later(monkeypatch, minutes=1)
    note, code = clerk.gives_password(), clerk.phone.at(clock.wall())

    def log(_: int) -> str:
        try:
            return "in" if clerk.gives_code(note, code) else ""
        except Problem as problem:
            return problem.code

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(log, range(4))) == ["CODE_REFUSED"] * 3 + ["in"]


def test_a_recovery_code_stands_for_the_phone_once(clerk):
    code = clerk.recovery_codes[0]
    assert sessions.principal_of(clerk.gives_code(clerk.gives_password(), code.upper().replace("-", " ")))
    assert refused(clerk.gives_code, clerk.gives_password(), code) == "CODE_REFUSED"


def test_anothers_recovery_code_is_worth_nothing(clerk, judges):
    assert refused(clerk.gives_code, clerk.gives_password(), judges[0].recovery_codes[0]) == "CODE_REFUSED"


def test_a_password_changed_meanwhile_ends_the_first_step(clerk, monkeypatch):
    later(monkeypatch, minutes=1)
    principal = clerk.logs_in()
    note = clerk.gives_password()
    credentials.change_password(principal, old=PASSWORD, new="another long password")
    later(monkeypatch, minutes=1)
    assert refused(clerk.gives_code, note) == "LOGIN_REFUSED"


def test_who_is_disabled_is_out_at_once(clerk, monkeypatch):
    later(monkeypatch, minutes=1)
    token, note = clerk.gives_code(clerk.gives_password()), clerk.gives_password()
    staff.disable(clerk.login, actor="operator")
    assert sessions.principal_of(token) is None
    assert refused(clerk.gives_code, note) == "CODE_REFUSED"
    assert tries(clerk.login, PASSWORD).code == "LOGIN_REFUSED"


# --- enumeration -----------------------------------------------------------------------------------


def test_all_who_do_not_get_in_are_told_the_same(clerk, nobody):
    gone = Person.invited(unique("gone"), role="admin")
    staff.disable(gone.login, actor="operator")
    told = {(problem.code, problem.detail, problem.detail_zh, problem.status, problem.pointer) for problem in (
        tries(clerk.login), tries(NOBODY), tries(nobody), tries(gone.login, PASSWORD))}
    assert len(told) == 1


def test_a_login_that_nobody_has_takes_the_same_steps(world, clerk, nobody, monkeypatch):
    """The same statements, and a hash is checked each time: the time that an answer takes tells nothing."""
    seen: list[str] = []
    hashed: list[str] = []
    real = PasswordHasher.verify
    monkeypatch.setattr(PasswordHasher, "verify", lambda *of: hashed.append("hash") or real(*of))
    tries(NOBODY)  # the hash for nobody is made now, once

    def note(connection, cursor, statement, *_):
        seen.append(" ".join(statement.split()))

    event.listen(world.engine, "before_cursor_execute", note)
    try:
        steps = []
        for login in (clerk.login, NOBODY, nobody):
            seen.clear(), hashed.clear()
            tries(login)
            steps.append((list(seen), list(hashed)))
    finally:
        event.remove(world.engine, "before_cursor_execute", note)
    assert steps[0] == steps[1] == steps[2]
    assert steps[0][1] == ["hash"]


# --- guessing --------------------------------------------------------------------------------------


@pytest.mark.parametrize("known", [True, False])
def test_after_five_wrong_passwords_even_the_right_one_waits(clerk, monkeypatch, known):
    login = clerk.login if known else NOBODY
    for _ in range(lockout.OF_LOGIN):
        assert tries(login).code == "LOGIN_REFUSED"
    locked = tries(login, PASSWORD)
    assert (locked.code, locked.status, locked.params["minutes"]) == ("LOGIN_LOCKED", 429, 1)
    later(monkeypatch, seconds=61)
    assert tries(login).code == "LOGIN_REFUSED"


def test_a_login_is_counted_however_it_is_spelled(clerk):
    for spelled in (clerk.login, clerk.login.upper(), f" {clerk.login}", clerk.login.replace("c", "ｃ"), clerk.login):
        tries(spelled)
    assert tries(clerk.login, PASSWORD).code == "LOGIN_LOCKED"


def test_a_hundred_guesses_at_once_are_not_more_than_in_a_row(clerk):
    with ThreadPoolExecutor(12) as pool:
        told = list(pool.map(lambda n: tries(clerk.login, f"guess number {n}").code, range(24)))
    assert told.count("LOGIN_REFUSED") <= lockout.OF_LOGIN


def test_wrong_codes_are_counted_too_and_the_password_alone_does_not_clear_them(clerk):
    for _ in range(lockout.OF_LOGIN):
        assert refused(clerk.gives_code, clerk.gives_password(), "000000") == "CODE_REFUSED"
    assert refused(clerk.gives_password) == "LOGIN_LOCKED"


def test_who_gets_in_is_counted_anew(clerk, monkeypatch):
    later(monkeypatch, minutes=1)
    for _ in range(lockout.OF_LOGIN - 1):
        tries(clerk.login)
    clerk.logs_in()
    assert tries(clerk.login).code == "LOGIN_REFUSED"
    assert tries(clerk.login).code == "LOGIN_REFUSED"


def test_one_address_that_tries_many_logins_is_locked_and_others_are_not(clerk):
    for number in range(lockout.OF_ADDRESS):
        tries(f"login-{number}", address="203.0.113.9")
    assert tries(clerk.login, PASSWORD, address="203.0.113.9").code == "LOGIN_LOCKED"
    assert clerk.gives_password(address="203.0.113.10")


def test_neither_logins_nor_addresses_of_tries_are_kept_in_clear(world):
    tries("a-login-of-nobody", address="203.0.113.77")
    kept = repr(world.books.whole())
    assert "a-login-of-nobody" not in kept and "203.0.113.77" not in kept


# --- what is kept ----------------------------------------------------------------------------------


def test_no_secret_is_kept_in_clear(world, clerk):
    kept = repr(world.books.whole())
    for secret in (PASSWORD, clerk.phone.secret, *clerk.recovery_codes, clerk.recovery_codes[0].replace("-", "")):
        assert secret not in kept


def test_a_hash_of_yesterdays_cost_is_made_anew(world, clerk, monkeypatch):
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    accepted = clerk.gives_password()
    assert "t=2" in str(world.books.whole()["credential"])
    assert clerk.gives_password().changed_at == accepted.changed_at


def test_every_step_is_an_event_of_the_courts_chain(world, clerk, monkeypatch):
    later(monkeypatch, minutes=1)
    tries(clerk.login)
    clerk.logs_in()
    kinds = [kind for kind in ("staff.invited", "staff.set_up", "staff.log_in_refused", "staff.password_accepted",
                                "staff.logged_in")
             if f'"kind":"{kind}"' in "".join(map(str, world.books.whole()["audit_event"]))]
    assert len(kinds) == 5


# --- development -----------------------------------------------------------------------------------


def test_one_factor_is_enough_only_where_the_process_allows_it(clerk):
    credentials.set_password_only(clerk.login, "a demo pass-phrase", actor="operator")
    accepted = log_in.with_password(clerk.login, "a demo pass-phrase", address=ADDRESS, may_be_one_factor=True)
    assert accepted.needs_code is False
    assert tries(clerk.login, "a demo pass-phrase").code == "SECOND_FACTOR_MISSING"
