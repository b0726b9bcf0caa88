"""The counter's pages without JavaScript: every answer, twice the same form, a second teller, nothing of the debt."""

import re

import pytest
from sqlalchemy import text

from livefreeze.flows import sessions, transaction
from tests.support.counting import counted, questions
from tests.support.world.clicks import Clicks, forms_of
from tests.support.world.counter import Teller

SECRETS = ("61,234", "61234", "8,000.00", "8000.00", "浙0281执", "张三", "3302811990")
LATER = "2026-03-10T12:00:00+08:00"


@pytest.fixture
def frozen(world):
    return world.freezes(quota="61234.56")


class AtCounter(Clicks):
    """A teller before the pages, with a login at the bank."""

    def __init__(self, world, bank, *, language="en", person=None):
        self.teller = Teller(bank, person=person)
        super().__init__(world, sessions.open_for_staff(self.teller.principal.staff_id, agent="t"), language=language)

    def asks(self, frozen, amount):
        return self.fills(f"/counter/accounts/{frozen.account.id}", amount=amount)


@pytest.fixture
def teller(world, frozen):
    return AtCounter(world, frozen.bank)


def answer_of(shown) -> tuple[str, str]:
    """What is read from a metre away."""
    word = re.search(r'class="word">\s*([^<]*?)\s*<', shown.text)[1]
    return word, re.search(r'class="sum">\s*([^<]*?)\s*<', shown.text)[1].replace("\u00a0", " ")


def typed_field(shown, name) -> str:
    return re.search(rf'name="{name}"[^>]*value="([^"]*)"', shown.text)[1]


def test_from_the_number_to_the_slip(frozen, teller):
    account = teller.fills("/counter/", number=frozen.account.number)
    assert account.request.path == f"/counter/accounts/{frozen.account.id}"
    assert "CNY\u00a02,500.00" in account.text
    assert "No more than this is left of the living allowance" in account.text
    approved = teller.sends(account, amount="1000")
    assert answer_of(approved) == ("May be paid", "CNY 1,000.00")
    assert "CNY\u00a01,500.00" in approved.text and "April 10, 2026" in approved.text
    paid = teller.sends(approved)
    assert answer_of(paid) == ("Paid", "CNY 1,000.00")
    slip = teller.opens(paid.request.path + "/slip")
    assert slip.status_code == 200
    assert "示例市人民法院" in slip.text and "The bank did not decide this" in slip.text


def test_declined_says_why_how_much_and_whom_to_ask(frozen, teller):
    teller.asks(frozen, "1000")
    declined = teller.asks(frozen, "2000")
    assert answer_of(declined) == ("Declined", "CNY 2,000.00")
    for said in ("more than what is left of the living allowance", "up to CNY\u00a01,500.00", "示例市人民法院"):
        assert said in declined.text


def test_it_speaks_chinese_as_well(world, frozen):
    shown = AtCounter(world, frozen.bank, language="zh-CN").asks(frozen, "1000")
    assert answer_of(shown) == ("准予支取", "1,000.00 元")
    assert "支取金额在当前可支取范围内" in shown.text


@pytest.mark.parametrize(("number", "said"), [
    ("6222029999999999999", "Nothing of that name is known here"), ("", "This field is required"),
])
def test_a_number_that_is_not_this_banks_is_unknown_and_stays_in_the_form(teller, number, said):
    shown = teller.fills("/counter/", number=number)
    assert shown.status_code in (404, 422)
    assert said in shown.text and typed_field(shown, "number") == number


@pytest.mark.parametrize("amount", ["", "1e3", "0", "-5", "1000.001"])
def test_a_wrong_amount_stays_in_the_form_and_moves_nothing(world, frozen, teller, amount):
    shown = teller.asks(frozen, amount)
    assert shown.status_code == 422
    assert typed_field(shown, "amount") == amount
    assert 'id="e-amount"' in shown.text
    assert world.books.account(frozen.account.id) == (8_000_00, 0, 0)


