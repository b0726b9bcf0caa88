"""From the case to the drafted order by clicks alone: ask, see banks answer, look, recognise, draft."""

from typing import NamedTuple

import pytest

from livefreeze.flows import staff
from livefreeze.web.court.console import inquiry_answers
from tests.flows.test_inquiry_findings import salary
from tests.support.clicking import CHINESE, Page, Visitor
from tests.support.counting import counted, questions
from tests.support.world.bank import Bank
from tests.support.world.court import Court, Debtor
from tests.support.world.inquiry import ACCOUNT, LINES, NUMBER, history
from tests.support.world.numbers import id_number, unique

SECOND = {**ACCOUNT, "account": "6222020000009999999", "freezes": []}
QUERIES_MAX = 30


class Asking(NamedTuple):
    """A court with a case, and two banks that may be asked."""

    court: Court
    debtor: Debtor
    case: str
    first: Bank
    second: Bank

    def visitor(self, world, role: str = "clerk", **options: object) -> Visitor:
        return Visitor(world.app, staff.authenticate(self.court.tokens[role]).staff_id, **options)

    def form(self, clerk: Visitor) -> Page:
        return clerk.opens(f"/court/cases/{self.case}/inquiries/new")

    def starts(self, world, clerk: Visitor, **typed: object) -> Page:
        """The page of a new inquiry, and the question with each bank."""
        asked = {"reason": "查询财产线索", "period_from": "2025-03-09", "period_to": "2026-03-08", **typed}
        page = clerk.sends(self.form(clerk).form("/inquiries/new"), **asked)
        world.delivers()
        return page


@pytest.fixture
def asking(world) -> Asking:
    court = world.court()
    debtor = court.names("张三", id_number())
    return Asking(court, debtor, court.opens_case(debtor), world.bank(), world.bank())


@pytest.fixture
def clerk(world, asking) -> Visitor:
    return asking.visitor(world)


def link(page: Page, part: str) -> str:
    return next(address for address, _ in page.links if part in address)


# --- the whole way

def test_from_the_case_to_an_order_that_waits_for_a_second_person(world, asking, clerk):
    case = clerk.opens(f"/court/cases/{asking.case}")
    assert link(case, "/inquiries/new") == f"/court/cases/{asking.case}/inquiries/new"
    page = asking.starts(world, clerk)
    assert "2 banks are being asked" in page.text and "2 of 2 banks still to answer" in page.text
    (question,) = asking.first.asked()
    asking.first.answers(question, outcome="accounts", accounts=[ACCOUNT, SECOND], histories=salary())
    asking.second.answers(asking.second.asked()[0])
    page = clerk.opens(page.address)
    assert "answered" in page.text and "no such person" in page.text and "all banks have answered" in page.text
    found = clerk.opens(link(page, "/answers"))
    assert "****4567" in found.text and "rank 1 · CNY 3,000.00 · 示例区人民法院" in found.text
    income = clerk.opens(link(page, "/income"))
    assert "示例纺织有限公司" in income.text and "11 of 11 months" in income.text and "sweep on day 12" in income.text
    draft = income.form("/order")
    assert draft.fields["anchor_day"] == ["10"] and len(draft.fields["accounts"]) == 1
    both = [address.rsplit("/", 1)[1] for address, _ in found.links if "/accounts/iqa_" in address]
    terms = clerk.sends(draft, accounts=sorted(both, key=lambda each: each not in draft.fields["accounts"]))
    form = terms.form(terms.address.split("?")[0])
    assert len(form.fields["accounts"]) == 2 and form.fields["quota"] == ["60000.00"]
    assert (form.fields["anchor_day"], form.fields["day"]) == (["10"], ["12"])
    proposal = clerk.sends(form, notice_number=unique("之一"))
    assert proposal.address.startswith("/court/proposals/prp_"), proposal.text
    document = asking.court.gets("judge", proposal.address.removeprefix("/court"))["document"]
    assert len(document["accounts"]) == 2 and document["rule"]["period"]["anchor_day"] == 10


def test_the_case_says_what_is_held_of_what_is_owed(world):
    frozen = world.freezes()
    page = Visitor(world.app, staff.authenticate(frozen.court.tokens["clerk"]).staff_id).opens(
        f"/court/cases/{frozen.case}")
    assert "Held on frozen accounts now: CNY 8,000.00." in page.text
    assert "that is CNY 8,000.00 of the CNY 60,000.00 owed (13 %)" in page.text


# --- starting

