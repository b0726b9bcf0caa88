"""A log-in ends in the middle of a form: what was typed comes back to its person alone, and does nothing by itself."""

import hashlib
import json
import re
from html import unescape

import pyotp
import pytest
from sqlalchemy import select

from livefreeze.flows import credentials, sessions, staff
from livefreeze.flows.transaction import reading
from livefreeze.store import tables
from tests.support.world.kept import kept_world, world  # noqa: F401  fixtures
from tests.support.world.numbers import unique

PASSWORD = "ein gutes Passwort 37"
ADDRESS = "/court/orders/new"
TYPED = {"name": "张三", "id_number": "330281198001010001"}


class Browser:
    """A person who fills in what a page holds."""

    def __init__(self, app):
        self.client = app.test_client()
        self.page = None

    def opens(self, path):
        self.page = self.client.get(path, headers={"Accept-Language": "en"})
        return self.page

    def hidden(self):
        """The hidden fields of the form in the page that is open."""
        form = re.search(r"<main.*?</main>", self.page.text, re.S)[0]
        form = re.search(r'<form method="post".*?</form>', form, re.S)[0]
        fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
        action = re.search(r'<form method="post"(?: action="([^"]*)")?', form)[1]
        return action, {name: unescape(value) for name, value in fields}

    def sends(self, path, **typed):
        action, fields = self.hidden()
        self.page = self.client.post(action or path, data=fields | typed, headers={"Accept-Language": "en"})
        return self.page

    def logs_in(self, login):
        self.opens("/login")
        return self.sends("/login", login=login, password=PASSWORD)

    def shows(self, name):
        """What stands in a field of the page that is open."""
        return re.search(rf'id="f-{name}"[^>]* value="([^"]*)"', self.page.text, re.S)[1]


@pytest.fixture
def court(world):  # noqa: F811
    return world.court().code


@pytest.fixture
def clerk(court):
    return member(court, "clerk")


@pytest.fixture
def browser(world, clerk):  # noqa: F811
    """With a form in front of it, whose log-in has just ended."""
    browser = Browser(world.app)
    browser.logs_in(clerk)
    browser.opens(ADDRESS)
    ends_log_ins(clerk)
    return browser


def member(court, role):
    login = unique(role)
    staff.add(login, role=role, court_code=court, actor="operator")
    credentials.set_password_only(login, PASSWORD, actor="operator")
    return login


def ends_log_ins(login):
    with reading() as connection:
        staff_id = connection.scalar(select(tables.staff.c.id).where(tables.staff.c.login == login))
    sessions.revoke_others(sessions.principal_of(sessions.open_for_staff(staff_id, agent="elsewhere")))


def debtors(world):  # noqa: F811
    return len(world.books.rows("debtor"))


def test_the_same_person_gets_back_what_was_typed_and_nothing_is_done(browser, clerk, world):  # noqa: F811
    before = debtors(world)
    asked = browser.sends(ADDRESS, **TYPED)
    assert (asked.status_code, "what you typed is shown to you again" in asked.text) == (401, True)
    assert not any(value in asked.text for value in TYPED.values())  # sealed: who else sits here reads none of it
    browser.sends("/login", login=clerk, password="wrong")
    again = browser.sends("/login", login=clerk, password=PASSWORD)
    assert (again.status_code, "You are logged in again" in again.text) == (200, True)
    filled = browser.sends("")
    assert (filled.status_code, browser.shows("name"), browser.shows("id_number")) == (200, *TYPED.values())
    assert debtors(world) == before
    assert browser.sends(ADDRESS, **TYPED).status_code == 303
    assert debtors(world) == before + 1


def test_another_person_gets_nothing_of_it(browser, court):
    browser.sends(ADDRESS, **TYPED)
    other = browser.sends("/login", login=member(court, "clerk"), password=PASSWORD)
    assert (other.status_code, other.location) == (303, ADDRESS)
    assert "张三" not in browser.opens(ADDRESS).text


def test_it_passes_through_the_code_of_the_app(world, court):  # noqa: F811
    login, secret = unique("judge"), pyotp.random_base32()
    staff.add(login, role="judge", court_code=court, actor="operator")
    token = credentials.invite(login, actor="operator")
    codes = credentials.set_up(token, password=PASSWORD, secret=secret, code=pyotp.TOTP(secret).now())
    browser = Browser(world.app)
    browser.logs_in(login)
    browser.opens("/login/code")
    browser.sends("/login/code", code=codes[0])
    browser.opens(ADDRESS)
    ends_log_ins(login)
    browser.sends(ADDRESS, **TYPED)
    assert "Code" in browser.sends("/login", login=login, password=PASSWORD).text
    browser.sends("/login/code", code="000000")
    browser.sends("/login/code", code=codes[1])
    assert (browser.sends("").status_code, browser.shows("name")) == (200, "张三")


def test_who_logged_in_anew_in_another_tab_sees_the_form_filled(browser, clerk, world):  # noqa: F811
    before, form = debtors(world), browser.page
    browser.logs_in(clerk)
    browser.page = form
    filled = browser.sends(ADDRESS, **TYPED)
    assert (filled.status_code, browser.shows("name"), debtors(world)) == (200, "张三", before)
    assert "nothing was done with it" in filled.text


def test_who_logged_out_in_another_tab_gets_it_back_too(browser, clerk, world):  # noqa: F811
    browser.client.delete_cookie("livefreeze")
    assert browser.sends(ADDRESS, **TYPED).status_code == 401
    browser.sends("/login", login=clerk, password=PASSWORD)
    assert (browser.sends("").status_code, browser.shows("id_number")) == (200, TYPED["id_number"])


def test_a_form_that_another_site_made_is_not_kept(world):  # noqa: F811
    foreign = world.app.test_client().post(ADDRESS, data=TYPED | {"typed_by": "InN0Zl8xIg.forged"})
    assert (foreign.status_code, "张三" in foreign.text) == (400, False)


def test_a_form_shown_to_another_person_is_refused(browser, court, world):  # noqa: F811
    form = browser.page
    browser.logs_in(member(court, "clerk"))
    browser.page = form
    assert browser.sends(ADDRESS, **TYPED).status_code == 400


def test_what_is_about_passwords_is_never_kept(world, clerk):  # noqa: F811
    browser = Browser(world.app)
    browser.logs_in(clerk)
    browser.opens("/account/password")
    ends_log_ins(clerk)
    assert browser.sends("/account/password", old_password=PASSWORD, password="x" * 14).status_code == 303


def test_what_is_kept_of_a_sent_form_is_of_no_use_without_the_key(world, clerk):  # noqa: F811
    browser = Browser(world.app)
    browser.logs_in(clerk)
    browser.opens(ADDRESS)
    assert browser.sends(ADDRESS, **TYPED).status_code == 303
    typed = sorted((name, [text]) for name, text in TYPED.items())
    guess = hashlib.sha256(json.dumps([ADDRESS, typed]).encode()).digest()  # whoever guesses the number finds no such
    assert guess not in {bytes(row.digest) for row in world.books.rows("form_claim") if row.digest is not None}
