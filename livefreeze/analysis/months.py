"""Income by month: the small picture that a page draws of what candidates received."""

from collections.abc import Sequence
from typing import NamedTuple

from livefreeze.analysis.candidate import Candidate


class Part(NamedTuple):
    """What one payer paid into one account in a month, in minor units of its currency."""

    account: str
    payer: str
    currency: str
    amount_minor: int


class Month(NamedTuple):
    """One month, written 2026-01, and what came in it; a month without income has no part."""

    month: str
    parts: tuple[Part, ...]


def income_by_month(candidates: Sequence[Candidate]) -> tuple[Month, ...]:
    """Each month from the first income to the last, none left out, with its parts in the candidates' order."""
    parts: dict[str, list[Part]] = {}
    for candidate in candidates:
        for month, amount_minor in candidate.by_month:
            part = Part(candidate.account, candidate.payer, candidate.currency, amount_minor)
            parts.setdefault(month, []).append(part)
    if not parts:
        return ()
    return tuple(Month(month, tuple(parts.get(month, ()))) for month in _months(min(parts), max(parts)))


def _months(first: str, last: str) -> list[str]:
    counted = [int(month[:4]) * 12 + int(month[5:]) - 1 for month in (first, last)]
    return [f"{month // 12:04d}-{month % 12 + 1:02d}" for month in range(counted[0], counted[1] + 1)]
