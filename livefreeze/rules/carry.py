"""What earlier periods left unused: which rests still count, and what goes on to the next period."""

from collections.abc import Sequence
from datetime import date

from livefreeze.rules import calendar
from livefreeze.rules.calendar import Calendar, Days
from livefreeze.rules.facts import Rest


def counting(rests: Sequence[Rest], cal: Calendar, period: Days, periods: int) -> tuple[Rest, ...]:
    """The rests of the last so many periods before this one, oldest first; those of one period added up."""
    if periods == 0:
        return ()
    first = calendar.before(cal, period, periods)
    sums: dict[date, int] = {}
    for rest in sorted(rests):
        if first <= rest.period_start < period.start:
            sums[rest.period_start] = sums.get(rest.period_start, 0) + rest.amount_minor
    return tuple(Rest(start, amount) for start, amount in sums.items())


def forward(
    rests: Sequence[Rest], *, own_minor: int, used_minor: int, present_minor: int, period: Days
) -> tuple[Rest, ...]:
    """What is left of rests and of the period's own amount, each as far as its money is there.

    What was used is set against the oldest rest first, the period's own amount last (§ 899 Abs. 2 ZPO).
    """
    left = []
    for rest in (*rests, Rest(period.start, own_minor)):
        used = min(used_minor, rest.amount_minor)
        used_minor -= used
        there = min(rest.amount_minor - used, present_minor)
        present_minor -= there
        if there:
            left.append(Rest(rest.period_start, there))
    return tuple(left)
