"""The court's reading pages over a world in which everything has happened once."""

import json
import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from sqlalchemy import event

from livefreeze.flows import staff, transaction
from livefreeze.store.queries import timeline
from livefreeze.store.queries.viewer import Viewer
from tests.support.clicking import CHINESE, Visitor
from tests.support.databases import ENGINES, shared_database
from tests.support.world import World
from tests.support.world.scenario import Scenario, happens


class Town(NamedTuple):
    world: World
    ours: Scenario
    theirs: Scenario

    def visitor(self, role: str, **options: object) -> Visitor:
        return Visitor(self.world.app, staff.authenticate(self.ours.court.tokens[role]).staff_id, **options)

    def chain(self, name: str) -> list[dict]:
        """The documents of an audit chain, oldest first."""
        return [json.loads(row.document) for row in self.world.books.rows("audit_event") if row.chain == name]


@pytest.fixture(scope="module", params=ENGINES)
def built(request, tmp_path_factory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("reading")
    with shared_database(request, request.param, folder) as url:
        world = World(url, folder)
        yield Town(world, happens(world), happens(world))
        world.ends()
        world.close()


@pytest.fixture
def town(built) -> Town:
    built.world.enter()
    return built


@pytest.fixture
def clerk(town) -> Visitor:
    return town.visitor("clerk")


# --- the case

def test_a_case_shows_its_claim_and_one_picture_of_the_pool(town, clerk):
    case = clerk.opens(f"/court/cases/{town.ours.things['case_id']}")
    assert "Owed CNY 55,000.00 In the case fund CNY 5,500.00" in case.text
    pool = town.ours.court.sees_position(town.ours.account)["pool"]
    assert f"may be taken CNY {pool['spendable']} surplus CNY {pool['surplus']}" in case.text
    assert f"Living allowance left CNY {pool['allowance_left']} whole again on April 10, 2026" in case.text
    assert case.html.count('<svg viewBox="0 0 1000 44"') == 2  # what became of the claim, and the pool
    assert "style=" not in case.html


def test_the_figures_are_those_of_the_api(town, clerk):
    shown = town.ours.court.sees_position(town.ours.account)
    account = clerk.opens(f"/court/accounts/{town.ours.account.id}")
    assert f"May be withdrawn here now CNY {shown['position']['spendable']}" in account.text
    assert f"may be withdrawn at this account now CNY {shown['position']['spendable']}" in account.text


def test_names_and_numbers_are_masked_until_somebody_asks_and_that_is_recorded(town, clerk):
    address, chain = f"/court/cases/{town.ours.things['case_id']}", f"case:{town.ours.things['case_id']}"
    before = clerk.opens(address)
    assert town.ours.debtor.name not in before.text and town.ours.debtor.id_number not in before.text
    shown = clerk.sends(before.form("/parties"))
    assert shown.status == 200
    assert f"{town.ours.debtor.name} · {town.ours.debtor.id_number}" in shown.text
    last = town.chain(chain)[-1]
    assert (last["kind"], last["detail"]["debtors"]) == ("personal_data.shown", [town.ours.debtor.id])
    assert town.ours.debtor.id_number not in json.dumps(last)
    assert town.ours.debtor.id_number not in clerk.opens(address).text


def test_an_account_number_is_masked_until_somebody_asks_and_that_is_recorded(town, clerk):
    address = f"/court/accounts/{town.ours.account.id}"
    before = clerk.opens(address)
    assert town.ours.account.number not in before.html
    assert town.ours.account.number in clerk.sends(before.form("/number")).text
    assert town.chain(f"account:{town.ours.account.id}")[-1]["kind"] == "personal_data.shown"


# --- the timeline and its evidence

def test_the_timeline_tells_the_story_with_who_did_it_on_whose_authority(town, clerk):
    told = clerk.opens(f"/court/cases/{town.ours.things['case_id']}/timeline")
    for sentence in (
        "The case was opened: CNY 60,000.00 are owed.",
        "The order was approved and sent to the bank, with a quota of CNY 60,000.00.",
        "The bank accepted the freeze. The balance was CNY 0.00.",
        "CNY 8,000.00 came in: salary.",
        "A withdrawal of CNY 1,000.00 was approved: at the bank counter.",
        "A withdrawal of CNY 2,000.00 was declined: The withdrawal is more than what is left of the living allowance",
        "CNY 5,500.00 arrived in the case fund.",
        "The quota was changed from CNY 60,000.00 to CNY 55,000.00.",
    ):
        assert sentence in told.text, sentence
    assert "Recorded:" not in told.text
    judge = staff.authenticate(town.ours.court.tokens["judge"]).login
    assert f"Approved by {judge}" in told.text
    assert "on the authority of (2026)浙0281执" in told.text


def test_the_timeline_speaks_chinese(town):
    told = town.visitor("clerk", language=CHINESE).opens(f"/court/cases/{town.ours.things['case_id']}/timeline")
    assert "入账 8,000.00 元：工资。" in told.text
    assert "已记录：" not in told.text


def test_a_signed_message_is_opened_by_a_click_that_is_recorded_and_shows_this_account_alone(town, clerk):
    told = clerk.opens(f"/court/accounts/{town.ours.account.id}/timeline")
    forms = [form for form in told.forms if "/messages/" in form.action]
    assert forms
    opened = clerk.sends(forms[-1])  # the oldest: the receipt
    assert opened.status == 200
    assert '"type": "freeze.receipt"' in opened.text and town.ours.account.number in opened.text
    assert town.chain(f"account:{town.ours.account.id}")[-1]["kind"] == "message.opened"


def test_of_a_batch_others_accounts_are_left_out(town, clerk):
    ours, other = town.ours, town.theirs
    bank = ours.bank
    foreign = other.account._replace(number=town.ours.account.number[:-1] + "X")
    bank.reports(bank.credit(ours.account, "1.00"), bank.credit(foreign, "2.00"))
    told = clerk.opens(f"/court/accounts/{ours.account.id}/timeline")
    form = next(form for form in told.forms if "/messages/" in form.action)
    opened = clerk.sends(form)
    assert "1 event of another account is not shown" in opened.text
    assert foreign.number not in opened.html


def test_a_message_that_tells_nothing_of_the_account_is_none(town, clerk):
    form = next(form for form in clerk.opens(f"/court/accounts/{town.ours.account.id}/timeline").forms
                if "/messages/" in form.action)
    form.action = form.action.replace(town.ours.things["account_id"], _other_account(town))
    assert clerk.sends(form).status == 404


def _other_account(town: Town) -> str:
    return next(row.id for row in reversed(town.world.books.rows("account"))
                if row.bank_id == town.ours.bank.id and row.id != town.ours.account.id)


def test_page_by_page_the_timeline_shows_every_event_once_newest_first(town):
    case_id = town.ours.things["case_id"]
    wanted = len(town.chain(f"case:{case_id}")) + len(town.chain(f"account:{town.ours.account.id}"))
    seen, after = [], None
    with transaction.reading() as connection:
        while True:
            page = timeline.of_case(connection, Viewer(town.ours.court.id), case_id, limit=4,
                                    after=timeline.cursor_of(after))
            seen += [(entry["recorded_at"], entry["chain"], entry["seq"]) for entry in page["entries"]]
            after = page["next"]
            if after is None:
                break
    assert len(seen) == len(set(seen)) == wanted
    assert [instant for instant, _, _ in seen] == sorted((instant for instant, _, _ in seen), reverse=True)


@pytest.mark.parametrize("cursor", ["", "x", "////", "MjAyNg", "é"])
def test_a_cursor_that_is_none_begins_at_the_top(town, clerk, cursor):
    address = f"/court/cases/{town.ours.things['case_id']}/timeline"
    assert clerk.opens(f"{address}?after={cursor}").text == clerk.opens(address).text


# --- search

@pytest.mark.parametrize("typed", [
    "{number}", "{full}", " {number} ", "{serial}", "{serial}号", "{start}", "{square}", "{spaced}",
])
def test_a_case_is_found_however_its_number_is_typed(town, clerk, typed):
    number = _case_number(town)
    serial = number.partition("执")[2].removesuffix("号")
    typed = typed.format(
        number=number, serial=serial, start=number[:-1], square=number.replace("(", "〔").replace(")", "〕"),
        full=number.translate(str.maketrans("()0123456789", "（）０１２３４５６７８９")), spaced=" ".join(number),
    )
    found = clerk.sends(clerk.opens("/court/search").form("/search", method="get"), q=typed)
    assert f"/court/cases/{town.ours.things['case_id']}" in found.html


def test_a_case_of_another_court_is_not_found(town, clerk):
    number = next(row.case_number for row in town.world.books.rows("court_case")
                  if row.id == town.theirs.things["case_id"])
    assert "No case of this number" in clerk.opens(f"/court/search?q={number}").text


def test_a_number_of_wildcards_finds_nothing(town, clerk):
    assert "No case of this number" in clerk.opens("/court/search?q=%25%25").text


def test_a_person_and_an_account_are_found_by_the_exact_number_and_the_look_is_recorded(town, clerk):
    form = clerk.opens("/court/search").form("/search")
    by_person = clerk.sends(form, id_number=town.ours.debtor.id_number)
    assert f"/court/cases/{town.ours.things['case_id']}" in by_person.html
    assert f"/court/accounts/{town.ours.account.id}" in by_person.html
    by_account = clerk.sends(form, account=town.ours.account.number)
    assert f"/court/accounts/{town.ours.account.id}" in by_account.html
    first, second = town.chain(f"court:{town.ours.court.code}")[-2:]
    assert (first["kind"], first["detail"]) == ("search.made", {"by": "id_number", "debtor": town.ours.debtor.id})
    assert second["detail"] == {"by": "account_number", "accounts": [town.ours.account.id]}


@pytest.mark.parametrize("field", ["id_number", "account"])
def test_another_courts_person_or_account_is_found_no_more_than_one_that_is_not_there(town, clerk, field):
    theirs = {"id_number": town.theirs.debtor.id_number, "account": town.theirs.account.number}
    nobodys = {"id_number": "330281190000000000", "account": "6222020000000000000"}
    form = clerk.opens("/court/search").form("/search")
    answers = [clerk.sends(form, **{field: numbers[field]}) for numbers in (theirs, nobodys)]
    assert all("Nobody and nothing of this number" in answer.text for answer in answers)
    assert town.chain(f"court:{town.ours.court.code}")[-1]["detail"] == (
        town.chain(f"court:{town.ours.court.code}")[-2]["detail"])


def test_a_wrong_number_is_refused_beside_its_field_and_kept(town, clerk):
    answer = clerk.sends(clerk.opens("/court/search").form("/search"), account="12")
    assert (answer.status, answer.fields_with_error) == (422, ["account"])
    assert 'value="12"' in answer.html


# --- lists

def test_lists_show_what_is_the_courts_and_filter_it(town, clerk):
    ours, theirs = town.ours, town.theirs
    assert ours.things["order_id"] in clerk.opens("/court/orders?status=in_force").html
    assert ours.things["order_id"] not in clerk.opens("/court/orders?status=released").html
    assert ours.account.id in clerk.opens("/court/accounts?show=frozen").html
    assert "CNY 5,500.00 arrived" in clerk.opens("/court/sweeps?status=settled").text
    assert "No sweeps" in clerk.opens("/court/sweeps?status=failed").text
    assert "CNY 2,000.00" in clerk.opens(f"/court/withdrawals?account={ours.account.id}&status=declined").text
    assert "No withdrawals" in clerk.opens(f"/court/withdrawals?account={theirs.account.id}").text
    for address in ("/court/cases", "/court/orders", "/court/accounts", "/court/withdrawals", "/court/sweeps"):
        page = clerk.opens(address)
        assert page.status == 200
        assert not any(thing in page.html for thing in theirs.things.values())


@pytest.mark.parametrize(("address", "area"), [
    ("/court/cases/{case_id}", "Cases"), ("/court/orders/{order_id}/amend", "Orders"), ("/court/orders", "Orders"),
    ("/court/alerts", "Today"), ("/court/accounts/{account_id}", "Today"),  # they lie behind no list of the bar
])
def test_the_bar_marks_the_area_of_each_page_and_the_way_back_stands_above_it(town, clerk, address, area):
    page = clerk.opens(address.format(**town.ours.things)).html
    bar = page[page.index('<nav class="bar"'):page.index("</nav>")]
    assert re.findall(r'aria-current="\w+">([^<]+)<', bar) == [area]
    assert (address == "/court/orders") or page.index('<nav class="crumbs"') < page.index("<h1>")


def test_an_alert_leaves_the_list_when_somebody_has_dealt_with_it(town):
    bank, account = town.ours.bank, town.ours.account
    bank.reports(bank.stand_in(account, "3.00"))
    auditor, finance = town.visitor("auditor"), town.visitor("finance")
    assert "I have dealt with it" not in auditor.opens("/court/alerts").text
    page = finance.opens("/court/alerts")
    assert "CNY 3.00 without asking us" in page.text
    form = next(form for form in page.forms if "/alerts/" in form.action)  # the newest
    answer = finance.sends(form)
    assert "Noted that you have dealt with it." in answer.text
    assert "CNY 3.00 without asking us" not in answer.text
    assert "CNY 3.00 without asking us" in auditor.opens("/court/alerts?show=all").text
    again = town.chain(f"account:{account.id}")
    finance.sends(form)  # the second tab
    assert town.chain(f"account:{account.id}") == again


# --- who may do what

def test_each_role_sees_the_buttons_of_what_it_may_do_and_no_others(town):
    order = f"/court/orders/{town.ours.things['order_id']}"
    assert "Change the quota" in [text for _, text in town.visitor("clerk").opens(order).links]
    assert "Change the quota" not in [text for _, text in town.visitor("auditor").opens(order).links]
    assert "Change the quota" not in [text for _, text in town.visitor("finance").opens(order).links]
    home = town.visitor("finance").opens("/court/cases")
    assert "Serve an order" not in home.text


# --- how many queries

ADDRESSES = ("/court", "/court/cases", "/court/cases/{case_id}", "/court/cases/{case_id}/timeline", "/court/accounts",
             "/court/accounts/{account_id}", "/court/accounts/{account_id}/explanation", "/court/orders",
             "/court/orders/{order_id}", "/court/withdrawals", "/court/sweeps", "/court/alerts",
             "/court/search?q=(2026)")
QUERIES_MAX = 40


def queries_of(visitor: Visitor, address: str) -> int:
    """How many statements the page sends, with those that look up the log-in."""
    visitor.opens(address)  # what is read once a process is read
    count = 0

    def one_more(*_: object) -> None:
        nonlocal count
        count += 1

    engine = transaction.engine()
    event.listen(engine, "before_cursor_execute", one_more)
    try:
        assert visitor.opens(address).status == 200
    finally:
        event.remove(engine, "before_cursor_execute", one_more)
    return count


def case_of(town: Town, debtor_count: int) -> dict[str, str]:
    """A case against so many debtors, each with two accounts on which the same happens; one thing of each kind."""
    court, bank = town.ours.court, town.ours.bank
    debtors = [court.names() for _ in range(debtor_count)]
    case = court.opens_case(*debtors, amount="1000.00")
    for debtor in debtors:
        accounts = [court.finds_account(debtor, bank, is_allowance_account=first) for first in (True, False)]
        order = court.serves(case, debtor, accounts, quota="1000.00")
        town.world.delivers()
        bank.reads()
        for account in accounts:
            bank.accepts(account, "500.00")
            bank.withdraws(account, "1.00")
            bank.reports(bank.stand_in(account, "2.00"))
    return {"case_id": case, "account_id": accounts[0].id, "order_id": order}


def test_the_number_of_queries_does_not_grow_with_the_rows(town):
    auditor = town.visitor("auditor")
    few = case_of(town, 1)
    before = {address: queries_of(auditor, address.format(**few)) for address in ADDRESSES}
    many = case_of(town, 3)
    after = {address: queries_of(auditor, address.format(**many)) for address in ADDRESSES}
    assert after == before
    assert max(after.values()) <= QUERIES_MAX


def _case_number(town: Town) -> str:
    return next(row.case_number for row in town.world.books.rows("court_case")
                if row.id == town.ours.things["case_id"])
