"""The geometry of pictures: amounts become widths, in thousandths of the whole, so that templates need not count."""

from collections.abc import Sequence
from typing import NamedTuple

WIDTH = 1000


class Part(NamedTuple):
    """One amount of a whole: what it is called, its minor units, how it is written, and its colour's name.

    Kinds: spendable, surplus, reserved, transit, held, quota, settled.
    """

    name: str
    minor: int
    text: str
    kind: str


class Segment(NamedTuple):
    """Where a part stands in the bar."""

    name: str
    text: str
    kind: str
    x: int
    width: int


def stacked(parts: Sequence[Part]) -> list[Segment]:
    """Lay the parts side by side over the whole width; parts of nothing are named, and have no width.

    The edges are rounded down, so that together they never reach beyond the whole.
    """
    whole = sum(max(0, part.minor) for part in parts)
    segments, before = [], 0
    for part in parts:
        after = before + max(0, part.minor)
        x, end = (before * WIDTH // whole, after * WIDTH // whole) if whole else (0, 0)
        segments.append(Segment(part.name, part.text, part.kind, x, end - x))
        before = after
    return segments


class Column(NamedTuple):
    """Where an amount stands among others as a column, from the ground up."""

    name: str
    text: str
    x: int
    y: int
    width: int
    height: int


HEIGHT = 200


def columns(parts: Sequence[Part]) -> list[Column]:
    """Lay the amounts side by side over the whole width, the highest as high as the picture; gaps between them."""
    highest = max((part.minor for part in parts), default=0)
    found = []
    for index, part in enumerate(parts):
        x, end = index * WIDTH // len(parts), (index + 1) * WIDTH // len(parts)
        gap = (end - x) // 5
        height = max(0, part.minor) * HEIGHT // highest if highest > 0 else 0
        found.append(Column(part.name, part.text, x + gap, HEIGHT - height, end - x - 2 * gap, height))
    return found