@pytest.mark.parametrize(("typed", "fields"), [
    ({"reason": ""}, ["reason"]),
    ({"period_from": "2026-03-08", "period_to": "2026-03-07"}, ["period_to"]),
    ({"period_from": "2022-01-01"}, ["period_to"]),
    ({"period_from": "2025-02-30"}, ["period_from"]),
    ({"term": "30", "interval_days": "0"}, ["interval_days"]),
])
def test_a_field_says_itself_what_is_wrong(world, asking, clerk, typed, fields):
    page = asking.starts(world, clerk, **typed)
    assert (page.status, page.fields_with_error) == (422, fields), page.text
    assert page.form("/inquiries/new").fields["period_to"] == [typed.get("period_to", "2026-03-08")]


def test_a_number_with_a_wrong_check_digit_is_refused_beside_the_debtor(world, clerk):
    court = world.court()
    wrong = court.names("张三", "330281199001011239")
    asking = Asking(court, wrong, court.opens_case(wrong), world.bank(), world.bank())
    page = asking.starts(world, asking.visitor(world))
    assert (page.status, page.fields_with_error) == (422, ["debtor"])


def test_one_bank_is_asked_alone(world, asking, clerk):
    none = asking.starts(world, clerk, whom="some")
    assert none.status == 422 and "Choose at least one bank." in none.text
    page = asking.starts(world, clerk, whom="some", banks=[asking.second.code])
    assert "1 bank is being asked" in page.text
    assert (asking.first.asked(), len(asking.second.asked())) == ([], 1)


def test_nothing_is_asked_in_a_closed_case(world, asking, clerk):
    asking.court.posts("judge", f"/cases/{asking.case}/close", {"reason": "已执行完毕"})
    page = asking.starts(world, clerk)
    assert page.status == 409 and "closed" in page.text


def test_a_question_that_stands_is_ended_by_a_click(world, asking, clerk):
    page = asking.starts(world, clerk, term="90", interval_days="14")
    assert "asked again every 14 days" in page.text
    ended = clerk.sends(page.form("/end"))
    assert "Ended: banks are told" in ended.text and "by the court" in ended.text


# --- progress

def test_progress_asks_for_itself_again_until_all_have_answered(world, asking, clerk):
    page = asking.starts(world, clerk)
    assert 'hx-trigger="every 2s"' in page.html
    assert (page.address, "Reload to see what came") in page.links
    asking.first.answers(asking.first.asked()[0], outcome="refused", why="公章不清")
    (question,) = asking.second.asked()
    asking.second.answers(question, outcome="accounts", part=1, parts=2, accounts=[ACCOUNT])
    part = clerk.opens(page.address)
    assert "refused to answer" in part.text and "answers in parts 1 of 2" in part.text
    assert "公章不清" in clerk.opens(f"{page.address}/answers").text
    asking.second.answers(question, outcome="accounts", part=2, parts=2, histories=history(*LINES))
    assert "hx-trigger" not in clerk.opens(page.address).html


def test_a_part_of_the_page_comes_alone_where_htmx_asks(world, asking, clerk):
    page = asking.starts(world, clerk)
    part = clerk.answer(page.address, headers={"HX-Request": "true"}).text
    assert part.lstrip().startswith('<div id="progress"') and "<html" not in part


def test_where_the_log_in_has_ended_the_whole_page_goes_to_log_in(world, asking, clerk):
    page = asking.starts(world, clerk)
    answer = world.app.test_client().get(page.address, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.text) == (204, "")
    assert answer.headers["HX-Redirect"].startswith("/login")


def test_who_does_not_answer_in_time_is_said_so(world, asking, clerk):
    page = asking.starts(world, clerk)
    world.clock.reaches("2026-03-13T09:00:00+08:00")
    assert clerk.opens(page.address).text.count("did not answer in time") == 2
    asking.first.answers(asking.first.asked()[0])
    assert "no such person late" in clerk.opens(page.address).text


def test_what_is_about_another_person_is_said_of_the_bank(world, asking, clerk):
    page = asking.starts(world, clerk)
    asking.first.answers(asking.first.asked()[0], id_number=id_number())
    assert "answered about another person" in clerk.opens(page.address).text
    assert (page.address, "To the inquiry") in clerk.opens("/court/alerts").links


# --- answers

