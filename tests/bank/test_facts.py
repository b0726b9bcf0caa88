"""What a bank reports is a fact, whatever it does to our figures: charges, recalls, cash paid without asking."""

import pytest

from tests.bank.refusals import changed


def sums(world, frozen):
    account, pool = world.books.account(frozen.account.id), world.books.pool_of(frozen.account.id)
    return account.balance, pool.taken, pool.stand_in


@pytest.mark.parametrize(("kind", "balance", "taken", "stand_in"), [
    pytest.param("bank_charge", 7700_00, 0, 0, id="a charge leaves the allowance alone"),
    pytest.param("correction", 7700_00, 0, 0, id="a correction leaves the allowance alone"),
    pytest.param("other_authority", 7700_00, 0, 0, id="another authority leaves the allowance alone"),
    pytest.param("customer", 7700_00, 300_00, 300_00, id="what the debtor took counts against the allowance"),
])
def test_a_debit_counts_by_its_kind(world, kind, balance, taken, stand_in):
    frozen = world.freezes()
    (result,) = frozen.bank.reports(frozen.bank.debit(frozen.account, "300.00", kind))
    assert result.outcome == "applied"
    assert sums(world, frozen) == (balance, taken, stand_in)


@pytest.mark.parametrize("income", ["salary", "pension", "benefit", "maintenance", "own_transfer", "other"])
def test_every_income_is_a_credit(world, income):
    frozen = world.freezes()
    (result,) = frozen.bank.reports(frozen.bank.credit(frozen.account, "300.00", income=income, payer="示例公司"))
    assert result.outcome == "applied"
    assert sums(world, frozen) == (8300_00, 0, 0)


def test_a_recalled_salary_may_leave_a_shortfall(world):
    frozen = world.freezes()
    frozen.bank.captures(frozen.bank.withdraws(frozen.account, "1000.00").reference)
    (result,) = frozen.bank.reports(frozen.bank.recall(frozen.account, "8000.00"))
    assert result.outcome == "applied"
    assert sums(world, frozen) == (-1000_00, 1000_00, 0)
    assert frozen.bank.withdraws(frozen.account, "0.01").reason == "BALANCE_TOO_LOW"


def test_the_next_salary_fills_the_shortfall_first(world):
    frozen = world.freezes()
    frozen.bank.captures(frozen.bank.withdraws(frozen.account, "1000.00").reference)
    frozen.bank.reports(frozen.bank.recall(frozen.account, "8000.00"))
    frozen.bank.pays_salary(frozen.account, "1200.00")
    decided = frozen.bank.withdraws(frozen.account, "200.01")
    assert (decided.reason, decided.spendable) == ("BALANCE_TOO_LOW", "200.00")


def test_a_receipt_may_open_the_books_below_nothing(world):
    frozen = world.serves()
    assert frozen.bank.accepts(frozen.account, "-50.00").outcome == "applied"
    assert world.books.account(frozen.account.id).balance == -50_00


# --- cash paid without asking --------------------------------------------------------------------


def test_a_stand_in_counts_against_the_allowance_and_is_shown_to_the_court(world):
    frozen = world.freezes()
    (result,) = frozen.bank.reports(frozen.bank.stand_in(frozen.account, "300.00"))
    assert result.outcome == "applied"
    assert sums(world, frozen) == (7700_00, 300_00, 300_00)
    assert frozen.bank.withdraws(frozen.account, "10.00").allowance_left == "2190.00"
    assert frozen.court.sees_alerts()


def test_a_stand_in_above_the_allowance_is_recorded_and_ends_the_period(world):
    frozen = world.freezes()
    frozen.bank.reports(frozen.bank.stand_in(frozen.account, "3000.00"))
    assert sums(world, frozen) == (5000_00, 3000_00, 3000_00)
    declined = frozen.bank.withdraws(frozen.account, "0.01")
    assert (declined.reason, declined.allowance_left) == ("ALLOWANCE_EXHAUSTED", "0.00")


def test_a_stand_in_may_overdraw_the_account(world):
    frozen = world.freezes(balance="100.00")
    assert frozen.bank.reports(frozen.bank.stand_in(frozen.account, "300.00"))[0].outcome == "applied"
    assert world.books.account(frozen.account.id).balance == -200_00


@pytest.mark.parametrize(("taken", "paid_back", "left"), [
    pytest.param("2500.00", 0, "2490.00", id="nothing above the allowance: nothing to pay back"),
    pytest.param("3000.00", 500_00, "1990.00", id="500 above: paid back in the next period"),
    pytest.param("6000.00", 1250_00, "1240.00", id="3,500 above: no more than half the next allowance"),
])
def test_what_was_paid_above_the_allowance_is_paid_back_in_the_next_period(world, taken, paid_back, left):
    frozen = world.freezes()
    frozen.bank.reports(frozen.bank.stand_in(frozen.account, taken))
    world.clock.moves_to("2026-04-10T09:00:00+08:00")
    frozen.bank.pays_salary(frozen.account, "8000.00")
    assert frozen.bank.withdraws(frozen.account, "10.00").allowance_left == left
    assert world.books.pool_of(frozen.account.id).excess_in == paid_back


def test_what_one_period_cannot_pay_back_is_carried_on(world):
    frozen = world.freezes()
    frozen.bank.reports(frozen.bank.stand_in(frozen.account, "6000.00"))  # 3,500 above
    charged = []
    for payday in ("2026-04-10", "2026-05-10", "2026-06-10", "2026-07-10"):
        world.clock.moves_to(f"{payday}T09:00:00+08:00")
        frozen.bank.pays_salary(frozen.account, "8000.00")
        frozen.bank.withdraws(frozen.account, "10.00")
        charged.append(world.books.pool_of(frozen.account.id).excess_in)
    assert charged == [1250_00, 1250_00, 1000_00, 0]


