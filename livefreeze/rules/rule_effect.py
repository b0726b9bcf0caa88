"""What a change of rule does to pools: to each, and to all of them together."""

from collections.abc import Sequence
from typing import NamedTuple

from livefreeze.rules.position import PoolFacts, Position, divide


class Figures(NamedTuple):
    """What a pool comes to under a rule, in minor units."""

    spendable_minor: int
    allowance_left_minor: int
    surplus_minor: int


class PoolEffect(NamedTuple):
    """A pool before the change and after it."""

    before: Figures
    after: Figures

    @property
    def spendable_change_minor(self) -> int:
        """What the debtor may take more now; below nothing: less."""
        return self.after.spendable_minor - self.before.spendable_minor

    @property
    def allowance_left_change_minor(self) -> int:
        """What is left to live on in this period, more or less, however much money is there."""
        return self.after.allowance_left_minor - self.before.allowance_left_minor

    @property
    def surplus_change_minor(self) -> int:
        """What the next sweep finds more or less."""
        return self.after.surplus_minor - self.before.surplus_minor


class Group(NamedTuple):
    """Pools that change in one direction, and by how much: at most, and in the middle (the lower of two)."""

    count: int
    most_minor: int
    median_minor: int


class Bucket(NamedTuple):
    """How many pools get more, or less, by over `above` and at most `up_to` (None: without end), or the same."""

    direction: str  # less, same, more
    above_minor: int
    up_to_minor: int | None
    count: int


class Summary(NamedTuple):
    """The effect on all pools together."""

    count: int
    more: Group  # by what may be taken now
    less: Group
    same_count: int
    allowance_more_count: int  # by what is left of the period's allowance
    allowance_less_count: int
    surplus_before_minor: int
    surplus_after_minor: int
    buckets: tuple[Bucket, ...]  # of the change in what may be taken now, from the greatest loss on

    @property
    def surplus_change_minor(self) -> int:
        """What the next sweeps find more or less, altogether."""
        return self.surplus_after_minor - self.surplus_before_minor


BOUNDS = (100, 500, 1_000)  # whole units of the currency


def of_pool(before: PoolFacts, after: PoolFacts) -> PoolEffect:
    """The effect on one pool: the same money, divided by both rules."""
    return PoolEffect(_figures(divide(before)), _figures(divide(after)))


def summary(effects: Sequence[PoolEffect], *, unit_minor: int) -> Summary:
    """All of them together; `unit_minor` is one whole unit of the currency."""
    changes = sorted(effect.spendable_change_minor for effect in effects)
    left = [effect.allowance_left_change_minor for effect in effects]
    more = [change for change in changes if change > 0]
    less = sorted(-change for change in changes if change < 0)
    return Summary(
        count=len(effects),
        more=_group(more),
        less=_group(less),
        same_count=len(changes) - len(more) - len(less),
        allowance_more_count=sum(change > 0 for change in left),
        allowance_less_count=sum(change < 0 for change in left),
        surplus_before_minor=sum(effect.before.surplus_minor for effect in effects),
        surplus_after_minor=sum(effect.after.surplus_minor for effect in effects),
        buckets=_buckets(changes, [bound * unit_minor for bound in BOUNDS]),
    )


def _figures(position: Position) -> Figures:
    return Figures(position.spendable_minor, position.allowance_left_minor, position.surplus_minor)


def _group(amounts: list[int]) -> Group:
    return Group(len(amounts), amounts[-1], amounts[(len(amounts) - 1) // 2]) if amounts else Group(0, 0, 0)


def _buckets(changes: list[int], bounds: list[int]) -> tuple[Bucket, ...]:
    spans = list(zip([0, *bounds], [*bounds, None], strict=True))
    more = [change for change in changes if change > 0]
    less = [-change for change in changes if change < 0]
    return (
        *(Bucket("less", low, high, _within(less, low, high)) for low, high in reversed(spans)),
        Bucket("same", 0, 0, len(changes) - len(more) - len(less)),
        *(Bucket("more", low, high, _within(more, low, high)) for low, high in spans),
    )


def _within(amounts: list[int], above: int, up_to: int | None) -> int:
    return sum(amount > above and (up_to is None or amount <= up_to) for amount in amounts)
