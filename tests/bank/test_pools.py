"""One debtor, one allowance: several accounts, banks, courts and debtors, whose sums must stay one."""

import pytest

from tests.support.world import PAYDAY


@pytest.fixture
def two_banks(world):
    """A debtor whose salary comes to one bank and whose savings lie at another, under one order."""
    court, first, second = world.court(), world.bank(), world.bank()
    debtor = court.names()
    salary = court.finds_account(debtor, first)
    savings = court.finds_account(debtor, second, is_allowance_account=False)
    case = court.opens_case(debtor)
    order = court.serves(case, debtor, [salary, savings])
    world.delivers()
    for bank in (first, second):
        bank.reads()
    first.accepts(salary, "0.00")
    second.accepts(savings, "4000.00")
    world.clock.reaches(PAYDAY)
    first.pays_salary(salary, "8000.00")
    return court, case, order, (first, salary), (second, savings)


def test_two_accounts_at_two_banks_share_one_allowance(world, two_banks):
    *_, (first, salary), (second, savings) = two_banks
    assert first.withdraws(salary, "1000.00").allowance_left == "1500.00"
    assert second.withdraws(savings, "1500.01").reason == "ALLOWANCE_EXHAUSTED"
    assert second.withdraws(savings, "1500.00").allowance_left == "0.00"
    assert first.withdraws(salary, "0.01").reason == "ALLOWANCE_EXHAUSTED"


def test_splitting_over_two_banks_gains_nothing(world, two_banks):
    *_, (first, salary), (second, savings) = two_banks
    decisions = [bank.withdraws(account, "400.00").decision
                 for _ in range(5) for bank, account in ((first, salary), (second, savings))]
    assert decisions.count("approved") == 6


def test_free_money_at_another_bank_is_told(world):
    """One claim freezes the salary, a small one the savings: what lies above that is free, and the living money."""
    court, first, second = world.court(), world.bank(), world.bank()
    debtor = court.names()
    salary = court.finds_account(debtor, first)
    savings = court.finds_account(debtor, second, is_allowance_account=False)
    court.serves(court.opens_case(debtor, amount="60000.00"), debtor, [salary], quota="60000.00")
    court.serves(court.opens_case(debtor, amount="100.00"), debtor, [savings], quota="100.00")
    world.delivers()
    for bank, account, balance in ((first, salary, "8000.00"), (second, savings, "4000.00")):
        bank.reads()
        bank.accepts(account, balance)
    declined = first.withdraws(salary, "100.00")
    assert (declined.reason, declined.spendable) == ("FREE_MONEY_ELSEWHERE", "3900.00")
    assert second.withdraws(savings, "3900.00").decision == "approved"


def test_a_sweep_leaves_the_living_money_where_the_debtor_fetches_it(world, two_banks):
    """The other account is emptied first; the allowance stays on the allowance account."""
    *_, (first, salary), (second, savings) = two_banks
    world.clock.moves_to("2026-03-12T09:00:00+08:00")
    world.ticks()
    assert [sent.amount for sent in second.instructed()] == ["4000.00"]
    assert [sent.amount for sent in first.instructed()] == ["5500.00"]
    assert world.books.account(savings.id).balance == 0
    assert first.withdraws(salary, "2500.00").decision == "approved"


def test_one_bank_knows_nothing_of_the_others_account(world, two_banks):
    *_, (first, salary), (second, savings) = two_banks
    foreign = first.sends("/withdrawals", first.asks_for(savings, "10.00"))
    assert (foreign.status, foreign.message.code) == (404, "NOT_FOUND")
    (result,) = first.reports(first.credit(savings, "10.00"))
    assert result.outcome == "waiting"  # for an account of its own of this number
    assert world.books.account(savings.id).balance == 4000_00


def test_before_the_second_banks_receipt_the_first_works_alone(world):
    court, first, second = world.court(), world.bank(), world.bank()
    debtor = court.names()
    salary = court.finds_account(debtor, first)
    savings = court.finds_account(debtor, second, is_allowance_account=False)
    court.serves(court.opens_case(debtor), debtor, [salary, savings])
    world.delivers()
    for bank in (first, second):
        bank.reads()
    first.accepts(salary, "8000.00")
    assert first.withdraws(salary, "1000.00").allowance_left == "1500.00"
    answer = second.sends("/withdrawals", second.asks_for(savings, "10.00"))
    assert answer.message.code == "ACCOUNT_NOT_FROZEN"
    second.accepts(savings, "4000.00")
    assert second.withdraws(savings, "10.00").allowance_left == "1490.00"


