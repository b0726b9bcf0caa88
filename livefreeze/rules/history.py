"""Does a history that a bank answered add up? What does not is kept and flagged, line by line."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

BALANCE_BREAK = "BALANCE_BREAK"
"""The balance after this booking is not the one before it and the amount."""
SEQUENCE_GAP = "SEQUENCE_GAP"
"""A number is missing before this booking, so its balance cannot be checked."""
SEQUENCE_REPEATED = "SEQUENCE_REPEATED"
"""Another booking of the account has the same number."""
OUTSIDE_PERIOD = "OUTSIDE_PERIOD"
"""The booking is of a day that was not asked for."""


class Line(NamedTuple):
    """What of a booking can be checked; minor units of its account's currency."""

    sequence: int
    day: date
    amount_minor: int
    balance_after_minor: int | None


class Ends(NamedTuple):
    """The balances before the first line and after the last one, where the bank says them."""

    opening_minor: int | None
    closing_minor: int | None


def flags(lines: Sequence[Line], *, first_day: date, last_day: date) -> list[tuple[str, ...]]:
    """What is odd about each line; the lines are in the order of their sequence.

    A line without a balance hides no break: what it should be is carried on. A single wrong balance is flagged once:
    the next line may follow from what was expected as well as from what was stated.
    """
    found: list[tuple[str, ...]] = []
    before: Line | None = None
    running: tuple[int, ...] = ()  # the balances from which the next line may follow
    for line in lines:
        odd = [] if first_day <= line.day <= last_day else [OUTSIDE_PERIOD]
        stated = line.balance_after_minor
        joins = before is not None and line.sequence == before.sequence + 1
        if before is not None and not joins:
            odd.append(SEQUENCE_REPEATED if line.sequence == before.sequence else SEQUENCE_GAP)
        running = tuple(balance + line.amount_minor for balance in running) if joins else ()
        if stated is not None:
            is_odd = bool(running) and stated not in running
            odd += [BALANCE_BREAK] * is_odd
            running = (running[0], stated) if is_odd else (stated,)
        found.append(tuple(odd))
        before = line
    return found


def ends(lines: Sequence[Line]) -> Ends:
    """Where these lines join those before and after them."""
    first, last = lines[0], lines[-1]
    opening = None if first.balance_after_minor is None else first.balance_after_minor - first.amount_minor
    return Ends(opening, last.balance_after_minor)


def is_broken(before: Ends, after: Ends) -> bool:
    """Do two stretches that follow each other contradict each other?"""
    known = before.closing_minor is not None and after.opening_minor is not None
    return known and before.closing_minor != after.opening_minor
