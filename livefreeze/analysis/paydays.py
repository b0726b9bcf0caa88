"""On which day of the month somebody is paid: the day that fits the dates best, moved before or after weekends."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from livefreeze.analysis.calendar import month_of, payday_in

WAYS = ("before", "after")  # to which working day a weekend or holiday moves a payday
_EXACT, _MOVED, _NEAR, _STRAY = 12, 11, 9, 5


class Fit(NamedTuple):
    """One day of the month and the payments that fit it."""

    day_of_month: int
    moved: str | None  # "before" or "after": to which working day, where a payday fell on a weekend
    score: int
    exact: int  # payments on the day or the working day
    paid: dict[int, int]  # month → ordinal day of the payment that fits it best
    month_count: int  # months from the first payment to the last

    @property
    def steadiness(self) -> int:
        """How well the payments fit the day, in per cent of a payment on the very day each month."""
        return self.score * 100 // (_EXACT * self.month_count)


def best_fit(days: Sequence[int]) -> Fit:
    """The day of the month that fits sorted ordinal days best; of equals the first, and before rather than after."""
    seen = {date.fromordinal(day).day for day in days}
    wanted = {(each + move - 1) % 31 + 1 for each in seen for move in (-1, 0, 1, 2)}
    if max(seen) >= 28:
        wanted.add(31)
    fits = (_fit(days, day_of_month, way) for day_of_month in sorted(wanted) for way in WAYS)
    return max(fits, key=lambda fit: fit.score)


def _fit(days: Sequence[int], day_of_month: int, way: str) -> Fit:
    best: dict[int, tuple[int, int]] = {}  # month → score, ordinal day
    for day in days:
        month = month_of(day)
        for each in (month - 1, month, month + 1):
            score = _score(day, payday_in(each, day_of_month), way)
            if score and score > best.get(each, (0, 0))[0]:
                best[each] = (score, day)
    return Fit(
        day_of_month,
        way if any(score == _MOVED for score, _ in best.values()) else None,
        sum(score for score, _ in best.values()),
        sum(score >= _MOVED for score, _ in best.values()),
        {month: day for month, (_, day) in best.items()},
        max(best) - min(best) + 1 if best else 1,
    )


def _score(day: int, payday: tuple[int, int, int], way: str) -> int:
    """How well a payment fits a payday that weekends and holidays move one way.

    `payday` is the day itself, the working day before and the one after. Holidays are not known, so a payment some
    days off fits better on the side to which they would move it.
    """
    if day == payday[0]:
        return _EXACT
    if day == payday[1 + WAYS.index(way)]:
        return _MOVED
    away = day - payday[0]
    is_that_way = away < 0 if way == "before" else away > 0
    return max(0, (_NEAR if is_that_way else _STRAY) - abs(away))