def test_a_double_click_and_the_back_button_do_nothing_twice(world, frozen, teller):
    form = teller.opens(f"/counter/accounts/{frozen.account.id}")
    first, again = teller.sends(form, amount="1000"), teller.sends(form, amount="1000")
    assert first.request.path == again.request.path
    assert world.books.account(frozen.account.id).held == 1_000_00
    for _ in range(2):
        assert answer_of(teller.sends(first))[0] == "Paid"
    assert world.books.account(frozen.account.id) == (7_000_00, 0, 0)
    refused = teller.sends(first, form=2)  # back, then "cancel": it is paid
    assert refused.status_code == 409
    assert answer_of(refused)[0] == "Paid"


def test_less_was_paid(world, frozen, teller):
    approved = teller.asks(frozen, "1000")
    assert answer_of(teller.sends(approved, form=1, amount="400")) == ("Paid", "CNY 400.00")
    assert world.books.account(frozen.account.id) == (7_600_00, 0, 0)


def test_more_was_typed_than_approved(world, frozen, teller):
    shown = teller.sends(teller.asks(frozen, "1000"), form=1, amount="1000.01")
    assert shown.status_code == 422
    assert "1000.00 CNY were approved" in shown.text and typed_field(shown, "amount") == "1000.01"
    assert world.books.account(frozen.account.id).held == 1_000_00


def test_nothing_was_paid(world, frozen, teller):
    assert answer_of(teller.sends(teller.asks(frozen, "1000"), form=2))[0] == "Cancelled"
    assert world.books.account(frozen.account.id) == (8_000_00, 0, 0)


def test_an_expired_hold_waits_on_the_home_page_for_a_word(world, frozen, teller):
    asked = teller.asks(frozen, "1000")
    world.clock.reaches(LATER)
    world.ticks()
    assert asked.request.path in teller.opens("/counter/").text
    shown = teller.opens(asked.request.path)
    assert answer_of(shown)[0] == "Not confirmed"
    assert answer_of(teller.sends(shown))[0] == "Paid"
    assert asked.request.path not in teller.opens("/counter/").text


def test_today_lists_what_was_asked(frozen, teller):
    assert "Nothing yet today" in teller.opens("/counter/today").text
    asked = [teller.asks(frozen, amount).request.path for amount in ("100", "9000")]
    listed = teller.opens("/counter/today").text
    assert all(path in listed for path in asked)


def test_a_list_that_goes_on_after_nothing_of_this_banks_begins_anew(frozen, teller):
    asked = teller.asks(frozen, "100").request.path
    assert asked in teller.opens("/counter/today?after=wdl_01kkb5c8w0q3v7n2m4x6z8a9b1").text


def test_cash_that_came_back_takes_two_persons(world, frozen, teller):
    asked = teller.asks(frozen, "1000")
    teller.sends(asked)
    request = teller.fills(asked.request.path + "/reversal", amount="400")
    assert "another teller has to approve" in request.text
    assert [held.get("digest") for _, held in forms_of(request)] == [None]  # who asked may only withdraw it
    second = AtCounter(world, frozen.bank)
    assert request.request.path in second.opens("/counter/").text
    approved = second.fills(request.request.path, act="approve")
    assert "Approved by" in approved.text
    assert world.books.account(frozen.account.id) == (7_400_00, 0, 0)


def test_the_same_person_under_another_login_is_refused(world, frozen, teller):
    asked = teller.asks(frozen, "1000")
    teller.sends(asked)
    request = teller.fills(asked.request.path + "/reversal")
    other = AtCounter(world, frozen.bank)
    form = other.opens(request.request.path)
    same = AtCounter(world, frozen.bank, person=teller.teller.principal.person)
    own_form = same.opens(request.request.path)
    digest = forms_of(form)[0][1]["digest"]
    refused = same.sends(own_form, act="approve", digest=digest)
    assert refused.status_code == 403
    assert "Another person must approve" in refused.text
    assert world.books.account(frozen.account.id) == (7_000_00, 0, 0)