# --- two courts ----------------------------------------------------------------------------------


@pytest.fixture
def two_courts(world):
    """A second court's order on the same account, of the same debtor, behind the first."""
    frozen = world.freezes(balance="0.00", quota="3000.00")
    other = world.court()
    debtor = other.names(id_number=frozen.debtor.id_number)
    case = other.opens_case(debtor, amount="9000.00")
    account = other.finds_account(debtor, frozen.bank, account=frozen.account.number)
    order = other.serves(case, debtor, [account], quota="9000.00")
    world.delivers()
    frozen.bank.reads()
    assert frozen.bank.accepts(frozen.account).outcome == "applied"
    frozen.bank.pays_salary(frozen.account, "8000.00")
    return frozen, other, case, order


def test_both_quotas_hold_the_money(world, two_courts):
    frozen, *_ = two_courts
    assert world.books.pool_of(frozen.account.id).quota_left == 12000_00
    assert frozen.bank.withdraws(frozen.account, "2500.01").reason == "ALLOWANCE_EXHAUSTED"


def test_the_surplus_goes_to_the_first_court_first(world, two_courts):
    frozen, other, case, _ = two_courts
    world.clock.moves_to("2026-03-12T09:00:00+08:00")
    world.ticks()
    assert sorted(sent.amount for sent in frozen.bank.instructed()) == ["2500.00", "3000.00"]
    assert world.books.claim_of(frozen.case).in_transit == 3000_00
    assert world.books.claim_of(case).in_transit == 2500_00


def test_a_court_previews_and_clicks_its_own_claim_only(world, two_courts):
    frozen, other, case, _ = two_courts
    assert frozen.court.previews(frozen.case)["total"] == "3000.00"
    preview = other.previews(case)
    assert preview["total"] == "2500.00"
    other.clicks(case, preview["preview"])
    world.delivers()
    assert [sent.amount for sent in frozen.bank.instructed()] == ["2500.00"]


def test_when_the_first_order_is_met_the_second_stays(world, two_courts):
    frozen, other, case, order = two_courts
    frozen.court.clicks(frozen.case, frozen.court.previews(frozen.case)["preview"])
    world.delivers()
    (sent,) = frozen.bank.instructed()
    frozen.bank.reports(frozen.bank.transfer("settled", frozen.account, sent.transfer, sent.amount))
    assert world.books.order_status(frozen.order) == "satisfied"
    assert world.books.order_status(order) == "in_force"
    assert world.books.pool_of(frozen.account.id).quota_left == 9000_00
    assert frozen.bank.withdraws(frozen.account, "2500.00").decision == "approved"


# --- co-debtors ----------------------------------------------------------------------------------


@pytest.fixture
def co_debtors(world):
    """Two people owe the same 6,000, each with a salary account; each has an allowance of their own."""
    court, bank = world.court(), world.bank()
    people = [court.names(), court.names("李四")]
    case = court.opens_case(*people, amount="6000.00")
    accounts = [court.finds_account(person, bank) for person in people]
    for person, account in zip(people, accounts, strict=True):
        court.serves(case, person, [account], quota="6000.00")
    world.delivers()
    bank.reads()
    for account in accounts:
        bank.accepts(account, "8000.00")
    return court, bank, case, accounts


def test_co_debtors_share_one_ceiling(world, co_debtors):
    _, bank, case, _ = co_debtors
    world.clock.moves_to("2026-03-12T09:00:00+08:00")
    world.ticks()
    amounts = [sent.amount for sent in bank.instructed()]
    assert sorted(amounts) == ["500.00", "5500.00"]
    assert world.books.claim_of(case).in_transit == 6000_00


def test_co_debtors_have_an_allowance_each(world, co_debtors):
    _, bank, _, accounts = co_debtors
    assert [bank.withdraws(account, "2500.00").decision for account in accounts] == ["approved", "approved"]


def test_what_one_pays_frees_the_other(world, co_debtors):
    _, bank, _, (first, second) = co_debtors
    assert bank.withdraws(second, "2500.01").decision == "declined"
    world.clock.moves_to("2026-03-12T09:00:00+08:00")
    world.ticks()
    sent = {transfer.account: transfer for transfer in bank.instructed()}
    large = max(sent.values(), key=lambda transfer: len(transfer.amount))
    other = second if large.account == first.number else first
    payer = first if other is second else second
    bank.reports(bank.transfer("settled", payer, large.transfer, large.amount))
    assert world.books.pool_of(other.id).quota_left == 0  # 500 are on their way
    assert bank.withdraws(other, "7500.00").decision == "approved"
