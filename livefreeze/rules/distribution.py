"""Share a sum out among creditors: class by class, within a class by equal parts, by claim or by rank.

Equal parts: Texas Family Code 158.207. By claim: California support orders. Cents that rounding down leaves go one
each to the largest remainders, equals to the first by name, so that the shares always add up.
"""

from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple

from livefreeze.rules import exact


class Claim(NamedTuple):
    """What one creditor may have in one class; minor units."""

    creditor: str
    rank: int | None
    class_name: str
    amount_minor: int


class Share(NamedTuple):
    """What a claim gets."""

    claim: Claim
    amount_minor: int


def distribute(amount_minor: int, classes: tuple[str, ...], method: str, claims: tuple[Claim, ...]) -> list[Share]:
    """The shares, by class and then as the claims stand; a class is served in full before the next."""
    shares: list[Share] = []
    for name in classes:
        of_class = [claim for claim in claims if claim.class_name == name]
        available = min(amount_minor, sum(claim.amount_minor for claim in of_class))
        parts = METHODS[method](available, of_class)
        shares += map(Share, of_class, parts)
        amount_minor -= available
    return shares


def _equal(available: int, claims: list[Claim]) -> list[int]:
    """Equal parts, nobody more than the claim, what that leaves shared again: all below one level, the level exact."""
    wanted, left = [claim.amount_minor for claim in claims], available
    for served, smallest in enumerate(sorted(wanted)):
        level = Fraction(left, len(wanted) - served)
        if smallest > level:
            return _whole(available, claims, [min(Fraction(amount), level) for amount in wanted])
        left -= smallest
    return wanted


def _pro_rata(available: int, claims: list[Claim]) -> list[int]:
    """By claim."""
    total = sum(claim.amount_minor for claim in claims)
    if not total:
        return [0] * len(claims)
    return _whole(available, claims, [Fraction(available * claim.amount_minor, total) for claim in claims])


def _by_rank(available: int, claims: list[Claim]) -> list[int]:
    """By rank, equals by name, each in full before the next."""
    parts = [0] * len(claims)
    for place in sorted(range(len(claims)), key=lambda place: (claims[place].rank, claims[place].creditor)):
        parts[place] = min(available, claims[place].amount_minor)
        available -= parts[place]
    return parts


def _whole(available: int, claims: list[Claim], parts: list[Fraction]) -> list[int]:
    """Whole minor units that add up: rounded down, what is left one each to the largest remainders."""
    whole = [exact.down(part) for part in parts]
    by_remainder = sorted(range(len(parts)), key=lambda place: (whole[place] - parts[place], claims[place].creditor))
    for place in by_remainder[: available - sum(whole)]:
        whole[place] += 1
    return whole


METHODS: dict[str, Callable[[int, list[Claim]], list[int]]] = {
    "equal": _equal, "pro_rata": _pro_rata, "rank": _by_rank,
}  # fmt: skip
"""The ways that facts may name."""
