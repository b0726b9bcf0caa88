"""The story by clicks alone: clerk, judge, teller, debtor and finance officer, in both languages, on both engines.

The bank's own system speaks by signed messages, as it does; everything that a person does is done on a page.
"""

import re
from collections.abc import Iterator
from contextlib import ExitStack

import pyotp
import pytest

from livefreeze.flows import credentials, staff
from tests.support.browser.clicks import Person, money
from tests.support.browser.served import served
from tests.support.browser.visitor import visiting
from tests.support.browser.whole import page_faults
from tests.support.databases import shared_database
from tests.support.world import PAYDAY, SWEEP_DAY, World, unique
from tests.support.world.bank import Account
from tests.support.world.court import Court
from tests.support.world.numbers import number

PASSWORD = "eight carp swim under the old bridge"
RULE = "发薪日规则"


class Stage:
    """A served world with a court and a bank, and people who can log in by a password."""

    def __init__(self, world: World, browser: object, address: str, language: str, stack: ExitStack) -> None:
        self.world, self.language = world, language
        self._browser, self._address, self._stack = browser, address, stack
        self.court = Court(world.client)
        self.bank = world.bank()

    def person(self, **options: object) -> Person:
        """Somebody with a browser of their own, not logged in."""
        visitor = visiting(self._browser, self._address, language=self.language, **options)
        return Person(self._stack.enter_context(visitor))

    def hires(self, role: str) -> str:
        """A new login."""
        where = {"bank_code": self.bank.code} if role == "teller" else {"court_code": self.court.code}
        login = unique(role)
        staff.add(login, role=role, actor="operator", **where)
        return login

    def at_work(self, role: str, **options: object) -> Person:
        """Somebody of this role who has logged in by a password."""
        login, person = self.hires(role), self.person(**options)
        credentials.set_password_only(login, PASSWORD, actor="operator")
        gives_password(person, login)
        return person


ENGINES_AND_LANGUAGES = pytest.mark.parametrize(
    "stage", [("sqlite", "en"), ("postgres", "zh")], ids="-".join, indirect=True
)


@pytest.fixture
def stage(request, browser, tmp_path) -> Iterator[Stage]:
    engine, language = getattr(request, "param", ("sqlite", "en"))
    with shared_database(request, engine, tmp_path) as url, ExitStack() as stack:
        world = World(url, tmp_path)
        stack.callback(world.close)
        address = stack.enter_context(served(world.app))
        yield Stage(world, browser, address, language, stack)


@pytest.mark.slow
@ENGINES_AND_LANGUAGES
def test_the_story(stage):
    clerk, judge, finance = sets_up_a_log_in(stage, "clerk"), stage.at_work("judge"), stage.at_work("finance")
    registers_the_case_fund(finance, judge)
    writes_a_rule(clerk, judge)
    account, id_number = serves_an_order(stage, clerk, judge)
    stage.world.delivers()
    stage.bank.reads()
    stage.bank.accepts(account)
    stage.world.clock.reaches(PAYDAY)
    stage.bank.pays_salary(account, "8000.00")

    teller = stage.at_work("teller")
    pays_at_the_counter(teller, account.number)
    debtor = stage.person()
    reads_their_own_account(debtor, id_number)
    changes_the_rule(clerk, judge)
    stage.world.ticks()
    debtor.page.reload()
    debtor.sees_money("2800.00", "1800.00")

    stage.world.clock.reaches(SWEEP_DAY)
    sends_the_surplus(stage, finance, account)
    debtor.opens("/debtor/")
    debtor.sees_money("5200.00", "54800.00")
    teller.opens("/counter/today")
    assert [*clerk.visitor.complained(), *judge.visitor.complained(), *finance.visitor.complained(),
            *teller.visitor.complained(), *debtor.visitor.complained()] == []


def test_what_was_typed_stays_where_something_is_wrong(stage):
    clerk = stage.at_work("clerk")
    clerk.opens("/court/orders/new")
    clerk.types("Name", "张三")
    clerk.presses("Go on to the case")
    clerk.sees("Please mend the fields marked below. Nothing was done yet.")
    assert clerk.field("Name").input_value() == "张三"
    assert clerk.field("ID number").get_attribute("aria-invalid") == "true"
    assert page_faults(clerk.visitor) == []


def test_a_double_click_the_way_back_and_a_second_tab_pay_once(stage):
    frozen = stage.world.freezes(court=stage.court, bank=stage.bank)
    teller = stage.at_work("teller")
    looks_up(teller, frozen.account.number)
    teller.types("Amount", "100.00")
    teller.button("Ask").dblclick()
    teller.sees("May be paid")
    answer = teller.visitor.is_at()
    teller.goes_back()
    teller.page.reload()
    teller.page.go_forward()
    teller.sees("May be paid")
    assert teller.visitor.is_at() == answer
    other = teller.in_another_tab()
    for tab in (teller, other):
        tab.presses("Paid %(amount)s", amount=money(tab.language, "100.00"))
        tab.sees("Paid")
    taken = stage.world.books.pool_of(frozen.account.id)
    assert stage.world.books.account(frozen.account.id).held == 0
    assert (taken.taken, taken.from_held) == (100_00, 100_00)


