"""What happened on an account before the sandbox was started: made up, and the same again from the same plan.

A plan of 500,000 bookings takes no more memory than one of a hundred: rows are made month by month, as they are read.
"""

import calendar
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from random import Random

_SHOPS = ("某超市", "某便利店", "某加油站", "某网上商城", "某餐馆", "某药店", "某电力公司", "微信支付", "支付宝")
INCOME_TEXTS = {
    "salary": "工资", "pension": "养老金", "benefit": "补助金", "maintenance": "抚养费", "own_transfer": "本人转账",
    "other": "转账",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What the past of one account looks like; days are ISO texts, so that a plan is plain JSON."""

    seed: str
    first: str
    last: str
    payer: str = ""  # empty: nobody pays in but the customer
    payer_account: str = ""
    income: str = "salary"
    is_marked: bool = False  # the bank tells what came in
    amount_minor: int = 0  # of each payment
    payday: int = 10  # paid on the working day before where it falls on a weekend
    bookings: int = 0  # about how many in all; 0: as many as people usually have
    ends_at_minor: int | None = None  # the balance after the last row; None: whatever is left
    owners: int = 1

    def as_document(self) -> dict:
        """The plan as JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One booking as a history tells it."""

    day: date
    amount_minor: int  # signed
    balance_after_minor: int
    sequence: int
    counterparty: str | None
    counterparty_account: str | None
    text: str | None
    income: str | None


_Move = tuple[date, int, str, str, str, str | None]  # day, signed amount, counterparty, its account, text, income


def rows(plan: Plan) -> Iterator[Row]:
    """Every booking in order; the balance is never below nothing."""
    balance_minor = sequence = 0
    for day, amount_minor, counterparty, counterparty_account, text, income in _moves(plan):
        if balance_minor + amount_minor < 0:  # what cannot be paid comes back instead
            amount_minor, text = -amount_minor, "退款"
        balance_minor, sequence = balance_minor + amount_minor, sequence + 1
        yield Row(day=day, amount_minor=amount_minor, balance_after_minor=balance_minor, sequence=sequence,
                  counterparty=counterparty or None, counterparty_account=counterparty_account or None,
                  text=text or None, income=income)  # fmt: skip
    if plan.ends_at_minor is not None and plan.ends_at_minor != balance_minor:
        amount_minor = plan.ends_at_minor - balance_minor
        yield Row(day=date.fromisoformat(plan.last), amount_minor=amount_minor,
                  balance_after_minor=plan.ends_at_minor, sequence=sequence + 1, counterparty=None,
                  counterparty_account=None, text="现金存入" if amount_minor > 0 else "取款", income=None)  # fmt: skip


def _moves(plan: Plan) -> Iterator[_Move]:
    random, first, last = Random(plan.seed), date.fromisoformat(plan.first), date.fromisoformat(plan.last)
    months = list(_months(first, last))
    yield first, random.randrange(500, 5_000) * 100, "", "", "开户存入", None
    for year, month in months:
        moves = [_coming_in(plan, random, year, month), *_going_out(plan, random, year, month, len(months))]
        if month in (3, 6, 9, 12):
            moves.append((date(year, month, 21), random.randrange(5, 900), "", "", "结息", None))
        yield from sorted((move for move in moves if first <= move[0] <= last), key=lambda move: (move[0], move[1] < 0))


def _coming_in(plan: Plan, random: Random, year: int, month: int) -> _Move:
    if not plan.payer:
        day = _in_month(year, month, random.randrange(1, 29))
        return day, random.randrange(5, 30) * 100_00, "", "", "本人转账", "own_transfer"
    payday = _in_month(year, month, plan.payday)
    while payday.weekday() >= 5:
        payday -= timedelta(days=1)
    amount_minor = plan.amount_minor * (100 + random.choice((0, 0, 0, 2, 5))) // 100
    income = plan.income if plan.is_marked else None
    return payday, amount_minor, plan.payer, plan.payer_account, INCOME_TEXTS[plan.income], income


def _going_out(plan: Plan, random: Random, year: int, month: int, months: int) -> Iterator[_Move]:
    # The first and the last month are whole only together.
    count = plan.bookings // max(1, months - 1) + 1 if plan.bookings else random.randrange(6, 16)
    usual_minor = max(2, (plan.amount_minor or 1_200_00) * 9 // 10 // max(1, count))
    for _ in range(count):
        day = _in_month(year, month, random.randrange(1, 32))
        yield day, -random.randrange(usual_minor // 2, usual_minor * 3 // 2), random.choice(_SHOPS), "", "消费", None


def _months(first: date, last: date) -> Iterator[tuple[int, int]]:
    for place in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        yield place // 12, place % 12 + 1


def _in_month(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))
