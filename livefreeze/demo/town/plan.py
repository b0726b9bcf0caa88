"""The plan of the demo world, from a seed: who owes what, who is paid when. The same seed is the same world.

Nothing here talks to anybody. What cannot be foreseen, such as whether a withdrawal is approved, the services decide.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from random import Random
from zoneinfo import ZoneInfo

from livefreeze.demo.town import people

ZONE = ZoneInfo("Asia/Shanghai")
YEAR, FIRST_MONTH, FIRST_DAY = 2026, 3, 9
SERVING_DAY = 6  # of the months after the first
LAST_HOUR = 10
SEED = 20260309
ACCOUNTS, MONTHS = 200, 9
GROWTH = 0.7  # below 1: more cases each month, as a new service has, and fewer account-months to be played
FAILING_MONTH = 4  # in which one bank can make no transfers

SALARIES = (3_200, 3_800, 4_500, 5_200, 6_000, 6_800, 7_500, 8_000, 9_500, 12_000, 15_500, 21_000)
CLAIMS = (9_000, 14_000, 22_000, 35_000, 48_000, 60_000, 85_000, 120_000, 240_000, 680_000, 3_450_000)
ALLOWANCES = ("2000.00", "3500.00", "4200.00")  # for those whom the court's usual one does not fit
PAYDAYS = (10, 10, 10, 10, 5, 15, 15, 25)


class Fate(StrEnum):
    """What becomes of an order besides what its rule brings about."""

    USUAL = "usual"
    RELEASED = "released"
    AMENDED = "amended"
    NAMED_WRONG = "named_wrong"  # the account is somebody else's, so the bank refuses
    BEHIND_OTHERS = "behind_others"  # a prior hold: it queues
    OVER_COLLECTED = "over_collected"  # a transfer reported as failed settles after all
    WITHDRAWN = "withdrawn"
    LEFT_OPEN = "left_open"  # still a proposal at the end
    RELEASE_OPEN = "release_open"
    AMENDMENT_OPEN = "amendment_open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A salary account and how money comes and goes."""

    number: str
    bank: int
    person: int
    salary: int  # yuan a month
    payday: int
    payer: str
    income: str
    opening: int  # yuan that were there before
    is_for_allowance: bool
    thrift: float  # which part of the allowance is usually taken


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A freeze order on accounts of one debtor."""

    notice_number: str
    person: int
    accounts: tuple[Account, ...]
    fate: Fate
    allowance: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A case, opened in one of the months."""

    court: int
    number: str
    creditor: str
    persons: tuple[int, ...]
    claim: int  # yuan
    month: int
    orders: tuple[Order, ...]