def test_a_stand_in_told_late_counts_in_the_period_in_which_it_happened(world):
    frozen = world.freezes()
    paid = frozen.bank.stand_in(frozen.account, "2600.00")
    world.clock.moves_to("2026-04-10T09:00:00+08:00")
    frozen.bank.pays_salary(frozen.account, "8000.00")
    assert frozen.bank.withdraws(frozen.account, "10.00").allowance_left == "2490.00"
    assert frozen.bank.reports(paid)[0].outcome == "applied"
    pool = world.books.pool_of(frozen.account.id)
    assert (pool.taken, pool.stand_in, pool.excess_in) == (10_00, 0, 100_00)
    assert frozen.bank.withdraws(frozen.account, "10.00").allowance_left == "2380.00"


# --- the opening balance -------------------------------------------------------------------------


def test_a_booking_that_is_in_the_opening_balance_does_not_count_again(world):
    """Told late, after the receipt whose balance holds it already: by the bank's own numbering."""
    frozen = world.serves()
    frozen.bank.accepts(frozen.account, "500.00", sequence=100)
    results = frozen.bank.reports(
        frozen.bank.credit(frozen.account, "500.00", sequence=100),
        frozen.bank.credit(frozen.account, "30.00", sequence=101),
    )
    assert [result.outcome for result in results] == ["applied", "applied"]
    assert world.books.account(frozen.account.id).balance == 530_00


def test_without_numbers_the_time_says_what_is_in_the_opening_balance(world):
    frozen = world.serves()
    before = frozen.bank.credit(frozen.account, "500.00", happened_at=world.clock.now(minutes=-1))
    frozen.bank.accepts(frozen.account, "500.00")
    world.clock.passes(minutes=1)
    frozen.bank.reports(before, frozen.bank.credit(frozen.account, "30.00"))
    assert world.books.account(frozen.account.id).balance == 530_00


def test_a_later_receipt_does_not_open_the_books_again(world):
    """A second order on the account: its receipt names the balance of that day, which our books know already."""
    frozen = world.freezes(balance="8000.00")
    case = frozen.court.opens_case(frozen.debtor, amount="5000.00")
    frozen.court.serves(case, frozen.debtor, [frozen.account], quota="5000.00")
    world.delivers()
    frozen.bank.reads()
    assert frozen.bank.accepts(frozen.account, "8000.00").outcome == "applied"
    assert world.books.account(frozen.account.id).balance == 8000_00


def test_prior_holds_of_others_are_reserved_and_never_swept(world):
    frozen = world.serves(quota="60000.00")
    frozen.bank.accepts(frozen.account, "0.00", prior_holds=[{"holder": "示例区人民法院", "amount": "3000.00"}])
    world.clock.reaches("2026-03-10T09:00:00+08:00")
    frozen.bank.pays_salary(frozen.account, "8000.00")
    assert world.books.pool_of(frozen.account.id).quota_left == 63000_00
    world.clock.moves_to("2026-03-12T09:00:00+08:00")
    world.ticks()
    (swept,) = frozen.bank.instructed()
    assert swept.amount == "2500.00"  # 8,000 less the allowance and what others hold


def test_a_credit_reversed_that_names_its_credit_is_a_debit_of_its_amount(world):
    frozen = world.freezes(balance="0.00")
    frozen.bank.pays_salary(frozen.account, "8000.00", transaction_reference="CORE-1")
    recall = frozen.bank.recall(frozen.account, "8000.00", reverses="CORE-1", transaction_reference="CORE-2")
    assert frozen.bank.reports(recall, changed(recall, event_id="E-again"))[1].outcome == "applied"
    assert world.books.account(frozen.account.id).balance == 0


@pytest.mark.parametrize("happened_at", ["2025-09-15T10:00:00+08:00", "2026-03-09T23:59:59+08:00",
                                         "2026-03-09T16:00:00Z"])
def test_cash_paid_before_the_freeze_reached_us_is_still_a_fact(world, happened_at):
    """The bank tells a balance of long ago, and then what was paid since, in periods that we never knew."""
    frozen = world.serves()
    frozen.bank.accepts(frozen.account, "5000.00", as_of="2025-01-01T00:00:00+08:00")
    world.clock.reaches("2026-03-10T09:00:00+08:00")
    (result,) = frozen.bank.reports(frozen.bank.stand_in(frozen.account, "300.00", happened_at=happened_at))
    assert result.outcome == "applied"
    assert world.books.account(frozen.account.id).balance == 4700_00


@pytest.mark.parametrize("happened_at", ["0001-01-01T00:00:00Z", "1969-12-31T23:59:59Z"])
def test_a_fact_of_the_distant_past_is_in_the_opening_balance(world, happened_at):
    frozen = world.freezes()
    (result,) = frozen.bank.reports(frozen.bank.credit(frozen.account, "300.00", happened_at=happened_at))
    assert result.outcome == "applied"
    assert world.books.account(frozen.account.id).balance == 8000_00


def test_the_largest_amount_is_booked(world):
    frozen = world.freezes(balance="999999999999999.99")
    assert world.books.account(frozen.account.id).balance == 10**17 - 1
    assert frozen.bank.withdraws(frozen.account, "2500.00").decision == "approved"
