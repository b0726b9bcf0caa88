"""The patterns with an income: each plans its payments and says what is true about them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tests.support.histories import days, payers
from tests.support.histories.payers import Payer
from tests.support.histories.values import Draft, Truth

PAYDAYS = (1, 5, 8, 10, 10, 10, 12, 15, 15, 15, 18, 20, 25, 28, 31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What is paid, by whom, from when to when, and how reliably."""

    payer: Payer
    amount_minor: int
    first: date
    last: date
    varies_in_100: int  # how far a payment lies above or below the usual one
    way: str  # to which working day a payday is moved
    late_in_100: int
    missed_in_100: int
    mark: str | None  # as what the bank marks it
    marked_in_100: int


def job(draft: Draft, payer: Payer, *, mark: str = "salary", marked_in_100: int = 0, **fixed) -> Job:
    """A job with habits drawn at random."""
    random = draft.random
    fields = {
        "amount_minor": random.randrange(2_800, 19_000) * 100 + random.choice((0, 0, random.randrange(100))),
        "first": draft.first,
        "last": draft.last,
        "varies_in_100": random.choice((0, 0, 3, 8, 15)),
        "way": random.choice(("before", "before", "after", "never")),
        "late_in_100": random.choice((0, 0, 3, 8)),
        "missed_in_100": random.choice((0, 0, 0, 2, 5)),
    }
    return Job(payer=payer, mark=mark, marked_in_100=marked_in_100, **{**fields, **fixed})


def monthly(draft: Draft) -> Truth:
    """Paid on one day of the month."""
    work = job(draft, payers.employer(draft.random), marked_in_100=_seldom_marked(draft))
    day = draft.random.choice(PAYDAYS)
    _pay_on(draft, work, (day,), draft.salary)
    return _truth(draft, "monthly", work.payer, paydays=(day,))


def twice_a_month(draft: Draft) -> Truth:
    """Paid in two parts, such as an advance and the rest."""
    work = job(draft, payers.employer(draft.random), marked_in_100=_seldom_marked(draft))
    pair = draft.random.choice(((1, 15), (5, 20), (10, 25), (15, 31)))
    _pay_on(draft, work, pair, draft.salary, shares=draft.random.choice(((50, 50), (40, 60), (30, 70))))
    return _truth(draft, "twice_a_month", work.payer, paydays=pair)


def weekly(draft: Draft) -> Truth:
    """Paid on one day of the week."""
    random = draft.random
    work = job(draft, payers.employer(random), amount_minor=random.randrange(600, 3_200) * 100)
    weekday = random.choice((0, 3, 4, 4, 4, 5))
    for day in _every(draft, weekday):
        _pay(draft, work, day, work.amount_minor, draft.salary)
    return _truth(draft, "weekly", work.payer, weekday=weekday)


def irregular(draft: Draft) -> Truth:
    """Paid when there was work, by one payer, on no fixed day and in changing amounts."""
    random = draft.random
    work = job(draft, payers.employer(random, is_clear=True), varies_in_100=45, missed_in_100=0)
    day = draft.first + timedelta(days=random.randrange(20))
    while day <= draft.last:
        _pay(draft, work, day, work.amount_minor, draft.salary)
        day += timedelta(days=random.randrange(13, 50))
    return _truth(draft, "irregular", work.payer)


def bonus_months(draft: Draft) -> Truth:
    """Paid monthly, with a thirteenth pay around the new year or a bonus each quarter."""
    random = draft.random
    work = job(draft, payers.employer(random), marked_in_100=_seldom_marked(draft))
    day = random.choice(PAYDAYS)
    _pay_on(draft, work, (day,), draft.salary)
    wanted = random.choice(({1}, {2}, {12}, {3, 6, 9, 12}, {1, 7}))
    for year, month in days.months(draft.first, draft.last):
        if month in wanted:
            paid_on = days.in_month(year, month, random.choice((day, day + 5, 28)))
            amount_minor = work.amount_minor * random.randrange(60, 320) // 100
            _pay(draft, work, paid_on, amount_minor, draft.salary, text=random.choice((*payers.BONUS_TEXTS, "")))
    return _truth(draft, "bonus_months", work.payer, paydays=(day,))