@dataclass(slots=True)
class Plan:
    """All of it."""

    seed: int
    months: int
    cases: list[Case] = field(default_factory=list)

    def opened_in(self, month: int) -> list[Case]:
        """The cases of that month, in their order."""
        return [case for case in self.cases if case.month == month]

    def accounts(self, *, before_month: int | None = None) -> dict[str, Account]:
        """All accounts by number; of the cases opened until that month."""
        return {
            account.number: account
            for case in self.cases
            if before_month is None or case.month < before_month
            for order in case.orders
            for account in order.accounts
        }

    def random(self, *about: object) -> Random:
        """Chance for one thing, which what happens to others does not change."""
        return Random(f"{self.seed}/" + "/".join(map(str, about)))

    def day(self, month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
        """A day of the plan's months, 0 being the first; hours of the courts' zone."""
        years, index = divmod(FIRST_MONTH - 1 + month, 12)
        return datetime(YEAR + years, index + 1, day, hour, minute, tzinfo=ZONE)

    @property
    def begins_at(self) -> datetime:
        """When the first court opens."""
        return self.day(0, FIRST_DAY)

    @property
    def ends_at(self) -> datetime:
        """When it is handed over to whoever looks at it: the day before a payday."""
        return self.day(self.months, FIRST_DAY, LAST_HOUR)


def make(*, seed: int = SEED, accounts: int = ACCOUNTS, months: int = MONTHS) -> Plan:
    """The plan for so many accounts and months. The same arguments make the same plan."""
    plan = Plan(seed, months)
    maker = _Maker(plan)
    maker.add_story()
    while maker.count < accounts:
        maker.add_case(accounts)
    return plan


class _Maker:
    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._chance = plan.random("cases")
        self.count = 0
        self._persons = 0
        self._fates = _fates(self._chance)

    def add_story(self) -> None:
        """The case of the story comes first."""
        account = self._account(self._new_person(), 0, salary=8_000, payday=10, thrift=0.4)
        self._add(court=0, month=0, claim=60_000, orders=[(account.person, (account,), Fate.USUAL)])

    def add_case(self, accounts_wanted: int) -> None:
        """One more case: usually of one debtor with one account."""
        chance, left = self._chance, accounts_wanted - self.count
        month = min(self._plan.months - 1, int(self._plan.months * (self.count / accounts_wanted) ** GROWTH))
        court, fate = int(chance.random() < 0.4), next(self._fates)
        claim = chance.choice(CLAIMS) + 100 * chance.randrange(40)
        kind = chance.random()
        if fate is Fate.LEFT_OPEN:
            month = self._plan.months - 1
        if fate is Fate.OVER_COLLECTED:
            account = self._account(self._new_person(), 2, salary=9_500, payday=10)
            month = min(FAILING_MONTH, self._plan.months - 1)
            self._add(court=0, month=month, claim=6_000, orders=[(account.person, (account,), fate)])
        elif kind < 0.06 and left >= 2:  # two debtors who owe the whole together
            both = [self._account(self._new_person(), self._bank()) for _ in range(2)]
            orders = [(account.person, (account,), Fate.USUAL) for account in both]
            self._add(court=court, month=month, claim=claim, orders=orders)
        elif kind < 0.12 and left >= 2:  # one debtor with accounts at two banks
            person, bank = self._new_person(), self._bank()
            first = self._account(person, bank)
            other = self._account(person, (bank + 1) % len(people.BANKS), is_for_allowance=False)
            self._add(court=court, month=month, claim=claim, orders=[(person, (first, other), fate)])
        elif kind < 0.16 and month > 0 and self._plan.opened_in(month - 1):  # a second case against the same debtor
            before = chance.choice(self._plan.opened_in(month - 1)).orders[0]
            orders = [(before.person, before.accounts, Fate.USUAL)]
            self._add(court=1 - court, month=month, claim=claim, orders=orders)
        else:
            account = self._account(self._new_person(), self._bank())
            self._add(court=court, month=month, claim=claim, orders=[(account.person, (account,), fate)])

    def _add(self, *, court: int, month: int, claim: int, orders: list[tuple[int, tuple[Account, ...], Fate]]) -> None:
        number = people.COURTS[court].case_numbers.format(people.FIRST_CASE + 7 * len(self._plan.cases))
        usual = people.COURTS[court].allowance
        # A pool is under its first order's rule; the story's figures are those of the usual allowance.
        allowance = usual if not self._plan.cases or self._chance.random() < 0.7 else self._chance.choice(ALLOWANCES)
        self._plan.cases.append(Case(
            court=court, number=number, creditor=people.creditor(len(self._plan.cases)),
            persons=tuple(person for person, _, _ in orders), claim=claim, month=month,
            orders=tuple(
                Order(notice_number=f"{number}之{'一二三四'[index]}", person=person, accounts=accounts, fate=fate,
                      allowance=allowance)
                for index, (person, accounts, fate) in enumerate(orders)
            ),
        ))  # fmt: skip

    def _account(self, person: int, bank: int, *, salary: int | None = None, payday: int | None = None,
                 thrift: float | None = None, is_for_allowance: bool = True) -> Account:
        chance = self._chance
        self.count += 1
        is_pension = chance.random() < 0.1
        payer = people.PENSION_FUND if is_pension else chance.choice(people.EMPLOYERS)
        usual = Account(
            number=people.account_number(people.BANKS[bank], self.count * 7919 + bank), bank=bank, person=person,
            salary=chance.choice(SALARIES) + 10 * chance.randrange(30), payday=chance.choice(PAYDAYS), payer=payer,
            income="pension" if is_pension else "salary", opening=chance.choice((0, 0, 0, 120, 800, 2_600)),
            is_for_allowance=is_for_allowance, thrift=chance.uniform(0.4, 1.3),
        )  # fmt: skip
        if salary is None:
            return usual
        return Account(
            number=usual.number, bank=bank, person=person, salary=salary, payday=payday, payer=people.EMPLOYERS[0],
            income="salary", opening=0, is_for_allowance=True, thrift=thrift or usual.thrift,
        )  # fmt: skip

    def _new_person(self) -> int:
        self._persons += 1
        return self._persons - 1

    def _bank(self) -> int:
        return self._chance.choices(range(len(people.BANKS)), (5, 3, 2))[0]


def _fates(chance: Random) -> Iterator[Fate]:
    """Every fate soon, and then each as often as it is in a court's year."""
    rare = [fate for fate in Fate if fate is not Fate.USUAL]
    yield from rare
    while True:
        yield chance.choice(rare) if chance.random() < 0.2 else Fate.USUAL
