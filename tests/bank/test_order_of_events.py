"""Out of order, late, doubled or before the receipt: nothing is refused, and the books end as if all came in order."""

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.world import BEFORE_PAYDAY, Account

APRIL = "2026-04-12T09:00:00+08:00"
OPENED = "2026-03-09T16:00:00+08:00"


def end(world, frozen):
    """All that money and freeze can be told by."""
    return (world.books.account(frozen.account.id), world.books.pool_of(frozen.account.id),
            world.books.closed_periods_of(frozen.account.id), world.books.claim_of(frozen.case),
            world.books.order_status(frozen.order))


def history(bank, account):
    """Two months of an account, in the order in which they happened; the receipt first."""
    def on(day):
        return {"happened_at": f"2026-{day}:00+08:00"}

    return [
        bank.receipt(account, "500.00", as_of=OPENED, happened_at=OPENED),
        bank.credit(account, "8000.00", **on("03-10T09:00")),
        bank.stand_in(account, "3000.00", **on("03-10T10:00")),
        bank.debit(account, "10.00", "bank_charge", **on("03-11T10:00")),
        bank.debit(account, "200.00", "customer", **on("03-12T10:00")),
        bank.recall(account, "8000.00", **on("03-20T10:00")),
        bank.credit(account, "9000.00", income="other", **on("04-10T09:00")),
        bank.stand_in(account, "100.00", **on("04-11T10:00")),
    ]


def in_order(world):
    """Every event is told when it happened."""
    frozen = world.serves()
    for event in history(frozen.bank, frozen.account):
        world.clock.reaches(event["happened_at"])
        assert frozen.bank.reports(event)[0].outcome == "applied"
    world.clock.reaches(APRIL)
    frozen.bank.withdraws(frozen.account, "1.00")  # looks at the account in the last period
    return end(world, frozen)


def told(world, batches):
    """The events, by their numbers, in these batches and all in April; the receipt came in time."""
    frozen = world.serves()
    events = history(frozen.bank, frozen.account)
    world.clock.reaches(OPENED)
    frozen.bank.reports(events[0])
    world.clock.reaches(APRIL)
    outcomes = [result.outcome for batch in batches for result in frozen.bank.reports(*(events[n] for n in batch))]
    frozen.bank.withdraws(frozen.account, "1.00")
    return set(outcomes), end(world, frozen)


@pytest.fixture
def expected(world):
    """The books of one debtor, told in order; the next debtor's months begin anew."""
    ended = in_order(world)
    world.clock.moves_to(BEFORE_PAYDAY)
    return ended


TOLD_LATE = [
    pytest.param([[1], [2], [3], [4], [5], [6], [7]], id="in order but a month late"),
    pytest.param([[7], [6], [5], [4], [3], [2], [1]], id="backwards"),
    pytest.param([[7, 6, 5, 4, 3, 2, 1]], id="backwards in one batch"),
    pytest.param([[5, 3], [2], [7, 1, 6, 4]], id="shuffled"),
    pytest.param([[1, 1, 2], [2, 3, 4], [4, 5], [5, 6, 7], [7, 1]], id="doubled"),
]


@pytest.mark.parametrize("batches", TOLD_LATE)
def test_late_and_shuffled_facts_end_in_the_same_books(world, expected, batches):
    assert told(world, batches) == ({"applied"}, expected)


BEFORE_THE_RECEIPT = [
    pytest.param([[1], [2], [3], [0]], id="the receipt last"),
    pytest.param([[3, 1, 0, 2]], id="the receipt within"),
    pytest.param([[0, 3, 2, 1]], id="the receipt first"),
    pytest.param([[2, 2], [1, 2], [0], [0, 1, 3]], id="doubled, the receipt late"),
]


@pytest.mark.parametrize("batches", BEFORE_THE_RECEIPT)
def test_facts_before_the_receipt_wait_for_it(world, batches):
    frozen = world.serves()
    events = history(frozen.bank, frozen.account)[:4]
    world.clock.reaches("2026-03-11T12:00:00+08:00")
    outcomes = [result.outcome for batch in batches for result in frozen.bank.reports(*(events[n] for n in batch))]
    assert set(outcomes) <= {"applied", "waiting"}
    account, pool = world.books.account(frozen.account.id), world.books.pool_of(frozen.account.id)
    assert (account.balance, pool.taken, pool.stand_in) == (5490_00, 3000_00, 3000_00)
    assert frozen.bank.withdraws(frozen.account, "0.01").reason == "ALLOWANCE_EXHAUSTED"


def test_facts_of_an_account_that_no_court_has_named_yet_wait_for_it(world):
    """The bank blocks by another notice, or is faster than the clerk; once the account is known, all count."""
    court, bank = world.court(), world.bank()
    debtor = court.names()
    number = "6222021234567890123"
    stranger = Account("", number, "CNY")
    (result,) = bank.reports(bank.credit(stranger, "70.00", happened_at=world.clock.now(minutes=5)))
    assert result.outcome == "waiting"
    account = court.finds_account(debtor, bank, account=number)
    case = court.opens_case(debtor)
    court.serves(case, debtor, [account])
    world.delivers()
    bank.reads()
    bank.accepts(account, "30.00")
    assert world.books.account(account.id).balance == 100_00


def test_a_waiting_event_that_turns_out_wrong_loses_nobody(world):
    """Another currency than the account's: it is refused when the account is known, and the others count."""
    frozen = world.serves()
    results = frozen.bank.reports(frozen.bank.credit(frozen.account, "7.00", currency="USD"),
                                  frozen.bank.credit(frozen.account, "70.00"))
    assert [result.outcome for result in results][1] == "waiting"
    frozen.bank.accepts(frozen.account, "30.00", as_of="2026-03-09T14:00:00+08:00")
    assert world.books.account(frozen.account.id).balance == 100_00


# --- the same as a property ----------------------------------------------------------------------


@st.composite
def deliveries(draw, count):
    """The numbers from 1 to `count`, each at least once, in any order and any batches."""
    numbers = draw(st.permutations([*range(1, count + 1), *draw(st.lists(st.integers(1, count), max_size=3))]))
    cuts = sorted(draw(st.sets(st.integers(1, len(numbers) - 1), max_size=4)))
    return [list(numbers[start:stop]) for start, stop in zip([0, *cuts], [*cuts, len(numbers)], strict=True)]


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(batches=deliveries(7))
def test_facts_commute(world, expected, batches):
    """A debtor for each example, in the same service."""
    world.clock.moves_to(BEFORE_PAYDAY)
    assert told(world, batches) == ({"applied"}, expected)


# --- a withdrawal's end --------------------------------------------------------------------------


def ends_of(bank, account, reference):
    """Two reversals and the capture that they undo in part, each ready to be told."""
    return {
        "captured": lambda: bank.captures(reference, "900.00"),
        "300 back": lambda: bank.reports(bank.reversal(account, reference, "300.00")),
        "200 back": lambda: bank.reports(bank.reversal(account, reference, "200.00")),
    }


@pytest.mark.parametrize("order", list(itertools.permutations(["captured", "300 back", "200 back"])), ids=", ".join)
def test_a_reversal_told_before_its_capture_ends_in_the_same_books(world, order):
    frozen = world.freezes()
    reference = frozen.bank.withdraws(frozen.account, "1000.00").reference
    tells = ends_of(frozen.bank, frozen.account, reference)
    for name in order:
        tells[name]()
    account, pool = world.books.account(frozen.account.id), world.books.pool_of(frozen.account.id)
    assert (account.balance, account.held, pool.taken, pool.from_held) == (7600_00, 0, 400_00, 400_00)
