"""A day at the counters of all banks: withdrawals in their order, a few at a time, with their odd turns."""

from datetime import datetime, timedelta

from livefreeze.base.money import format_amount, parse_amount
from livefreeze.demo.figures import CURRENCY
from livefreeze.demo.town.acts import Acts
from livefreeze.demo.town.wishes import Turn, Wish

OPENS, CLOSES = timedelta(hours=9, minutes=5), timedelta(hours=16, minutes=30)
GROUPS_MAX = 10
GROUP_LEAST = 9
_KEPT = (Turn.PAYS_LESS, Turn.PAYS_MORE, Turn.GIVES_UP)
_STAND_INS = (Turn.STANDS_IN, Turn.STANDS_IN_FOR_MUCH)


def serve(acts: Acts, midnight: datetime, wishes: list[Wish]) -> int:
    """Serve everybody between opening and closing; returns how many were approved."""
    size = max(GROUP_LEAST, -(-len(wishes) // GROUPS_MAX))
    groups = [wishes[first : first + size] for first in range(0, len(wishes), size)]
    approved = 0
    for number, group in enumerate(groups):
        acts.clock_to(midnight + OPENS + number * (CLOSES - OPENS) / len(groups))
        of_banks = [[wish for wish in group if wish.account.bank == bank] for bank in range(len(acts.banks))]
        approved += sum(acts.at_once(lambda bank, mine: _serve(acts, bank, mine), range(len(of_banks)), of_banks))
    return approved


def _serve(acts: Acts, number: int, wishes: list[Wish]) -> int:
    if not wishes:
        return 0
    bank = acts.banks[number]
    answers = bank.post("/api/withdrawals/several", {"withdrawals": [_document(wish) for wish in wishes]})
    approved = 0
    for wish, answer in zip(wishes, answers["withdrawals"], strict=True):
        approved += answer.get("decision") == "approved"
        if answer["state"] in ("approved", "captured"):
            _turn(bank, wish, answer["reference"])
    return approved


def _document(wish: Wish) -> dict:
    return {
        "account": wish.account.number, "amount": wish.amount, "channel": wish.channel, "branch": wish.branch,
        "teller": wish.teller, "is_kept": wish.turn in _KEPT, "is_stand_in": wish.turn in _STAND_INS,
    }


def _turn(bank, wish: Wish, reference: str) -> None:
    path = f"/api/withdrawals/{reference}"
    if wish.turn is Turn.PAYS_LESS:
        bank.post(f"{path}/capture", {"amount": _of(wish, 1, 2)})
    elif wish.turn is Turn.PAYS_MORE:
        bank.ask("POST", f"{path}/capture", {"amount": _of(wish, 3, 2)})  # refused where the balance is too low
    elif wish.turn is Turn.GIVES_UP:
        bank.post(f"{path}/void", {})
    elif wish.turn is Turn.TAKES_BACK:
        bank.post(f"{path}/reverse", {})


def _of(wish: Wish, part: int, of: int) -> str:
    return format_amount(parse_amount(wish.amount, CURRENCY) * part // of, CURRENCY)
