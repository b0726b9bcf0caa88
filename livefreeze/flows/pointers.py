"""Name the field to blame from where it was read: a parser knows what is wrong, its caller where it stood."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from livefreeze.base.errors import Problem, invalid_fields


@contextmanager
def at(pointer: str) -> Iterator[None]:
    """A problem in the block is the fault of this field, such as `/claim/amount`."""
    try:
        yield
    except Problem as problem:
        raise problem.at(pointer) from None


@contextmanager
def under(pointer: str) -> Iterator[None]:
    """Fields that a problem in the block blames lie below this one: `/day` becomes `/rule/sweep/day`."""
    try:
        yield
    except Problem as problem:
        if not problem.errors:
            raise
        raise invalid_fields([replace(error, pointer=pointer + error.pointer) for error in problem.errors]) from None