def test_the_way_back_and_the_same_once_more_is_asked_about_first(stage):
    frozen = stage.world.freezes(court=stage.court, bank=stage.bank)
    teller = stage.at_work("teller")
    looks_up(teller, frozen.account.number)
    teller.types("Amount", "100.00")
    teller.presses("Ask")
    teller.sees("May be paid")
    answer = teller.visitor.is_at()
    teller.goes_back()
    teller.types("Amount", "100.00")
    teller.presses("Ask")
    teller.sees("See what came of it")
    assert stage.world.books.pool_of(frozen.account.id).taken == 100_00
    teller.follows("See what came of it")
    assert teller.visitor.is_at() == answer
    looks_up(teller, frozen.account.number)
    teller.types("Amount", "100.00")
    teller.presses("Ask")
    teller.ticks("I mean it: do the same once more")
    teller.presses("Ask")
    teller.sees("May be paid")
    assert stage.world.books.pool_of(frozen.account.id).taken == 200_00


def test_a_second_tab_and_a_double_click_approve_and_sweep_once(stage):
    stage.court.registers_fund()
    frozen = stage.world.freezes(court=stage.court, bank=stage.bank)
    clerk, judge, finance = stage.at_work("clerk"), stage.at_work("judge"), stage.at_work("finance")
    clerk.opens(f"/court/orders/{frozen.order}/amend")
    clerk.types("New quota", "59000.00")
    clerk.presses("See what it would change")
    clerk.button("Prepare: quota %(amount)s", amount=money(clerk.language, "59000.00")).dblclick()
    clerk.sees("You wrote or changed this: another person must approve it.")
    judge.opens(clerk.visitor.is_at())
    other = judge.in_another_tab()
    for tab in (judge, other):
        tab.presses("Approve: quota %(amount)s", amount=money(tab.language, "59000.00"))
    other.sees("approved")
    assert len(stage.court.gets("auditor", f"/orders/{frozen.order}")["proposals"]) == 2
    finance.opens(f"/court/cases/{frozen.case}/sweep")
    other = finance.in_another_tab()
    for tab in (finance, other):
        tab.button("Send %(amount)s now", amount=money(tab.language, "5500.00")).dblclick()
    stage.world.delivers()
    assert [transfer.amount for transfer in stage.bank.instructed()] == ["5500.00"]


def test_the_counter_works_without_javascript(stage):
    frozen = stage.world.freezes(court=stage.court, bank=stage.bank)
    teller = stage.at_work("teller", java_script_enabled=False)
    pays_at_the_counter(teller, frozen.account.number)


# --- each in their own words


def gives_password(person: Person, login: str) -> None:
    person.opens("/login")
    person.types("Login", login)
    person.types("Password", PASSWORD)
    person.presses("Go on")


def sets_up_a_log_in(stage: Stage, role: str) -> Person:
    """By the link of an invitation: a password, an app that shows codes; then in by password and a recovery code."""
    login, person = stage.hires(role), stage.person()
    person.opens(f"/setup/{credentials.invite(login, actor='operator')}")
    secret = person.page.locator("main code").first.inner_text()
    person.types("New password", PASSWORD)
    person.types("Code", pyotp.TOTP(secret).now())
    person.presses("Set up")
    person.sees("Recovery codes")
    assert page_faults(person.visitor) == []
    recovery_code = person.page.locator("main ol code").first.inner_text()
    person.follows("Log in")
    gives_password(person, login)
    person.sees("Code of your app")
    assert page_faults(person.visitor) == []
    person.types("Code", recovery_code)
    person.presses("Log in")
    person.sees(role.capitalize())
    return person


def registers_the_case_fund(finance: Person, judge: Person) -> None:
    finance.follows("Case fund")
    finance.follows("Register the account")
    finance.field("Bank").select_option(index=0)
    finance.types("Account number", "33010000000000009001")
    finance.types("Account holder", "示例市人民法院案款专户")
    finance.presses("Prepare it for a judge")
    judge.follows("Approvals")
    judge.follows("Case fund account")
    judge.presses("Approve")
    judge.sees("Approved: sweeps go to this account from now on.")


def writes_a_rule(clerk: Person, judge: Person) -> None:
    """The court's own rule, which its orders follow by its name."""
    clerk.follows("Freeze rules")
    clerk.follows("Write a new rule")
    clerk.types("Name of the rule", RULE)
    clerk.types("Living allowance of each period", "2500.00")
    clerk.types("First day of the period", "10")
    clerk.types("On whose authority", "执行局会议纪要")
    clerk.presses("Prepare it for a second person")
    judge.follows("Approvals")
    judge.follows_in_list("Freeze rule")
    judge.presses("Approve")
    judge.sees("Approved: the rule is in force, and the accounts that follow it are put under it now.")


