"""How often and on which days a payer pays: monthly, twice a month, weekly, many small amounts, irregular."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from livefreeze.analysis.calendar import month_of
from livefreeze.analysis.paydays import Fit, best_fit


class Pattern(StrEnum):
    """How often somebody is paid."""

    MONTHLY = "monthly"
    TWICE_MONTHLY = "twice_monthly"
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MANY_SMALL = "many_small"
    IRREGULAR = "irregular"
    FEW = "few"  # once or twice: no pattern yet


class Payday(NamedTuple):
    """When the next payment may be looked for."""

    days_of_month: tuple[int, ...] = ()  # one, or two of a payer who pays twice a month
    weekday: int | None = None  # 0 is Monday
    moved: str | None = None  # "before" or "after": the working day to which a weekend moves it


class Rhythm(NamedTuple):
    """A pattern, its payday, and how much of it was kept."""

    pattern: Pattern
    payday: Payday
    steadiness: int  # per cent of the payments that a perfect payer would have made on the very days
    months_seen: int
    months_expected: int  # from the first payment to the last, to the end of the period where it goes on
    extra_months: tuple[int, ...] = ()  # in which there was more than the pattern has

    @property
    def is_regular(self) -> bool:
        """Whether there is a day to wait for."""
        return self.pattern in (Pattern.MONTHLY, Pattern.TWICE_MONTHLY, Pattern.WEEKLY, Pattern.FORTNIGHTLY)


def rhythm_of(days: Sequence[int]) -> Rhythm:
    """The rhythm of sorted ordinal days, each there once."""
    months = Counter(month_of(day) for day in days)
    first, last = min(months), max(months)
    seen, expected = len(months), last - first + 1
    if len(days) < 3:
        return Rhythm(Pattern.FEW, Payday((date.fromordinal(days[-1]).day,)), 0, seen, expected)
    weekly = _weekly(days)
    if weekly:
        return Rhythm(weekly[0], Payday((), weekly[1]), weekly[2], seen, expected)
    fit = best_fit(days)
    second = _second(days, fit)
    if second:
        return _twice(fit, second, seen)
    if _is_monthly(fit, len(days)):
        extra = tuple(sorted(month for month, count in months.items() if count > 1))
        return Rhythm(
            Pattern.MONTHLY, Payday((fit.day_of_month,), None, fit.moved), fit.steadiness,
            len(fit.paid), fit.month_count, extra,
        )
    if len(days) >= 8 and len(days) >= 4 * seen:
        return Rhythm(Pattern.MANY_SMALL, Payday(), seen * 100 // expected, seen, expected)
    return Rhythm(Pattern.IRREGULAR, Payday(), seen * 100 // expected, seen, expected)


def _weekly(days: Sequence[int]) -> tuple[Pattern, int, int] | None:
    """The pattern, the weekday and the per cent of payments on it, of who is paid each week or each second one."""
    if len(days) < 5:
        return None
    gaps = sorted(later - earlier for earlier, later in zip(days, days[1:], strict=False))
    weekday, count = max(Counter((day - 1) % 7 for day in days).items(), key=lambda each: (each[1], -each[0]))
    gap = gaps[len(gaps) // 2]
    if count * 10 < len(days) * 6 or not (6 <= gap <= 8 or 13 <= gap <= 15):
        return None
    every = 7 if gap <= 8 else 14
    due = (days[-1] - days[0]) // every + 1
    if len(days) > due + max(2, due // 4):
        return None
    return (Pattern.WEEKLY if every == 7 else Pattern.FORTNIGHTLY), weekday, min(100, count * 100 // due)


def _is_monthly(fit: Fit, count: int) -> bool:
    """Most months have a payment near the day, and there are not many beside them."""
    return len(fit.paid) * 10 >= fit.month_count * 6 and fit.steadiness >= 40 and count * 10 <= len(fit.paid) * 15


def _second(days: Sequence[int], first: Fit) -> Fit | None:
    """The second payday of a payer who pays twice a month."""
    used = set(first.paid.values())
    rest = [day for day in days if day not in used]
    if len(rest) < 3 or len(rest) * 10 < len(used) * 6:
        return None
    second = best_fit(rest)
    apart = abs(second.day_of_month - first.day_of_month)
    is_kept = all(len(fit.paid) * 10 >= fit.month_count * 6 and fit.steadiness >= 45 for fit in (first, second))
    few_beside = len(days) * 10 <= (len(used) + len(second.paid)) * 12
    return second if is_kept and few_beside and 6 <= apart <= 25 else None


def _twice(first: Fit, second: Fit, seen: int) -> Rhythm:
    days = tuple(sorted((first.day_of_month, second.day_of_month)))
    months = first.paid.keys() | second.paid.keys()
    return Rhythm(
        Pattern.TWICE_MONTHLY, Payday(days, None, first.moved or second.moved),
        (first.steadiness + second.steadiness) // 2, min(seen, len(months)), max(months) - min(months) + 1,
    )
