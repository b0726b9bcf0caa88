"""Logging in, and the ways in which others would like to: by guessing, with an old cookie, from another site."""

import re
from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import select

from livefreeze.base import clock
from livefreeze.flows import credentials, sessions, staff
from livefreeze.flows.transaction import reading
from livefreeze.store import tables
from tests.support.world.kept import kept_world, world  # noqa: F401  fixtures
from tests.support.world.numbers import unique

PASSWORD = "ein gutes Passwort 37"


class Person:
    """Somebody with a browser."""

    def __init__(self, app):
        self.client = app.test_client()

    def opens(self, path, **options):
        return self.client.get(path, headers={"Accept-Language": "en"}, **options)

    def sends(self, path, **fields):
        token = re.search('name="csrf_token" value="([^"]+)"', self.opens("/components").text)[1]
        return self.client.post(path, data={"csrf_token": token, **fields}, headers={"Accept-Language": "en"})

    def logs_in(self, login, password=PASSWORD, **more):
        return self.sends("/login", login=login, password=password, **more)


@pytest.fixture
def person(world):  # noqa: F811
    return Person(world.app)


@pytest.fixture
def clerk(world):  # noqa: F811
    login = unique("clerk")
    staff.add(login, role="clerk", court_code=world.court().code, actor="operator")
    credentials.set_password_only(login, PASSWORD, actor="operator")
    return login


@pytest.fixture
def judge(world):  # noqa: F811
    """A login with a second factor, and the secret of its app."""
    login = unique("judge")
    staff.add(login, role="judge", court_code=world.court().code, actor="operator")
    secret = pyotp.random_base32()
    token = credentials.invite(login, actor="operator")
    codes = credentials.set_up(token, password=PASSWORD, secret=secret, code=pyotp.TOTP(secret).now())
    return login, secret, codes


def later(monkeypatch, **by):
    at = clock.wall() + timedelta(**by)
    monkeypatch.setattr(clock, "wall", lambda: at)


def staff_id_of(login):
    with reading() as connection:
        return connection.scalar(select(tables.staff.c.id).where(tables.staff.c.login == login))


def code_now(secret):
    return pyotp.TOTP(secret).at(clock.wall())


def test_a_password_lets_in_and_logging_out_lets_out(person, clerk):
    assert person.opens("/account").location == "/login?next=/account"
    assert person.logs_in(clerk, next="/account").location == "/account"
    assert clerk in person.opens("/account").text
    assert person.sends("/logout").status_code == 303
    assert person.opens("/account").status_code == 303


def test_the_second_factor_is_asked_for_and_a_code_works_once(person, judge, monkeypatch, world):  # noqa: F811
    login, secret, _ = judge
    later(monkeypatch, minutes=2)
    assert person.logs_in(login).location.startswith("/login/code")
    assert person.opens("/account").status_code == 303
    code = code_now(secret)
    assert person.sends("/login/code", code=code).status_code == 303
    assert person.opens("/account").status_code == 200
    other = Person(world.app)
    other.logs_in(login)
    assert other.sends("/login/code", code=code).status_code == 403
    assert other.opens("/account").status_code == 303


def test_a_recovery_code_works_once(person, judge, world):  # noqa: F811
    login, _, codes = judge
    for who, status in ((person, 303), (Person(world.app), 403)):
        who.logs_in(login)
        assert who.sends("/login/code", code=codes[0].upper()).status_code == status


def test_an_unknown_login_is_answered_like_a_wrong_password(person, clerk):
    unknown, wrong = person.logs_in("nobody"), person.logs_in(clerk, "another password")
    assert unknown.status_code == wrong.status_code == 403
    alike = [re.sub(r'value="[^"]*"|req_\w+', "", answer.text) for answer in (unknown, wrong)]
    assert alike[0] == alike[1]


def test_an_unknown_login_takes_the_same_steps_as_a_wrong_password(person, clerk, monkeypatch):
    from livefreeze.base import passwords

    looked_at = []
    original = passwords.is_right
    monkeypatch.setattr(passwords, "is_right", lambda *given: looked_at.append(given) or original(*given))
    person.logs_in("nobody")
    person.logs_in(clerk, "another password")
    assert len(looked_at) == 2