def changes_the_rule(clerk: Person, judge: Person) -> None:
    """Its effect on the court's own accounts is seen before, by who writes it and by who approves it."""
    clerk.follows("Freeze rules")
    clerk.follows_to(RULE)
    clerk.follows("Change this rule")
    clerk.types("Living allowance of each period", "2800.00")
    clerk.types("On whose authority", "执行局会议纪要")
    clerk.presses("Show the effect")
    clerk.sees("May take more now")
    clerk.sees_money("300.00")
    assert page_faults(clerk.visitor) == []
    clerk.presses("Prepare it for a second person")
    judge.follows("Approvals")
    judge.follows_in_list("Freeze rule")
    judge.sees_money("300.00", "2800.00")
    assert page_faults(judge.visitor) == []
    judge.presses_counted("Approve: in force for %(num)d debtor", "Approve: in force for %(num)d debtors", 1)
    judge.sees("Approved: the rule is in force, and the accounts that follow it are put under it now.")


def serves_an_order(stage: Stage, clerk: Person, judge: Person):
    """A short wizard up to a second person, who approves; returns the account and the debtor's ID number."""
    id_number, case_number = f"3302811990{number():08}", f"(2026)浙0281执{number()}号"
    account = f"622202{number():013}"
    clerk.opens("/court/orders/new")
    clerk.types("Name", "张三")
    clerk.types("ID number", id_number)
    clerk.presses("Go on to the case")
    clerk.types("Case number", case_number)
    clerk.types("Creditor", "示例小额贷款有限公司")
    clerk.types("What is owed", "60000.00")
    clerk.presses("Go on to the account")
    if clerk.button("Prepare the order for a second person").count():
        clerk.follows("Register another account")
    clerk.field("Bank").select_option(stage.bank.code)
    clerk.types("Account number", account)
    clerk.ticks("The debtor fetches the living allowance here: this account is emptied last")
    clerk.presses("Register, and go on to the terms")
    clerk.types("Notice number", f"{case_number}之一")
    clerk.presses("Prepare the order for a second person")
    clerk.sees("You wrote or changed this: another person must approve it.")

    judge.follows("Approvals")
    judge.follows("Serve an order")
    judge.sees_money("60000.00", "2500.00")
    judge.presses("Approve: freeze up to %(amount)s", amount=money(judge.language, "60000.00"))
    judge.sees("Approved: the banks are told now, and the order waits for their receipts.")
    return Account("", account, "CNY"), id_number


def pays_at_the_counter(teller: Person, account_number: str) -> None:
    asks_at_the_counter(teller, account_number, "1000.00")
    teller.sees("May be paid")
    teller.presses("Paid %(amount)s", amount=money(teller.language, "1000.00"))
    teller.sees("Written down as paid.")
    teller.follows("Next customer")
    asks_at_the_counter(teller, account_number, "2000.00")
    teller.sees("Declined")
    teller.sees("Now up to %(limit)s may be taken here.", limit=money(teller.language, "1500.00"))
    teller.follows("Slip to print")


def asks_at_the_counter(teller: Person, account_number: str, amount: str) -> None:
    looks_up(teller, account_number)
    teller.types("Amount", amount)
    teller.presses("Ask")


def looks_up(teller: Person, account_number: str) -> None:
    teller.opens("/counter/")
    teller.types("Account number", f"{account_number[:6]} {account_number[6:]}")
    teller.presses("Look up")


def reads_their_own_account(debtor: Person, id_number: str) -> None:
    """By a code that a notice brings."""
    debtor.opens("/debtor/log-in")
    debtor.types("ID number or case number", id_number)
    debtor.presses("Send me a code")
    debtor.follows("Notices")
    code = re.search(r"[：:] ?(\d{4} ?\d{4})", debtor.page.locator("main").inner_text())[1]
    debtor.follows("Type the code")
    assert page_faults(debtor.visitor) == []
    debtor.types("Code", code)
    debtor.presses("Go on")
    debtor.sees_money("1500.00", "1000.00", "60000.00")
    assert page_faults(debtor.visitor) == []


def sends_the_surplus(stage: Stage, finance: Person, account) -> None:
    finance.opens("/court/cases")
    finance.follows_to(re.compile(r"\(2026\)浙0281执\d+号"))
    finance.follows("Sweep")
    finance.sees_money("5200.00")
    finance.presses("Send %(amount)s now", amount=money(finance.language, "5200.00"))
    finance.sees("on the way")
    stage.world.delivers()
    (transfer,) = stage.bank.instructed()
    stage.bank.reports(stage.bank.transfer("settled", account, transfer.transfer, transfer.amount))
    finance.page.reload()
    finance.sees("arrived")
    finance.follows("Case fund")
    finance.sees_money("5200.00")
