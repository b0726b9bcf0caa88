"""Which lines of a history do not add up: the running balance and the sequence, checked line by line."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from livefreeze.analysis.history import Line


class Fault(StrEnum):
    """What is wrong with a line, or before it."""

    BALANCE_DIFFERS = "BALANCE_DIFFERS"  # the balance that it names is not the one before it and its amount
    LINES_MISSING = "LINES_MISSING"  # its number is not the next one
    OUT_OF_SEQUENCE = "OUT_OF_SEQUENCE"  # its number has passed already, or is there twice


SENTENCES = {
    Fault.BALANCE_DIFFERS: (
        "The balance does not follow from the line before and the amount.",
        "余额与上一行余额及本行金额不符。",
    ),
    Fault.LINES_MISSING: ("Lines before this one are missing.", "本行之前有缺失的流水。"),
    Fault.OUT_OF_SEQUENCE: ("This line is out of order or given twice.", "本行顺序有误或重复。"),
}
"""Each fault in English and Chinese."""


class Flag(NamedTuple):
    """One fault of one line; balances in minor units, None where the fault is none of the balance."""

    index: int  # of the line among those given, from 0
    sequence: int | None
    fault: Fault
    expected_minor: int | None = None
    stated_minor: int | None = None


def flags(lines: Iterable[Line], *, opening_minor: int | None = None) -> Iterator[Flag]:
    """Each fault of lines given in their sequence; nothing is kept but what the next line needs.

    Without an opening balance the first line that names one is believed. A single wrong balance is flagged once: the
    next line may follow from what was expected as well as from what was stated.
    """
    running: tuple[int, ...] = () if opening_minor is None else (opening_minor,)  # expected first, then stated
    last: int | None = None
    for index, line in enumerate(lines):
        if line.sequence is not None:
            if last is not None and line.sequence <= last:
                yield Flag(index, line.sequence, Fault.OUT_OF_SEQUENCE)
            elif last is not None and line.sequence > last + 1:
                yield Flag(index, line.sequence, Fault.LINES_MISSING)
            last = line.sequence if last is None else max(last, line.sequence)
        running = tuple(balance + line.amount_minor for balance in running)
        stated = line.balance_after_minor
        if stated is None:
            continue
        if running and stated not in running:
            yield Flag(index, line.sequence, Fault.BALANCE_DIFFERS, running[-1], stated)
            running = (running[-1], stated)
        else:
            running = (stated,)
