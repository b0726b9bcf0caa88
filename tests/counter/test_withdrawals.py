"""Withdrawals on our own counter page: asked, paid, paid in part, given up; asked twice, they are one."""

from datetime import datetime

import pytest
from sqlalchemy import text

from livefreeze.base.errors import NotDecided, Problem
from livefreeze.flows import transaction
from livefreeze.store.queries import counter as queries
from livefreeze.store.queries.viewer import PageAsked
from tests.support.world.counter import Teller

MORNING = datetime.fromisoformat("2026-03-10T00:00:00+08:00")
LATER = "2026-03-10T12:00:00+08:00"


@pytest.fixture
def frozen(world):
    return world.freezes()


@pytest.fixture
def teller(frozen):
    return Teller(frozen.bank)


def test_what_the_formula_allows_is_approved_and_the_rest_declined_with_the_reason(frozen, teller):
    first = teller.asks(frozen.account, "1000.00")
    assert (first["status"], first["reason"], first["allowance_left"]) == ("authorised", "WITHIN_LIMITS", "1500.00")
    second = teller.asks(frozen.account, "2000.00")
    assert (second["status"], second["reason"]) == ("declined", "ALLOWANCE_EXHAUSTED")
    assert (second["allowance_left"], second["limit_before"]) == ("1500.00", "1500.00")


def test_the_account_says_up_to_how_much_why_not_more_and_when_it_is_whole_again(frozen, teller):
    teller.asks(frozen.account, "1000.00")
    at_counter = teller.looks_at(frozen.account)["at_counter"]
    assert (at_counter.limit, at_counter.allowance_left, at_counter.reason) == (
        "1500.00", "1500.00", "ALLOWANCE_EXHAUSTED")
    assert at_counter.whole_at.isoformat() == "2026-04-09T16:00:00+00:00"  # midnight of the 10th at court


def test_it_is_found_by_its_very_number_however_it_is_spaced_and_the_look_is_evidence(world, frozen, teller):
    number = frozen.account.number
    assert teller.finds(f"{number[:4]} {number[4:]}") == frozen.account.id
    event = world.books.events(frozen.account.id)[-1]
    assert (event["kind"], event["actor"]) == ("account.looked_up", teller.principal.actor)
    with pytest.raises(Problem, match="NOT_FOUND"):
        teller.finds(number[:-1])


def test_the_same_form_sent_twice_is_one_withdrawal(world, frozen, teller):
    first = teller.asks(frozen.account, "1000.00", key="the-same-form")
    again = teller.asks(frozen.account, "1000.00", key="the-same-form")
    assert first == again
    assert world.books.account(frozen.account.id).held == 1_000_00
    with pytest.raises(Problem, match="REFERENCE_REUSED"):
        teller.asks(frozen.account, "1001.00", key="the-same-form")


def test_a_teller_stands_in_the_evidence_as_the_one_who_asked(world, frozen, teller):
    teller.pays(teller.asks(frozen.account, "1000.00")["id"])
    events = world.books.events(frozen.account.id)
    by_teller = [event["kind"] for event in events if event["actor"] == teller.principal.actor]
    assert by_teller == ["withdrawal.decided", "withdrawal.captured"]


@pytest.mark.parametrize(("paid", "taken", "left"), [(None, 1_000_00, "1500.00"), ("400.00", 400_00, "2100.00")])
def test_what_was_paid_counts_and_the_rest_goes_back(world, frozen, teller, paid, taken, left):
    asked = teller.asks(frozen.account, "1000.00")["id"]
    for _ in range(2):  # a double click
        assert teller.pays(asked, paid)["status"] == "captured"
    assert world.books.account(frozen.account.id) == (8_000_00 - taken, 0, 0)
    assert teller.looks_at(frozen.account)["at_counter"].allowance_left == left


def test_what_was_not_paid_leaves_no_trace(world, frozen, teller):
    asked = teller.asks(frozen.account, "1000.00")["id"]
    for _ in range(2):
        assert teller.gives_up(asked)["status"] == "voided"
    assert world.books.account(frozen.account.id) == (8_000_00, 0, 0)
    assert world.books.pool_of(frozen.account.id).taken == 0


WRONG = [
    ("pays", ("1000.01",), "PAID_ABOVE_APPROVED"),
    ("pays", ("0",), "AMOUNT_INVALID"),
    ("pays", ("1e3",), "AMOUNT_INVALID"),
]


@pytest.mark.parametrize(("act", "arguments", "code"), WRONG)
def test_a_slip_of_the_finger_changes_nothing(world, frozen, teller, act, arguments, code):
    asked = teller.asks(frozen.account, "1000.00")["id"]
    with pytest.raises(Problem, match=code):
        getattr(teller, act)(asked, *arguments)
    assert world.books.account(frozen.account.id).held == 1_000_00


