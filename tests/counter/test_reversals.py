"""Cash that came back over the counter: asked by one teller, approved by another person, the bank's own fact."""

import pytest

from livefreeze.base.errors import Problem
from tests.support.world.counter import Teller


@pytest.fixture
def frozen(world):
    return world.freezes()


@pytest.fixture
def teller(frozen):
    return Teller(frozen.bank)


@pytest.fixture
def second(frozen):
    return Teller(frozen.bank)


@pytest.fixture
def paid(frozen, teller):
    asked = teller.asks(frozen.account, "1000.00")["id"]
    teller.pays(asked)
    return asked


def test_nothing_moves_before_a_second_teller_approves(world, frozen, teller, second, paid):
    request = teller.asks_back(paid)
    assert world.books.account(frozen.account.id) == (7_000_00, 0, 0)
    for _ in range(2):  # a double click
        assert second.approves(request)["status"] == "approved"
    assert world.books.account(frozen.account.id) == (8_000_00, 0, 0)
    assert world.books.pool_of(frozen.account.id).taken == 0
    assert teller.sees(paid)["status"] == "reversed"


def test_it_is_the_same_fact_as_the_one_that_a_bank_reports(world, frozen, teller, second, paid):
    second.approves(teller.asks_back(paid, "400.00"))
    by_page = world.books.account(frozen.account.id), world.books.pool_of(frozen.account.id).taken
    other = world.freezes()
    reference = other.bank.withdraws(other.account, "1000.00").reference
    other.bank.captures(reference)
    other.bank.reports(other.bank.reversal(other.account, reference, "400.00"))
    assert by_page == (world.books.account(other.account.id), world.books.pool_of(other.account.id).taken)


def test_it_comes_back_in_parts_and_never_more_than_was_paid(teller, second, paid):
    second.approves(teller.asks_back(paid, "400.00"))
    with pytest.raises(Problem, match="BACK_ABOVE_PAID"):
        teller.asks_back(paid, "600.01")
    second.approves(teller.asks_back(paid, "600.00"))
    with pytest.raises(Problem, match="BACK_ABOVE_PAID"):
        teller.asks_back(paid, "0.01")


def test_who_asked_approves_under_no_login_of_theirs(frozen, teller, paid):
    request = teller.asks_back(paid)
    for same in (teller, Teller(frozen.bank, person=teller.principal.person)):
        with pytest.raises(Problem, match="APPROVAL_BY_EDITOR"):
            same.approves(request)


def test_only_what_was_read_is_approved(teller, second, paid):
    request = teller.asks_back(paid, "400.00")
    with pytest.raises(Problem, match="PROPOSAL_CHANGED"):
        second.approves(request, digest="sha256:" + "0" * 64)


def test_a_request_that_was_withdrawn_is_closed_and_another_may_be_made(teller, second, paid):
    request = teller.asks_back(paid)
    assert teller.asks_back(paid)["id"] == request["id"]
    with pytest.raises(Problem, match="ALREADY_EXISTS"):
        second.asks_back(paid)
    assert teller.withdraws_request(request)["status"] == "withdrawn"
    with pytest.raises(Problem, match="PROPOSAL_STATE"):
        second.approves(request)
    assert teller.asks_back(paid)["id"] != request["id"]


def test_another_banks_request_does_not_exist(world, teller, paid):
    request = teller.asks_back(paid)
    stranger = Teller(world.bank())
    for act in (stranger.approves, stranger.withdraws_request):
        with pytest.raises(Problem, match="NOT_FOUND"):
            act(request)


def test_what_was_not_paid_cannot_come_back(frozen, teller):
    asked = teller.asks(frozen.account, "1000.00")["id"]
    with pytest.raises(Problem, match="WITHDRAWAL_STATE"):
        teller.asks_back(asked)
    teller.gives_up(asked)
    with pytest.raises(Problem, match="WITHDRAWAL_STATE"):
        teller.asks_back(asked)


def test_a_reason_is_one_of_those_that_the_page_offers(teller, paid):
    with pytest.raises(Problem, match="CHOICE_UNKNOWN"):
        teller.asks_back(paid, reason="我不说")
