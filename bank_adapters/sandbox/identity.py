"""Identity numbers of mainland China (GB 11643-1999): one person written in several ways, and the check digit."""

import unicodedata

_CHECKS = "10X98765432"


def normalised(id_number: str) -> str:
    """The number without spaces, in half-width characters, with a capital X."""
    return "".join(unicodedata.normalize("NFKC", id_number).split()).upper()


def with_check(digits: str) -> str:
    """Seventeen digits with the check character behind them."""
    total = sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(digits))
    return digits + _CHECKS[total % 11]
