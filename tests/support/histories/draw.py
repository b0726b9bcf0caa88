"""Draws histories: which pattern at which place, the debtor's accounts and period, then income, noise and books."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from tests.support.histories import books, days, incomes, noise, payers, without
from tests.support.histories.document import as_document
from tests.support.histories.values import Account, Draft, History

# Shares in 100 of each pattern; the last six are those without income, 20 together.
PATTERNS = {
    "monthly": (16, incomes.monthly),
    "twice_a_month": (7, incomes.twice_a_month),
    "weekly": (6, incomes.weekly),
    "irregular": (7, incomes.irregular),
    "bonus_months": (9, incomes.bonus_months),
    "change_of_employer": (9, incomes.change_of_employer),
    "several_jobs": (7, incomes.several_jobs),
    "pension": (7, incomes.pension),
    "benefit": (4, incomes.benefit),
    "platform": (5, incomes.platform),
    "marked": (3, incomes.marked),
    "no_income_own_transfers": (4, without.own_transfers),
    "no_income_loans": (3, without.loans),
    "no_income_gifts": (4, without.gifts),
    "no_income_rent": (4, without.rent),
    "no_income_business": (3, without.business),
    "no_income_refunds": (2, without.refunds),
}
SHARES = {pattern: share for pattern, (share, _) in PATTERNS.items()}
WITHOUT_INCOME = tuple(pattern for pattern in PATTERNS if pattern.startswith("no_income"))
_LAST_DAYS = (date(2026, 3, 5), date(2026, 8, 31))


def generate(count: int, seed: int) -> Iterator[dict]:
    """That many histories as documents, one at a time: {"holder", "from", "to", "accounts", "banks", "truth"}.

    Each hundred holds the patterns in exactly their shares, in an order of its own.
    """
    for place in range(count):
        if place % 100 == 0:
            hundred = [pattern for pattern, share in SHARES.items() for _ in range(share)]
            Random(f"{seed}/order/{place}").shuffle(hundred)
        yield as_document(one(hundred[place % 100], f"{seed}/{place}"))


def one(pattern: str, seed: str) -> History:
    """One history of that pattern."""
    draft = _draft(Random(f"{seed}/{pattern}"), has_income=pattern not in WITHOUT_INCOME)
    _, plan = PATTERNS[pattern]
    truth = plan(draft)
    noise.add(draft, has_income=truth.salary_account is not None)
    return History(holder=draft.holder, first=draft.first, last=draft.last, accounts=books.booked(draft), truth=truth)


def _draft(random: Random, *, has_income: bool) -> Draft:
    last = _LAST_DAYS[0] + timedelta(days=random.randrange((_LAST_DAYS[1] - _LAST_DAYS[0]).days))
    banks = random.sample([f"bank-{letter}" for letter in "abcdefgh"], 3)
    accounts = [
        Account(number=payers.number(random), bank=random.choice(banks), currency="CNY")
        for _ in range(random.choice((1, 1, 2, 2, 3, 4)))
    ]
    salary = random.randrange(len(accounts))
    if random.random() < 0.05:
        accounts.append(Account(number=payers.number(random), bank=banks[0], currency=random.choice(("USD", "HKD"))))
        # Rarely the pay itself is in another currency.
        salary = len(accounts) - 1 if has_income and random.random() < 0.3 else salary
    return Draft(
        random=random, holder=f"被执行人{random.choice('甲乙丙丁戊己庚辛')}",
        first=days.months_before(last, random.randrange(12, 37)), last=last, accounts=accounts, salary=salary,
    )  # fmt: skip
