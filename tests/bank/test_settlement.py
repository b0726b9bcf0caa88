"""What became of a transfer, in whatever order the bank tells it."""

import itertools

import pytest

from tests.bank.refusals import assert_event_refused

FREE = "freeze.released"


def swept(world, **options):
    """An account swept on its day, and the transfer that the bank was told to make."""
    frozen = world.freezes(**options)
    world.clock.moves_to("2026-03-12T09:00:00+08:00")
    world.ticks()
    (sent,) = frozen.bank.instructed()
    return frozen, sent


def tells(frozen, sent, *became):
    """The bank reports these, one message each; returns the outcomes."""
    return [frozen.bank.reports(frozen.bank.transfer(word, frozen.account, sent.transfer, sent.amount))[0].outcome
            for word in became]


def books(world, frozen):
    """Balance and in transit of the account; settled, in transit and over-collected of the claim."""
    account, claim = world.books.account(frozen.account.id), world.books.claim_of(frozen.case)
    return account.balance, account.in_transit, claim.settled, claim.in_transit, claim.over_collected


INSTRUCTED = (2500_00, 5500_00, 0, 5500_00, 0)
SETTLED = (2500_00, 0, 5500_00, 0, 0)
BACK = (8000_00, 0, 0, 0, 0)


@pytest.mark.parametrize(("became", "end"), [
    pytest.param([], INSTRUCTED, id="nothing yet"),
    pytest.param(["settled"], SETTLED, id="settled"),
    pytest.param(["failed"], BACK, id="failed"),
    pytest.param(["settled", "returned"], BACK, id="settled, then returned"),
    pytest.param(["returned", "settled"], BACK, id="returned, told before settled"),
    pytest.param(["returned"], BACK, id="returned, settled never told"),
    pytest.param(["failed", "settled"], SETTLED, id="settled after failed: the bank contradicts itself"),
    pytest.param(["settled", "failed"], SETTLED, id="failed after settled has no effect"),
    pytest.param(["settled", "settled"], SETTLED, id="settled twice"),
    pytest.param(["failed", "failed"], BACK, id="failed twice"),
    pytest.param(["settled", "returned", "settled"], BACK, id="settled told again after its return"),
    pytest.param(["settled", "returned", "failed"], BACK, id="failed after its return"),
])
def test_what_became_of_a_transfer(world, became, end):
    frozen, sent = swept(world)
    assert set(tells(frozen, sent, *became)) <= {"applied"}
    assert books(world, frozen) == end


@pytest.mark.parametrize("became", [
    pytest.param(["failed", "settled"], id="settled after failed"),
    pytest.param(["settled", "failed"], id="failed after settled"),
])
def test_a_bank_that_contradicts_itself_raises_an_alert(world, became):
    frozen, sent = swept(world)
    tells(frozen, sent, *became)
    assert frozen.court.sees_alerts()


@pytest.mark.parametrize("became", list(itertools.permutations(["settled", "failed", "returned"])), ids=", ".join)
def test_three_contradictory_reports_are_never_refused_and_lose_no_money(world, became):
    frozen, sent = swept(world)
    assert set(tells(frozen, sent, *became)) == {"applied"}
    balance, in_transit, settled, *_ = books(world, frozen)
    assert balance + in_transit + settled == 8000_00


def test_settled_money_stands_in_the_case_fund(world):
    frozen, sent = swept(world)
    tells(frozen, sent, "settled")
    fund = frozen.court.sees_fund()
    assert fund["balance"] == "5500.00"
    assert world.books.pool_of(frozen.account.id).quota_left == 54500_00


def test_what_failed_is_swept_again(world):
    frozen, sent = swept(world)
    tells(frozen, sent, "failed")
    frozen.court.clicks(frozen.case, frozen.court.previews(frozen.case)["preview"])
    world.delivers()
    (again,) = frozen.bank.instructed()
    assert again.amount == "5500.00" and again.transfer != sent.transfer


@pytest.mark.parametrize("amount", ["5499.99", "5500.01"])
@pytest.mark.parametrize("became", ["settled", "failed", "returned"])
def test_another_amount_than_was_instructed_is_refused(world, became, amount):
    frozen, sent = swept(world)
    before = world.books.money()
    (result,) = frozen.bank.reports(frozen.bank.transfer(became, frozen.account, sent.transfer, amount))
    assert_event_refused(result, 422, "TRANSFER_AMOUNT_DIFFERS", "/amount")
    assert world.books.money() == before


def test_a_transfer_of_another_account_or_bank_is_unknown(world):
    frozen, sent = swept(world)
    world.clock.passes(days=20)
    other = world.freezes(balance="0.00")
    same_bank = world.freezes(balance="0.00", bank=frozen.bank)
    for bank, account in ((other.bank, other.account), (frozen.bank, same_bank.account)):
        (result,) = bank.reports(bank.transfer("settled", account, sent.transfer, sent.amount))
        assert_event_refused(result, 404, "NOT_FOUND", "/transfer")
    assert books(world, frozen) == INSTRUCTED


# --- satisfied -----------------------------------------------------------------------------------


def released(bank):
    """Why the bank was told to block nothing more, each time it was."""
    return [notice.reason for notice in bank.reads() if notice.type == FREE]


def test_when_the_quota_is_met_the_freeze_lifts_and_the_account_is_free(world):
    frozen, sent = swept(world, quota="2000.00")
    assert world.books.order_status(frozen.order) == "in_force"
    tells(frozen, sent, "settled")
    world.delivers()
    assert world.books.order_status(frozen.order) == "satisfied"
    assert released(frozen.bank) == ["satisfied"]
    answer = frozen.bank.sends("/withdrawals", frozen.bank.asks_for(frozen.account, "10.00"))
    assert (answer.status, answer.message.code) == (409, "ACCOUNT_NOT_FROZEN")


def test_a_return_after_the_freeze_lifted_is_a_fact_shown_to_the_court(world):
    frozen, sent = swept(world, quota="2000.00")
    tells(frozen, sent, "settled")
    assert tells(frozen, sent, "returned") == ["applied"]
    assert world.books.claim_of(frozen.case).settled == 0
    assert world.books.order_status(frozen.order) == "satisfied"
    assert frozen.court.sees_alerts()


def test_settled_after_failed_may_collect_too_much(world):
    """Failed, swept again, and then both arrive: the fact is taken, and the court sees what it must give back."""
    frozen, first = swept(world, quota="2000.00")
    tells(frozen, first, "failed")
    frozen.court.clicks(frozen.case, frozen.court.previews(frozen.case)["preview"])
    world.delivers()
    (second,) = frozen.bank.instructed()
    assert tells(frozen, second, "settled") == tells(frozen, first, "settled") == ["applied"]
    claim = world.books.claim_of(frozen.case)
    assert (claim.settled, claim.over_collected) == (4000_00, 2000_00)
    assert world.books.account(frozen.account.id).balance == 4000_00
    assert frozen.court.sees_alerts()


def test_withdrawals_go_on_while_a_transfer_is_on_its_way(world):
    frozen, sent = swept(world)
    assert frozen.bank.withdraws(frozen.account, "2500.00").decision == "approved"
    tells(frozen, sent, "failed")
    assert world.books.account(frozen.account.id) == (5500_00, 2500_00, 0)
