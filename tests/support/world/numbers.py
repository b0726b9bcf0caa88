"""Names and numbers that nothing else has in this test run."""

import itertools

_numbers = itertools.count(1)


def number() -> int:
    return next(_numbers)


def unique(prefix: str) -> str:
    return f"{prefix}-{number():06}"


def id_number() -> str:
    """A resident's identity number with its check digit (GB 11643)."""
    body = f"330281{19800101 + number() % 28}{number() % 1000:03}"
    total = sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(body))
    return body + "10X98765432"[total % 11]
