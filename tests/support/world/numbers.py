"""Names and numbers that nothing else has in this test run."""

import itertools

_numbers = itertools.count(1)


def number() -> int:
    return next(_numbers)


def unique(prefix: str) -> str:
    return f"{prefix}-{number():06}"
