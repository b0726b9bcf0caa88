"""Small tables of bank lines by hand: who pays what on which days of a year, 2025-12 to 2026-11."""

from datetime import date, timedelta

from livefreeze.analysis.history import History, Line
from livefreeze.analysis.recognition import recognise

FIRST, LAST = date(2025, 12, 1), date(2026, 11, 30)
MONTHS = [(2025, 12), *((2026, month) for month in range(1, 12))]


def working_day_before(day: date) -> date:
    """The day, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def monthly(day: int, months=MONTHS, *, moved: bool = True) -> list[date]:
    """A day of each month, 31 for the last one."""
    found = []
    for year, month in months:
        following = date(year + month // 12, month % 12 + 1, 1)
        wanted = min(date(year, month, 1) + timedelta(days=day - 1), following - timedelta(days=1))
        found.append(working_day_before(wanted) if moved else wanted)
    return found


def every(days: int, begin: date = date(2025, 12, 5), end: date = LAST) -> list[date]:
    """Each so many days."""
    return [begin + timedelta(days=days * index) for index in range((end - begin).days // days + 1)]


def paid(days, amounts, payer: str, text: str = "", *, account: str | None = None, income: str | None = None):
    """One line a day, with one amount for all or one each, in whole yuan; below nothing is spending."""
    amounts = [amounts] * len(days) if isinstance(amounts, int) else amounts
    return [
        Line(day, amount * 100, payer, account, text, income) for day, amount in zip(days, amounts, strict=False)
    ]


def spending() -> list[Line]:
    """A year of an ordinary person's spending."""
    return [
        *paid(every(3), -86, "超市", "消费"),
        *paid(monthly(1), -1800, "房东", "房租"),
        *paid(monthly(15), -1000, "ATM", "取现"),
    ]


def recognised(lines, *more, **options):
    """What is recognised in one account, and in further ones."""
    histories = [History(f"acc{index}", "CNY", rows) for index, rows in enumerate((lines, *more), start=1)]
    return recognise(histories, first_day=FIRST, last_day=LAST, **options)
