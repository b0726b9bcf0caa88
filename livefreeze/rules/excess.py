"""What a bank paid above the allowance without asking, and how later periods pay it back."""

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple


class PeriodFacts(NamedTuple):
    """The sums of one allowance period, in minor units."""

    allowance_minor: int  # as the rule has it, or had it when the period ended
    ceiling_minor: int  # the highest allowance that the period had
    from_held_minor: int  # approved out of frozen money
    stand_in_minor: int  # paid without asking us, or above what we approved


class ExcessOfPeriod(NamedTuple):
    """What a period pays back, what it adds, and what it leaves to the next one."""

    excess_in_minor: int
    excess_minor: int
    carried_minor: int


def of_period(facts: PeriodFacts, *, carried_minor: int, share: Fraction) -> ExcessOfPeriod:
    """The excess of one period into which so much is carried.

    A period pays back at most this share of its allowance: nobody starves for a bank's mistake.
    """
    most = facts.allowance_minor * share.numerator // share.denominator
    excess_in = min(carried_minor, most)
    room = max(0, facts.ceiling_minor - excess_in - facts.from_held_minor)
    excess = max(0, facts.stand_in_minor - room)
    return ExcessOfPeriod(excess_in, excess, excess + carried_minor - excess_in)


def chain(periods: Iterable[PeriodFacts], share: Fraction, *, carried_minor: int = 0) -> tuple[ExcessOfPeriod, ...]:
    """The excess of each period from the oldest on; quiet periods between must be among them.

    It depends on sums alone, so a fact that comes late for an old period is counted by asking again.
    """
    results = []
    for facts in periods:
        result = of_period(facts, carried_minor=carried_minor, share=share)
        carried_minor = result.carried_minor
        results.append(result)
    return tuple(results)
