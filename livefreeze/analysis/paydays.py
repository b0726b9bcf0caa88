"""On which day of the month somebody is paid: the day that fits the dates best, moved before or after weekends."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from livefreeze.analysis.calendar import month_of, payday_in

_BEFORE, _AFTER = 6, 5  # days by which holidays and late books may move a payday and still be near it
_EXACT, _MOVED, _NEAR = 12, 11, 6


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
    """The day of the month that fits sorted ordinal days best; of equals the first."""
    seen = {date.fromordinal(day).day for day in days}
    wanted = {(each + move - 1) % 31 + 1 for each in seen for move in (-1, 0, 1, 2)}
    if max(seen) >= 28:
        wanted.add(31)
    return max((_fit(days, day_of_month) for day_of_month in sorted(wanted)), key=lambda fit: fit.score)


def _fit(days: Sequence[int], day_of_month: int) -> Fit:
    best: dict[int, tuple[int, int]] = {}  # month → score, ordinal day
    moves = {"before": 0, "after": 0}
    for day in days:
        month = month_of(day)
        for each in (month - 1, month, month + 1):
            score = _score(day, payday_in(each, day_of_month))
            if score and score > best.get(each, (0, 0))[0]:
                best[each] = (score, day)
    for month, (_, day) in best.items():
        payday, before, after = payday_in(month, day_of_month)
        moves["before"] += day == before != payday
        moves["after"] += day == after != payday
    moved = max(moves, key=lambda way: moves[way])
    total = sum(score for score, _ in best.values())
    return Fit(
        day_of_month,
        moved if moves[moved] else None,
        total,
        sum(score >= _MOVED for score, _ in best.values()),
        {month: day for month, (_, day) in best.items()},
        max(best) - min(best) + 1 if best else 1,
    )


def _score(day: int, payday: tuple[int, int, int]) -> int:
    """How well a payment fits a payday: `payday`, the working day before and after."""
    if day == payday[0]:
        return _EXACT
    if day in payday:
        return _MOVED
    away = day - payday[0]
    return max(0, _NEAR - abs(away)) if -_BEFORE <= away <= _AFTER else 0