def test_a_request_can_be_withdrawn(world, frozen, teller):
    asked = teller.asks(frozen, "1000")
    teller.sends(asked)
    request = teller.fills(asked.request.path + "/reversal")
    assert "Nothing has moved" in teller.sends(request, act="withdraw").text
    assert world.books.account(frozen.account.id) == (7_000_00, 0, 0)


# On SQLite there is one writer at a time, and nobody holds a pool for long.
@pytest.mark.parametrize("kept_world", ["postgres"], indirect=True)
def test_not_decided_is_said_big_and_the_same_form_can_be_sent_again(world, frozen, teller):
    form = teller.opens(f"/counter/accounts/{frozen.account.id}")
    with transaction.engine().connect() as other:
        other.execute(text("SELECT id FROM pool FOR NO KEY UPDATE"))
        shown = teller.sends(form, amount="1000")
    assert shown.status_code == 503
    assert re.search(r'class="word">Not decided<', shown.text)
    assert typed_field(shown, "amount") == "1000"
    assert answer_of(teller.sends(shown))[0] == "May be paid"
    assert world.books.account(frozen.account.id).held == 1_000_00


def test_no_page_shows_a_teller_the_debt_the_case_or_a_whole_number(world, frozen, teller):
    asked = teller.asks(frozen, "1000")
    teller.sends(asked)
    request = teller.fills(asked.request.path + "/reversal", amount="400")
    declined = teller.asks(frozen, "9000")
    pages = ["/counter/", "/counter/today", f"/counter/accounts/{frozen.account.id}", asked.request.path,
             asked.request.path + "/slip", declined.request.path, declined.request.path + "/slip",
             asked.request.path + "/reversal", request.request.path]
    for address in pages:
        shown = teller.opens(address)
        assert shown.status_code == 200
        assert [secret for secret in (*SECRETS, frozen.account.number) if secret in shown.text] == [], address


def test_another_banks_pages_do_not_exist(world, frozen, teller):
    asked = teller.asks(frozen, "1000")
    teller.sends(asked)
    request = teller.fills(asked.request.path + "/reversal")
    stranger = AtCounter(world, world.bank())
    for address in (f"/counter/accounts/{frozen.account.id}", asked.request.path, asked.request.path + "/slip",
                    asked.request.path + "/reversal", request.request.path, "/counter/accounts/x",
                    "/counter/withdrawals/wdl_1"):
        assert stranger.opens(address).status_code == 404, address
    assert asked.request.path not in stranger.opens("/counter/today").text


def test_a_debtor_and_a_stranger_have_no_business_here(world, frozen):
    debtor = Clicks(world, sessions.open_for_debtor(frozen.debtor.id, agent="t"))
    assert debtor.opens("/counter/").status_code == 403


QUERIES_MAX = 12


def test_more_to_show_asks_no_more_often(world, frozen, teller):
    first = teller.asks(frozen, "10")
    teller.sends(first)
    request = teller.fills(first.request.path + "/reversal", amount="5")
    addresses = ["/counter/", "/counter/today", f"/counter/accounts/{frozen.account.id}", first.request.path,
                 first.request.path + "/slip", first.request.path + "/reversal", request.request.path]

    def asked() -> dict[str, int]:
        counts = {}
        for address in addresses:
            with counted() as statements:
                assert teller.opens(address).status_code == 200
            counts[address] = questions(statements)
        return counts

    before = asked()
    for step in range(4):
        teller.asks(frozen, f"10.{step}1")
        paid = teller.sends(teller.asks(frozen, f"10.{step}2"))
        teller.fills(paid.request.path + "/reversal", amount="5")
    assert asked() == before
    assert max(before.values()) <= QUERIES_MAX