def test_bookings_are_flagged_line_by_line_and_the_number_is_shown_once(world, asking, clerk):
    page = asking.starts(world, clerk)
    broken = {**LINES[2], "balance_after": "17000.00"}
    asking.first.answers(asking.first.asked()[0], outcome="accounts", accounts=[ACCOUNT],
                         histories=history(*LINES[:2], broken))
    found = clerk.opens(f"{page.address}/answers")
    assert "the balance does not follow from the line before · 1 line" in found.text
    account = clerk.opens(link(found, "/accounts/iqa_"))
    assert account.text.count("the balance does not follow from the line before") == 1
    assert NUMBER not in account.html and NUMBER in clerk.sends(account.form("/number")).text
    assert NUMBER not in clerk.opens(account.address).html
    events = [event["detail"] for event in world.books.chain(f"case:{asking.case}")
              if event["kind"] == "inquiry.looked_at"]
    assert "number" in [detail["what"] for detail in events]


def test_the_signed_message_of_an_answer_is_opened(world, asking, clerk):
    page = asking.starts(world, clerk)
    asking.first.answers(asking.first.asked()[0], outcome="accounts", accounts=[ACCOUNT])
    page = clerk.opens(page.address)
    (form,) = [form for form in page.forms if "/answers/ian_" in form.action]
    letter = clerk.sends(form)
    assert NUMBER in letter.html and "It is recorded that you opened it." in letter.text
    assert NUMBER not in page.html
    assert "/answers/ian_" not in asking.visitor(world, "auditor").opens(page.address).html


def test_many_bookings_come_page_by_page_in_as_many_queries(world, asking, clerk):
    page = asking.starts(world, clerk)
    many = [{"date": "2026-01-10", "amount": "1.00", "sequence": number, "balance_after": f"{number}.00",
             "counterparty": "甲厂"} for number in range(1, 251)]
    asking.first.answers(asking.first.asked()[0], outcome="accounts", accounts=[ACCOUNT], histories=history(*many))
    first = clerk.opens(link(clerk.opens(f"{page.address}/answers"), "/accounts/iqa_"))
    second = clerk.opens(next(address for address, text in first.links if text == "Show more"))
    third = clerk.opens(next(address for address, text in second.links if text == "Show more"))
    assert "CNY 100.00" in first.text and "CNY 101.00" in second.text and "CNY 250.00" in third.text
    assert "Show more" not in third.text
    for address in (page.address, f"{page.address}/answers", f"{page.address}/income", second.address,
                    "/court/inquiries", f"/court/cases/{asking.case}/inquiries/new"):
        with counted() as statements:
            assert clerk.opens(address).status == 200
        assert questions(statements) <= QUERIES_MAX, address


def test_an_account_of_another_debtor_is_not_drafted(world, asking, clerk):
    page = asking.starts(world, clerk)
    asking.first.answers(asking.first.asked()[0], outcome="accounts", accounts=[ACCOUNT], histories=salary())
    asking.court.finds_account(asking.court.names(), asking.first, account=NUMBER)
    refused = clerk.sends(clerk.opens(f"{page.address}/income").form("/order"))
    assert refused.status == 409
    nothing = clerk.sends(clerk.opens(f"{page.address}/income").form("/order"), accounts=[])
    assert nothing.status == 422


# --- who sees what

def test_an_auditor_sees_progress_and_no_answer(world, asking, clerk):
    page = asking.starts(world, clerk)
    auditor = asking.visitor(world, "auditor")
    shown = auditor.opens(page.address)
    assert shown.status == 200 and "/answers" not in shown.html
    assert auditor.answer(f"{page.address}/answers").status_code == 403
    other = world.court()
    stranger = Visitor(world.app, staff.authenticate(other.tokens["clerk"]).staff_id)
    assert stranger.answer(page.address).status_code == 404
    assert "No inquiries yet" in stranger.opens("/court/inquiries").text


def test_the_pages_speak_chinese_too(world, asking, clerk):
    page = asking.starts(world, clerk)
    asking.first.answers(asking.first.asked()[0], outcome="accounts", accounts=[ACCOUNT], histories=salary())
    reader = asking.visitor(world, language=CHINESE)
    assert "已查询，待答复" in reader.opens(page.address).text
    assert "11 个月中有 11 个月到账" in reader.opens(f"{page.address}/income").text
    assert "协助查询" in reader.opens("/court/inquiries").text


def test_very_many_bookings_are_looked_through_only_where_somebody_asks(world, asking, clerk, monkeypatch):
    monkeypatch.setattr(inquiry_answers, "LINES_AT_ONCE", 3)
    page = asking.starts(world, clerk)
    asking.first.answers(asking.first.asked()[0], outcome="accounts", accounts=[ACCOUNT], histories=salary())
    asked_first = clerk.opens(f"{page.address}/income")
    assert "22 lines came: an unusual number." in asked_first.text
    assert "11 of 11 months" in clerk.opens(link(asked_first, "all=yes")).text