@pytest.mark.parametrize("exists", [True, False])
def test_who_guesses_has_to_wait_even_with_the_right_password(person, clerk, exists, monkeypatch):
    login = clerk if exists else "nobody"
    for _ in range(5):
        assert person.logs_in(login, "guess").status_code == 403
    locked = person.logs_in(login, PASSWORD)
    assert (locked.status_code, "Too many" in locked.text or "too many" in locked.text) == (429, True)
    later(monkeypatch, minutes=2)
    assert person.logs_in(login, PASSWORD).status_code == (303 if exists else 403)


def test_codes_cannot_be_guessed_either(person, judge):
    login, secret, _ = judge
    person.logs_in(login)
    answers = [person.sends("/login/code", code=f"{number:06}").status_code for number in range(6)]
    assert 429 in answers


def test_a_log_in_from_another_site_is_refused(person, clerk):
    answer = person.client.post("/login", data={"login": clerk, "password": PASSWORD})
    assert answer.status_code == 400
    assert person.opens("/account").status_code == 303


def test_a_cookie_from_before_the_log_in_is_worth_nothing_after_it(person, clerk, world):  # noqa: F811
    person.opens("/login")
    before = person.client.get_cookie("livefreeze").value
    person.logs_in(clerk)
    attacker = Person(world.app)
    attacker.client.set_cookie("livefreeze", before)
    assert attacker.opens("/account").status_code == 303


def test_a_cookie_from_before_the_log_out_is_worth_nothing_after_it(person, clerk, world):  # noqa: F811
    person.logs_in(clerk)
    stolen = person.client.get_cookie("livefreeze").value
    person.sends("/logout")
    thief = Person(world.app)
    thief.client.set_cookie("livefreeze", stolen)
    assert thief.opens("/account").status_code == 303


@pytest.mark.parametrize("away", ["https://evil.invalid", "//evil.invalid", "/\\evil.invalid", "/%0d%0aX:1\r\nY"])
def test_nobody_is_sent_away_after_the_log_in(person, clerk, away):
    location = person.logs_in(clerk, next=away).location
    assert location.startswith("/") and "evil" not in location and "X:1" not in location


def test_an_invitation_sets_up_once_and_shows_a_picture_without_style(person, world):  # noqa: F811
    login = unique("judge")
    staff.add(login, role="judge", court_code=world.court().code, actor="operator")
    address = f"/setup/{credentials.invite(login, actor='operator')}"
    page = person.opens(address)
    secret = re.search('name="secret" value="([A-Z2-7]+)"', page.text)[1]
    assert "<svg" in page.text and " style=" not in page.text
    weak = person.sends(address, password="short", secret=secret, code=pyotp.TOTP(secret).now())
    assert (weak.status_code, secret in weak.text) == (422, True)
    done = person.sends(address, password=PASSWORD, secret=secret, code=pyotp.TOTP(secret).now())
    assert len(re.findall(r"<li><code>[a-z2-9-]{14}</code>", done.text)) == 8
    assert person.opens(address).status_code == 410


def test_an_invitation_ends_after_three_days_and_when_there_is_a_newer_one(person, clerk, monkeypatch):
    first, second = (credentials.invite(clerk, actor="operator") for _ in range(2))
    assert person.opens(f"/setup/{first}").status_code == 410
    assert person.opens(f"/setup/{second}").status_code == 200
    later(monkeypatch, days=3, minutes=1)
    assert person.opens(f"/setup/{second}").status_code == 410


def test_another_password_ends_the_other_log_ins(person, clerk, world):  # noqa: F811
    elsewhere = Person(world.app)
    person.logs_in(clerk)
    elsewhere.logs_in(clerk)
    wrong = person.sends("/account/password", old_password="wrong", password=PASSWORD + "!")
    assert (wrong.status_code, "This is not your password." in wrong.text) == (403, True)
    assert person.sends("/account/password", old_password=PASSWORD, password=PASSWORD + "!").status_code == 303
    assert person.opens("/account").status_code == 200
    assert elsewhere.opens("/account").status_code == 303