def change_of_employer(draft: Draft) -> Truth:
    """One or two employers before the present one; the new one may pay into another account."""
    random = draft.random
    weeks = (draft.last - draft.first).days // 7
    # The present employer has paid for four months or more, or nobody could tell the payday.
    present_from = draft.first + timedelta(weeks=random.randrange(weeks // 4, max(weeks - 20, weeks // 4 + 1)))
    gap = timedelta(days=random.choice((0, 10, 35, 80)))
    earlier_account = random.choice(draft.others() or [draft.salary]) if random.random() < 0.4 else draft.salary
    earlier = job(draft, payers.employer(random), last=present_from - gap)
    _pay_on(draft, earlier, (random.choice(PAYDAYS),), earlier_account)
    present = job(draft, _another(draft, earlier.payer), first=present_from, marked_in_100=_seldom_marked(draft))
    day = random.choice(PAYDAYS)
    _pay_on(draft, present, (day,), draft.salary)
    return _truth(draft, "change_of_employer", present.payer, paydays=(day,))


def several_jobs(draft: Draft) -> Truth:
    """Two jobs at once; the larger one is clearly the larger, in the same account or another."""
    random = draft.random
    main = job(draft, payers.employer(random), marked_in_100=_seldom_marked(draft), missed_in_100=0)
    side = job(
        draft, _another(draft, main.payer), amount_minor=main.amount_minor * random.randrange(15, 55) // 100,
    )  # fmt: skip
    day = random.choice(PAYDAYS)
    _pay_on(draft, main, (day,), draft.salary)
    side_account = random.choice([draft.salary, *draft.others()])
    _pay_on(draft, side, (random.choice(PAYDAYS),), side_account)
    return _truth(draft, "several_jobs", main.payer, paydays=(day,))


def pension(draft: Draft) -> Truth:
    """A pension, steady, raised once a year."""
    random = draft.random
    work = job(
        draft, payers.pension_office(random), mark="pension", marked_in_100=random.choice((0, 0, 50, 100)),
        amount_minor=random.randrange(900, 6_500) * 100, varies_in_100=0, missed_in_100=0,
    )  # fmt: skip
    day = random.choice((5, 8, 10, 12, 15, 18, 20, 25))
    _pay_on(draft, work, (day,), draft.salary)
    return _truth(draft, "pension", work.payer, paydays=(day,))


def benefit(draft: Draft) -> Truth:
    """A benefit of an authority, small and steady."""
    random = draft.random
    work = job(
        draft, payers.benefit_office(random), mark="benefit", marked_in_100=random.choice((0, 0, 50, 100)),
        amount_minor=random.randrange(500, 2_400) * 100, varies_in_100=0, late_in_100=10,
    )  # fmt: skip
    day = random.choice((5, 10, 15, 20, 25, 28))
    _pay_on(draft, work, (day,), draft.salary)
    return _truth(draft, "benefit", work.payer, paydays=(day,))


def platform(draft: Draft) -> Truth:
    """Many small amounts of a platform, up to one a day."""
    random = draft.random
    work = job(draft, payers.platform(random), amount_minor=random.randrange(60, 420) * 100, varies_in_100=60)
    every = random.choice((1, 1, 2, 3, 4))
    for place in range((draft.last - draft.first).days // every):
        if random.random() < 0.8:
            _pay(draft, work, draft.first + timedelta(days=place * every), work.amount_minor, draft.salary)
    return _truth(draft, "platform", work.payer)


def marked(draft: Draft) -> Truth:
    """A monthly pay that says little by its text and name, but that the bank marks as salary at the source."""
    random = draft.random
    payer = payers.employer(random)
    hidden = Payer(
        names=random.choice((("代发业务过渡户",), payer.names, ("批量代发清算户",))),
        account=None, texts=("转账", "往来"), blank_in_100=70, switches=False,
    )  # fmt: skip
    work = job(draft, hidden, marked_in_100=random.choice((80, 95, 100)))
    day = random.choice(PAYDAYS)
    _pay_on(draft, work, (day,), draft.salary)
    return _truth(draft, "marked", work.payer, paydays=(day,))


def _another(draft: Draft, taken: Payer) -> Payer:
    """An employer of another name, so that a change of employer is one."""
    while True:
        found = payers.employer(draft.random)
        if found.names[0][:3] != taken.names[0][:3]:
            return found


def _pay_on(draft: Draft, work: Job, paydays: tuple[int, ...], account: int, shares: tuple[int, ...] = (100,)) -> None:
    random = draft.random
    amount_minor, raised_in = work.amount_minor, random.randrange(1, 13)
    for year, month in days.months(work.first, work.last):
        if month == raised_in:
            amount_minor = amount_minor * random.choice((100, 103, 106, 112)) // 100
        if random.randrange(100) < work.missed_in_100:
            continue
        for day, share in zip(paydays, shares, strict=True):
            _pay(draft, work, days.in_month(year, month, day), amount_minor * share // 100, account)


def _pay(draft: Draft, work: Job, day: date, amount_minor: int, account: int, text: str | None = None) -> None:
    random = draft.random
    paid_on = days.moved(day, work.way)
    if random.randrange(100) < work.late_in_100:
        paid_on += timedelta(days=random.randrange(1, 4))
    if not work.first <= paid_on <= work.last:
        return
    done = (paid_on - draft.first).days / max(1, (draft.last - draft.first).days)
    amount_minor = amount_minor * (100 + random.randint(-work.varies_in_100, work.varies_in_100)) // 100
    draft.add(
        paid_on, account, amount_minor, work.payer.name(random, done),
        work.payer.text(random, paid_on.month) if text is None else text,
        counterparty_account=work.payer.account,
        income=work.mark if random.randrange(100) < work.marked_in_100 else None,
    )  # fmt: skip


def _every(draft: Draft, weekday: int) -> Iterator[date]:
    day = draft.first + timedelta(days=(weekday - draft.first.weekday()) % 7)
    while day <= draft.last:
        yield day
        day += timedelta(days=7)


def _seldom_marked(draft: Draft) -> int:
    return draft.random.choice((0, 0, 0, 0, 30, 100))


def _truth(draft: Draft, pattern: str, payer: Payer, **more) -> Truth:
    return Truth(
        pattern=pattern,
        salary_account=draft.accounts[draft.salary].number,
        payer=payer.names[0],
        payer_names=payer.names,
        **more,
    )
