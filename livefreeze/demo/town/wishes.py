"""Who wants to withdraw how much in one round of a month, and what odd turn it takes."""

from enum import StrEnum
from random import Random
from typing import NamedTuple

from livefreeze.demo.town import people
from livefreeze.demo.town.plan import Account, Plan

STEP = 100  # yuan; nobody asks for odd amounts
TOO_MUCH = 6_000
ROUND_SHARES = (0.4, 0.35, 0.25)  # who comes in a round
STORY_WISHES = ("1000.00", "2000.00")  # in the first month, at one counter after the other
STORY_USUAL = ("2000.00",)  # in each later one


class Turn(StrEnum):
    """What the bank does with it."""

    PAYS = "pays"
    PAYS_LESS = "pays_less"
    PAYS_MORE = "pays_more"
    GIVES_UP = "gives_up"
    TAKES_BACK = "takes_back"
    STANDS_IN = "stands_in"
    STANDS_IN_FOR_MUCH = "stands_in_for_much"


ODD_TURNS = (
    (Turn.PAYS_LESS, Turn.GIVES_UP, Turn.TAKES_BACK, Turn.STANDS_IN),
    (Turn.STANDS_IN_FOR_MUCH, Turn.PAYS_LESS, Turn.GIVES_UP),
    (Turn.TAKES_BACK, Turn.STANDS_IN, Turn.PAYS_MORE),
)


class Wish(NamedTuple):
    """One debtor at one counter or machine."""

    account: Account
    amount: str
    channel: str
    branch: str
    teller: str
    turn: Turn


def of_round(plan: Plan, month: int, round_: int, accounts: list[Account]) -> list[Wish]:
    """The wishes of a round, in the order in which they come."""
    if round_ == 0:
        return _of_story(plan, STORY_WISHES if month == 0 else STORY_USUAL) + _of_round(plan, month, round_, accounts)
    return _of_round(plan, month, round_, accounts)


def _of_story(plan: Plan, amounts: tuple[str, ...]) -> list[Wish]:
    account = plan.cases[0].orders[0].accounts[0]
    branches = people.BANKS[account.bank].branches
    return [Wish(account, amount, "counter", branches[index], "1", Turn.PAYS) for index, amount in enumerate(amounts)]


def _of_round(plan: Plan, month: int, round_: int, accounts: list[Account]) -> list[Wish]:
    chance = plan.random("round", month, round_)
    story = plan.cases[0].orders[0].accounts[0].number
    coming = [each for each in accounts if chance.random() < ROUND_SHARES[round_] and each.number != story]
    chance.shuffle(coming)
    turns = list(ODD_TURNS[round_])
    return [_wish(chance, account, turns.pop(0) if turns else Turn.PAYS) for account in coming]


def _wish(chance: Random, account: Account, turn: Turn) -> Wish:
    yuan = max(STEP, round(account.thrift * chance.uniform(300, 1_500) / STEP) * STEP)
    if turn is Turn.STANDS_IN_FOR_MUCH:
        yuan = min(4_500, account.salary)
    elif turn is Turn.PAYS and chance.random() < 0.06:
        yuan = TOO_MUCH
    elif turn is not Turn.PAYS:
        yuan = min(yuan, 400)  # so that it is approved
    usual = turn is not Turn.PAYS
    channel = "counter" if usual else chance.choices(
        ("counter", "cash_machine", "card", "app"), (60, 28, 10, 2)
    )[0]  # fmt: skip
    branches = people.BANKS[account.bank].branches
    return Wish(account, f"{yuan}.00", channel, chance.choice(branches), str(chance.randrange(1, 5)), turn)