@pytest.mark.parametrize(("first", "then"), [("pays", "gives_up"), ("gives_up", "pays")])
def test_what_has_ended_ends_in_no_other_way(frozen, teller, first, then):
    asked = teller.asks(frozen.account, "1000.00")["id"]
    getattr(teller, first)(asked)
    with pytest.raises(Problem, match="WITHDRAWAL_STATE"):
        getattr(teller, then)(asked)


def test_the_same_cash_counts_once_though_the_bank_reports_it_too(world, frozen, teller):
    asked = teller.asks(frozen.account, "1000.00")["id"]
    teller.pays(asked, booked_as="CORE-1")
    frozen.bank.reports(frozen.bank.debit(frozen.account, "1000.00", "customer", transaction_reference="CORE-1"))
    assert world.books.account(frozen.account.id) == (7_000_00, 0, 0)


def test_an_account_that_is_not_frozen_is_nothing_to_decide(world):
    waiting = world.serves()
    teller = Teller(waiting.bank)
    assert teller.looks_at(waiting.account)["at_counter"] is None
    with pytest.raises(Problem, match="ACCOUNT_NOT_FROZEN"):
        teller.asks(waiting.account, "1.00")


def test_another_banks_does_not_exist(world, frozen, teller):
    asked = teller.asks(frozen.account, "100.00")["id"]
    stranger = Teller(world.bank())
    assert stranger.sees(asked) is None
    for act in (lambda: stranger.finds(frozen.account.number), lambda: stranger.looks_at(frozen.account),
                lambda: stranger.asks(frozen.account, "1.00"), lambda: stranger.pays(asked),
                lambda: stranger.gives_up(asked), lambda: stranger.asks_back(asked)):
        with pytest.raises(Problem, match="NOT_FOUND"):
            act()


def test_what_the_banks_own_system_asked_for_is_none_of_the_pages_business(frozen, teller):
    decided = frozen.bank.withdraws(frozen.account, "100.00")
    assert teller.sees(decided.id) is None
    with pytest.raises(Problem, match="NOT_FOUND"):
        teller.pays(decided.id)


def test_a_hold_that_nobody_ended_waits_for_the_teller_and_the_banks_system_is_not_asked(world, frozen, teller):
    frozen.bank.reads()
    asked = teller.asks(frozen.account, "100.00")["id"]
    world.clock.reaches(LATER)
    world.ticks()
    assert [(one["id"], one["status"]) for one in teller.waiting()] == [(asked, "queried")]
    assert frozen.bank.reads() == []
    assert world.books.account(frozen.account.id).held == 100_00
    teller.pays(asked)
    assert teller.waiting() == []
    assert world.books.account(frozen.account.id) == (7_900_00, 0, 0)


# On SQLite there is one writer at a time, and nobody holds a pool for long.
@pytest.mark.parametrize("kept_world", ["postgres"], indirect=True)
def test_nothing_is_decided_while_the_pool_stays_locked_and_asked_again_it_is(world, frozen, teller):
    with transaction.engine().connect() as other:
        other.execute(text("SELECT id FROM pool FOR NO KEY UPDATE"))
        with pytest.raises(NotDecided):
            teller.asks(frozen.account, "100.00", key="the-same-form")
    assert world.books.account(frozen.account.id) == (8_000_00, 0, 0)
    assert teller.asks(frozen.account, "100.00", key="the-same-form")["status"] == "authorised"


def test_neither_the_debt_nor_the_case_is_in_what_a_teller_is_shown(world):
    frozen = world.freezes(quota="61234.56")
    teller = Teller(frozen.bank)
    seen = [teller.looks_at(frozen.account), teller.asks(frozen.account, "1000.00"),
            teller.asks(frozen.account, "9000.00")]
    shown = repr(seen)
    for secret in ("61234", "6123456", "8000.00", "执0281", "浙0281执", "张三", frozen.account.number):
        assert secret not in shown
    assert "示例市人民法院" in shown  # whom to ask


def test_a_long_day_comes_in_parts(frozen, teller):
    asked = [teller.asks(frozen.account, "1.00")["id"] for _ in range(5)]
    listed, after = [], None
    for _ in range(3):
        with transaction.reading() as connection:
            part = queries.since(connection, teller.principal.bank_id, MORNING, PageAsked(2, after))
        listed += [one["id"] for one in part["withdrawals"]]
        after = part["next"]
    assert (listed, after) == (asked, None)
