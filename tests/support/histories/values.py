"""The plain values of a made-up history: what is planned, what the bank booked, and what is true."""

from dataclasses import dataclass, field
from datetime import date
from random import Random


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A movement that is to happen, before anybody knows whether the balance allows it."""

    day: date
    account: int  # place in the list of the debtor's accounts
    amount_minor: int  # above nothing: comes in; below: goes out, at most what is there
    counterparty: str
    text: str = ""
    counterparty_account: str | None = None
    income: str | None = None  # as the bank marks it
    to: int | None = None  # the debtor's other account into which an outgoing amount is moved


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One booked movement as the bank tells it."""

    account: str
    day: date
    amount_minor: int  # signed
    currency: str
    counterparty: str
    counterparty_account: str | None
    text: str
    balance_after_minor: int
    income: str | None
    sequence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One account of the debtor with its rows in the bank's order."""

    number: str
    bank: str
    currency: str
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What a clerk who knew all would say. Where several incomes are paid, the largest one of today counts.

    `payer_names` are all names under which the payer appears; naming any of them is right. `paydays` are days of
    the month (31 is the last), `weekday` counts from Monday, 0; both are empty where pay comes on no fixed day.
    """

    pattern: str
    salary_account: str | None = None
    payer: str | None = None
    payer_names: tuple[str, ...] = ()
    paydays: tuple[int, ...] = ()
    weekday: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The accounts of one debtor over one period, and the truth about them."""

    holder: str
    first: date
    last: date
    accounts: tuple[Account, ...]
    truth: Truth


@dataclass(slots=True, kw_only=True)
class Draft:
    """A history being planned: the generators of incomes and of noise add to `plans`."""

    random: Random
    holder: str
    first: date
    last: date
    accounts: list[Account]
    salary: int = 0  # the account that receives the income
    plans: list[Plan] = field(default_factory=list)

    def add(self, day: date, account: int, amount_minor: int, counterparty: str, text: str = "", **more) -> None:
        """Plan a movement, unless its day lies outside the period."""
        if self.first <= day <= self.last and amount_minor:
            self.plans.append(
                Plan(
                    day=day, account=account, amount_minor=amount_minor, counterparty=counterparty, text=text, **more
                )
            )

    def others(self) -> list[int]:
        """The accounts besides the one that receives the income, of the same currency."""
        currency = self.accounts[self.salary].currency
        return [
            place
            for place, account in enumerate(self.accounts)
            if place != self.salary and account.currency == currency
        ]
