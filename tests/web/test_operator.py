"""The administrators' pages by clicks: two persons, what each may see, the same form sent twice."""

import re

import pytest

from bank_adapters.keys import PrivateKey
from livefreeze.base import clock
from livefreeze.flows import credentials, sessions, transaction
from livefreeze.store import outbox
from tests.support.world.administrator import Administrator
from tests.support.world.clicks import Clicks


class AtDesk(Clicks):
    """An administrator before the pages."""

    def __init__(self, world, *, language="en", **tenant):
        self.who = Administrator(**tenant)
        super().__init__(world, sessions.open_for_staff(self.who.principal.staff_id, agent="t"), language=language)


@pytest.fixture
def first(world):
    return AtDesk(world)


@pytest.fixture
def second(world):
    return AtDesk(world)


def asks_for_court(desk, code="yuyao"):
    return desk.fills("/operator/courts/new", code=code, name="余姚市人民法院")


def test_a_court_by_two_persons(world, first, second):
    asked = asks_for_court(first)
    assert "Nothing has changed yet" in asked.text and "another person must approve" in asked.text
    assert "余姚市人民法院" not in second.opens("/operator/courts").text
    assert "Add a court" in second.opens("/operator/").text
    approved = second.fills(asked.request.path, act="approve")
    assert "the court is there" in approved.text
    assert "余姚市人民法院" in first.opens("/operator/courts").text
    assert "No courts yet" not in first.opens("/operator/courts").text


def test_nobody_approves_their_own_even_past_the_button(world, first, second):
    asked = asks_for_court(first)
    shown = second.opens(asked.request.path)
    digest = re.search(r'name="digest" value="([^"]+)"', shown.text)[1]
    refused = first.fills(asked.request.path, act="approve", digest=digest)
    assert refused.status_code == 403 and "Another person must approve" in refused.text
    assert world.books.rows("court") == []


def test_a_form_sent_twice_asks_once(world, first):
    shown = first.opens("/operator/courts/new")
    asked, again = (first.sends(shown, code="yuyao", name="余姚市人民法院") for _ in range(2))
    assert asked.request.path == again.request.path
    assert len(world.books.rows("platform_proposal")) == 1


def test_an_approval_sent_twice_is_one(world, first, second):
    address = asks_for_court(first).request.path
    shown, other_tab = second.opens(address), second.opens(address)
    for _ in range(2):
        assert second.sends(shown, act="approve").status_code == 200
    late = second.sends(other_tab, act="approve")
    assert late.status_code == 409 and "The proposal is approved" in late.text
    assert len(world.books.rows("platform_decision")) == 1


def test_what_was_typed_stays(first):
    refused = first.fills("/operator/courts/new", code="NOT a code", name="余姚市人民法院")
    assert refused.status_code == 422
    assert 'value="NOT a code"' in refused.text and 'id="e-code"' in refused.text


def test_a_user_and_their_link(world, first, second):
    court = world.court()
    asked = first.fills("/operator/users/new", login="wang", role="judge", court=court.code)
    approved = second.fills(asked.request.path, act="approve")
    assert "Make the link" in approved.text and "Make the link" not in first.opens(asked.request.path).text
    linked = second.sends(approved)
    token = re.search(r"/setup/([A-Za-z0-9_-]+)<", linked.text)[1]
    assert credentials.invited(token).login == "wang"
    assert token not in second.opens(asked.request.path).text
    assert "not set up yet" in second.opens("/operator/users?login=wa").text


def test_a_bank_and_its_address(world, first, second):
    key = PrivateKey.generate().public_key.text()
    wrong = first.fills("/operator/banks/new", code="new-bank", name="新银行", url="ftp://x", public_key=key)
    assert wrong.status_code == 422 and "must begin with https" in wrong.text
    asked = first.sends(wrong, code="new-bank", name="新银行", url="https://b.example/x", public_key=key)
    second.fills(asked.request.path, act="approve")
    shown = first.opens("/operator/banks/new-bank").text
    assert key in shown and shown.count("whpk_") == 2
    assert "新银行" in first.opens("/operator/banks").text


def test_a_dead_letter_is_replayed_by_two_persons(world, first, second):
    court, bank = world.court(), world.bank()
    debtor = court.names()
    account = court.finds_account(debtor, bank)
    order = court.serves(court.opens_case(debtor), debtor, [account])
    bank.mailbox.status = 503
    world.delivers(attempts_max=1)
    court.amends(order, "50000.00")
    (letter, _) = world.books.rows("outbound_message")
    assert "freeze placed" in first.opens("/operator/").text
    assert "HTTP 503" in first.opens(f"/operator/messages/{letter.id}").text
    confirmed = first.opens(f"/operator/messages/{letter.id}/replay")
    assert f"{account.number[-4:]} goes on: 1 message waits behind it" in confirmed.text
    assert account.number not in confirmed.text
    asked = first.sends(confirmed)
    assert first.sends(confirmed).request.path == asked.request.path
    bank.mailbox.status = 204
    second.fills(asked.request.path, act="approve")
    with transaction.transaction() as connection:
        outbox.close_bank(connection, bank.id, until=clock.wall())
    world.delivers_until(lambda: all(row.delivered_at for row in world.books.rows("outbound_message")))
    assert "delivered" in first.opens(f"/operator/messages/{letter.id}").text
    assert len(bank.mailbox.letters) == 3


def test_a_message_is_read_by_an_audited_click(world, first):
    frozen = world.serves()
    (letter,) = world.books.rows("outbound_message")
    closed = first.opens(f"/operator/messages/{letter.id}")
    assert frozen.account.number not in closed.text
    read = first.sends(closed)
    assert frozen.account.number in read.text
    assert [row for row in world.books.rows("audit_event") if '"message.read"' in row.document]


def test_an_administrator_of_a_court_sees_its_users_alone(world):
    ours, theirs = world.court(), world.court()
    desk, stranger = AtDesk(world, court=ours.code), Administrator(court=theirs.code)
    listed = desk.opens("/operator/users")
    assert desk.who.login in listed.text and stranger.login not in listed.text
    assert desk.opens(f"/operator/users/{stranger.principal.staff_id}").status_code == 404
    assert desk.opens("/operator/banks").status_code == 403
    assert "Banks" not in re.search(r'<nav class="bar".*?</nav>', listed.text, re.DOTALL)[0]
    form = desk.opens("/operator/users/new").text
    assert "Teller" not in form and 'name="court"' not in form


def test_an_administrator_of_a_bank_adds_tellers(world):
    bank = world.bank()
    one, other = AtDesk(world, bank=bank.code), AtDesk(world, bank=bank.code)
    asked = one.fills("/operator/users/new", login="li", role="teller")
    other.fills(asked.request.path, act="approve")
    (row,) = [row for row in world.books.rows("staff") if row.login == "li"]
    assert (row.bank_id, row.role) == (bank.id, "teller")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_empty_pages_teach(world, language):
    desk = AtDesk(world, language=language)
    for address in ("", "courts", "banks", "messages", "proposals", "proposals?show=done", "users?login=nobody"):
        shown = desk.opens(f"/operator/{address}")
        assert shown.status_code == 200 and 'class="empty"' in shown.text
