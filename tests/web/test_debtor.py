"""The debtor's pages without JavaScript: the code, what can be taken, why, and how long it may take."""

import re

import pytest

from livefreeze.flows import sessions
from tests.support.counting import counted, questions
from tests.support.world import SWEEP_DAY, telephone
from tests.support.world.clicks import Clicks

STRANGER = "330281199912310019"


@pytest.fixture
def frozen(world):
    return world.freezes()


@pytest.fixture
def debtor(world, frozen):
    return Clicks(world, sessions.open_for_debtor(frozen.debtor.id, agent="t"))


def plain(shown) -> str:
    """The page's words without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", shown.text)).replace("\u00a0", " ")


def test_a_code_leads_to_the_page(world, frozen):
    browser = Clicks(world)
    form = browser.fills("/debtor/log-in", number=frozen.debtor.id_number)
    assert form.request.path == "/debtor/code"
    home = browser.sends(form, code=telephone.code())
    assert home.request.path == "/debtor/"
    assert "Today you can take up to" in home.text


def test_a_wrong_code_stays_out(world, frozen):
    browser = Clicks(world)
    form = browser.fills("/debtor/log-in", number=frozen.debtor.id_number)
    refused = browser.sends(form, code="0000 0000")
    assert (refused.status_code, refused.request.path) == (422, "/debtor/code")
    assert "The code is wrong or no longer good" in refused.text


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_a_stranger_sees_the_very_same_pages(world, frozen, language):
    seen = []
    for number in (frozen.debtor.id_number, STRANGER):
        browser = Clicks(world, language=language)
        form = browser.fills("/debtor/log-in", number=number)
        refused = browser.sends(form, code="0000 0000")
        for shown in (form, refused):
            seen.append((shown.status_code, shown.request.path, re.sub(r'value="[^"]*"', "", shown.text)))
    assert seen[:2] == seen[2:]


def test_sent_twice_the_form_sends_one_code(world, frozen):
    browser = Clicks(world)
    form = browser.opens("/debtor/log-in")
    for _ in range(2):
        shown = browser.sends(form, number=frozen.debtor.id_number)
    assert len(telephone.messages()) == 1
    assert browser.sends(shown, code=telephone.code()).request.path == "/debtor/"


def test_the_code_is_of_no_use_without_the_browser_that_asked(world, frozen):
    Clicks(world).fills("/debtor/log-in", number=frozen.debtor.id_number)
    other = Clicks(world)
    assert "No code was asked for in this browser" in other.opens("/debtor/code").text


def test_the_page_answers_in_plain_words(frozen, debtor):
    frozen.bank.withdraws(frozen.account, "1000.00")
    said = plain(debtor.opens("/debtor/"))
    for expected in ("up to CNY 1,500.00", "Taken so far CNY 1,000.00", "Whole again on April 10, 2026",
                     "at the counter of any branch", "示例市人民法院", "until CNY 60,000.00 are paid",
                     "cannot be said yet", "How is this worked out?"):
        assert expected in said


def test_it_speaks_chinese_as_well(world, frozen):
    browser = Clicks(world, sessions.open_for_debtor(frozen.debtor.id, agent="t"), language="zh-CN")
    said = plain(browser.opens("/debtor/"))
    assert "今天最多可以取 2,500.00 元" in said and "恢复日期 2026年4月10日" in said


def test_the_pace_is_said_with_its_months(world, frozen, debtor):
    world.clock.reaches(SWEEP_DAY)
    world.ticks()
    (transfer,) = frozen.bank.instructed()
    frozen.bank.reports(frozen.bank.transfer("settled", frozen.account, transfer.transfer, transfer.amount))
    assert "At CNY 5,500.00 a month, as of late, it may take about 10 more months." in plain(debtor.opens("/debtor/"))
    in_chinese = Clicks(world, sessions.open_for_debtor(frozen.debtor.id, agent="t"), language="zh-CN")
    assert "按近期每月 5,500.00 元 计算，大约还需要 10 个月" in plain(in_chinese.opens("/debtor/"))


def test_the_list_says_when_where_and_why_not(frozen, debtor):
    assert "Nothing taken yet" in debtor.opens("/debtor/withdrawals").text
    frozen.bank.withdraws(frozen.account, "1000.00")
    frozen.bank.withdraws(frozen.account, "2000.00")
    said = plain(debtor.opens("/debtor/withdrawals"))
    assert "CNY 2,000.00 at the counter of any branch · 示例银行" in said
    assert "more than what is left of the living allowance" in said


def test_a_list_that_goes_on_before_nothing_of_theirs_begins_anew(frozen, debtor):
    frozen.bank.withdraws(frozen.account, "1.00")
    assert "CNY\u00a01.00" in debtor.opens("/debtor/withdrawals?before=wdl_01kkb5c8w0q3v7n2m4x6z8a9b1").text


def test_a_long_list_comes_in_parts(frozen, debtor):
    for _ in range(27):
        frozen.bank.withdraws(frozen.account, "1.00")
    first = debtor.opens("/debtor/withdrawals")
    following = re.search(r'rel="next" href="([^"]*)"', first.text)[1]
    second = debtor.opens(following)
    assert (first.text.count("CNY\u00a01.00"), second.text.count("CNY\u00a01.00")) == (25, 2)
    assert 'rel="next"' not in second.text


def test_a_stranger_is_sent_to_the_debtors_own_log_in(world):
    assert Clicks(world).opens("/debtor/withdrawals").request.path == "/debtor/log-in"


def test_when_it_is_over_the_page_says_that_the_account_is_free(frozen, debtor):
    frozen.court.releases(frozen.order)
    assert "Your account is free" in debtor.opens("/debtor/").text


def test_who_has_nothing_frozen_is_told_whom_to_ask(world):
    waiting = world.serves()
    browser = Clicks(world, sessions.open_for_debtor(waiting.debtor.id, agent="t"))
    assert "Nothing is frozen here" in browser.opens("/debtor/").text


def test_no_number_is_shown_whole(frozen, debtor):
    for address in ("/debtor/", "/debtor/withdrawals"):
        shown = debtor.opens(address).text
        assert frozen.account.number not in shown and frozen.debtor.id_number not in shown


def test_the_notices_are_a_page_in_development_alone(world, frozen, tmp_path):
    from livefreeze import app as web_process
    from livefreeze.web import shell

    browser = Clicks(world)
    browser.fills("/debtor/log-in", number=frozen.debtor.id_number)
    assert telephone.code() in browser.opens("/notices/").text
    plain_application = shell.build(web_process.BLUEPRINTS, is_ready=lambda: True, is_https=True)
    assert "notices.newest" not in plain_application.view_functions


QUERIES_MAX = 20


def test_more_to_show_asks_no_more_often(world, frozen, debtor):
    frozen.bank.withdraws(frozen.account, "1.00")

    def asked() -> list[int]:
        counts = []
        for address in ("/debtor/", "/debtor/withdrawals"):
            with counted() as statements:
                assert debtor.opens(address).status_code == 200
            counts.append(questions(statements))
        return counts

    before = asked()
    for _ in range(3):
        frozen.bank.withdraws(frozen.account, "1.00")
        court, account = world.court(), frozen.account
        court.names(frozen.debtor.name, frozen.debtor.id_number)
        court.serves(court.opens_case(frozen.debtor), frozen.debtor, [account])
        world.delivers()
        frozen.bank.reads()
        frozen.bank.accepts(account)
    assert debtor.opens("/debtor/").text.count("<article") == 4
    assert asked() == before
    assert max(before) <= QUERIES_MAX