def test_a_log_in_elsewhere_can_be_ended_and_a_strangers_cannot(person, clerk, judge, world):  # noqa: F811
    elsewhere = Person(world.app)
    person.logs_in(clerk)
    elsewhere.logs_in(clerk)
    ending = re.search(r"/account/sessions/ses_\w+/end", person.opens("/account").text)[0]
    stranger = Person(world.app)
    stranger.logs_in(judge[0])
    stranger.sends("/login/code", code=judge[2][0])
    assert stranger.sends(ending).status_code == 404
    assert person.sends(ending).status_code == 303
    assert elsewhere.opens("/account").status_code == 303


@pytest.mark.parametrize("password", ["short", "123456789012", "aaaaaaaaaaaaaaaa", "x" * 201])
def test_a_password_that_others_guess_first_is_refused(person, clerk, password):
    person.logs_in(clerk)
    answer = person.sends("/account/password", old_password=PASSWORD, password=password)
    assert answer.status_code == 422
    assert "at least 12" in answer.text or "At least" in answer.text or "Take at least" in answer.text


def test_no_password_or_secret_stands_in_the_log(person, judge, caplog):
    person.logs_in(judge[0], "a secret that was typed")
    person.sends("/login/code", code="123456")
    assert "a secret that was typed" not in caplog.text
    assert "123456" not in caplog.text


def test_after_a_log_in_that_ended_in_the_middle_one_is_back_on_the_page_of_the_form(person, clerk, world):  # noqa: F811
    person.logs_in(clerk)
    token = re.search('name="csrf_token" value="([^"]+)"', person.opens("/components").text)[1]
    sessions.revoke_others(sessions.principal_of(sessions.open_for_staff(staff_id_of(clerk), agent="x")))
    answer = person.client.post("/account/password?x=1", data={"csrf_token": token}, headers={"Accept-Language": "en"})
    assert answer.location == "/login?next=/account/password?x%3D1"
    assert "nothing was done" in person.opens(answer.location).text
    assert person.logs_in(clerk, next="/account/password?x=1").location == "/account/password?x=1"


def test_an_address_that_only_takes_forms_is_no_way_back(person, clerk):
    assert person.sends("/account/sessions/end-others").location == "/login?next=/"


def test_a_new_phone_is_set_up_by_oneself_with_the_password(person, clerk):
    person.logs_in(clerk)
    assert person.sends("/account/phone", password="wrong").status_code == 403
    address = person.sends("/account/phone", password=PASSWORD).location
    assert address.startswith("/setup/") and person.opens(address).status_code == 200


def test_a_judge_names_a_deputy_who_then_acts_in_their_stead(person, judge, world):  # noqa: F811
    with reading() as connection:
        code = connection.execute(select(tables.court.c.code)).scalars().first()
    other = unique("judge")
    staff.add(other, role="judge", court_code=code, actor="operator")
    credentials.set_password_only(other, PASSWORD, actor="operator")
    person.logs_in(judge[0])
    person.sends("/login/code", code=judge[2][0])
    today = clock.now().date()
    refused = person.sends("/account/deputies", deputy=other, since="2026-01-02", until="2026-01-01")
    assert (refused.status_code, 'value="2026-01-02"' in refused.text) == (422, True)
    term = {"since": str(today - timedelta(days=1)), "until": str(today + timedelta(days=7))}
    assert person.sends("/account/deputies", deputy=other, **term).status_code == 303
    deputy = Person(world.app)
    deputy.logs_in(other)
    page = deputy.opens("/account/deputies").text
    named = re.search('name="for" value="(stf_[^"]+)"', page)[1]
    assert deputy.sends("/account/acting", **{"for": named}).status_code == 303
    assert "standing in for another" in deputy.opens("/account").text
    assert person.sends("/account/acting", **{"for": named}).status_code == 404
    ending = re.search('name="deputy" value="(dpt_[^"]+)"', person.opens("/account/deputies").text)[1]
    assert deputy.sends("/account/deputies/end", deputy=ending).status_code == 404
    assert person.sends("/account/deputies/end", deputy=ending).status_code == 303
    assert "standing in for another" not in deputy.opens("/account").text
