"""What one payer's payments are, before they are weighed: which count as income, when, how much."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from livefreeze.analysis import words
from livefreeze.analysis.calendar import month_of
from livefreeze.analysis.payers import Credit, Payer
from livefreeze.analysis.rhythm import Pattern, Rhythm, rhythm_of
from livefreeze.analysis.vocabulary import Sense
from livefreeze.analysis.words import INCOME


class Kind(StrEnum):
    """What income is paid for."""

    SALARY = "salary"
    PENSION = "pension"
    BENEFIT = "benefit"
    PLATFORM = "platform"


_KINDS = {
    Sense.SALARY: Kind.SALARY,
    Sense.BONUS: Kind.SALARY,
    Sense.PENSION: Kind.PENSION,
    Sense.BENEFIT: Kind.BENEFIT,
    Sense.PLATFORM: Kind.PLATFORM,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One payer's payments that may be income; days are ordinal, amounts minor units."""

    payer: Payer
    counted: tuple[Credit, ...]  # what may be income
    other: tuple[Credit, ...]  # what is not, by its text or mark
    by_day: tuple[tuple[int, int], ...]  # day and sum of what counts
    rhythm: Rhythm
    role: Sense

    @property
    def first_day(self) -> int:
        """The day of the first payment."""
        return self.by_day[0][0]

    @property
    def last_day(self) -> int:
        """The day of the last payment."""
        return self.by_day[-1][0]

    @property
    def said(self) -> tuple[Credit, ...]:
        """The payments whose text or mark calls them income."""
        return tuple(credit for credit in self.counted if credit.sense in INCOME)

    @property
    def total_minor(self) -> int:
        """All that counts."""
        return sum(amount for _, amount in self.by_day)

    @property
    def typical_minor(self) -> int:
        """The middle of the sums of a day."""
        return _middle([amount for _, amount in self.by_day])

    @property
    def monthly_minor(self) -> int:
        """What comes in a month, on average of the months with a payment."""
        return self.total_minor // len(self.by_month())

    @property
    def spread(self) -> int:
        """How far the middle half of the amounts lies apart, in per cent of the middle one.

        Of a payer who pays twice a month the months are compared, for the two halves of a pay may differ.
        """
        twice = self.rhythm.pattern == Pattern.TWICE_MONTHLY
        amounts = sorted(self.by_month().values()) if twice else sorted(amount for _, amount in self.by_day)
        apart = amounts[len(amounts) * 3 // 4] - amounts[len(amounts) // 4]
        return apart * 100 // max(1, _middle(amounts))

    def by_month(self) -> dict[int, int]:
        """The sum of each counted month."""
        sums: dict[int, int] = {}
        for day, amount_minor in self.by_day:
            sums[month_of(day)] = sums.get(month_of(day), 0) + amount_minor
        return sums

    def kind(self) -> Kind:
        """What the income is paid for, by most of its texts, else by the payer's name, else by its pattern."""
        senses = Counter(credit.sense for credit in self.said)
        if senses:
            return _KINDS[max(senses, key=lambda sense: (senses[sense], -sense))]
        if self.role in _KINDS:
            return _KINDS[self.role]
        return Kind.PLATFORM if self.rhythm.pattern == Pattern.MANY_SMALL else Kind.SALARY

    def bonus_months(self) -> tuple[int, ...]:
        """The months with a payment called a bonus, or with half as much again as usual."""
        months = self.by_month()
        usual = _middle(list(months.values()))
        named = {month_of(credit.day) for credit in self.counted if credit.sense == Sense.BONUS}
        if len(named) * 2 > len(months):
            named = set()  # a part of each month's pay
        larger = {month for month, amount in months.items() if amount * 2 >= usual * 3} if len(months) >= 4 else set()
        return tuple(sorted(named | larger))


def evidence_of(payer: Payer) -> Evidence | None:
    """A payer's payments, sorted out; None where none may be income."""
    counted = tuple(credit for credit in payer.credits if credit.sense in INCOME or credit.sense == Sense.SILENT)
    if not counted:
        return None
    other = tuple(credit for credit in payer.credits if credit.sense >= Sense.RETURNED)
    by_day: dict[int, int] = {}
    for credit in counted:
        by_day[credit.day] = by_day.get(credit.day, 0) + credit.amount_minor
    usual = [credit.day for credit in counted if credit.sense != Sense.BONUS]
    return Evidence(
        payer=payer, counted=counted, other=other, by_day=tuple(sorted(by_day.items())),
        rhythm=rhythm_of(sorted(set(usual or by_day))), role=words.role_of(payer.name),
    )


def most_common_sense(credits: Sequence[Credit]) -> Sense:
    """The sense of most of these payments; of equals the first in the list of senses."""
    senses = Counter(credit.sense for credit in credits)
    return max(senses, key=lambda sense: (senses[sense], -sense))


def _middle(amounts: list[int]) -> int:
    return sorted(amounts)[(len(amounts) - 1) // 2]
