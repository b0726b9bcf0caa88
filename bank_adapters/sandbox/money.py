"""Amounts of the sandbox's books: strict text outside, whole minor units inside."""

import re

from bank_adapters.sandbox.refused import Refused

# Decimal places of the currencies kept here (ISO 4217).
DIGITS = {
    "AUD": 2, "CHF": 2, "CNY": 2, "EUR": 2, "GBP": 2, "HKD": 2,
    "JPY": 0, "KRW": 0, "KWD": 3, "SGD": 2, "USD": 2,
}  # fmt: skip

_AMOUNT = re.compile(r"(-?)(0|[1-9][0-9]{0,14})(?:\.([0-9]+))?")


def digits_of(currency: str) -> int:
    """How many decimals the currency has. Raises Refused (CURRENCY_UNKNOWN)."""
    if currency not in DIGITS:
        raise Refused("CURRENCY_UNKNOWN")
    return DIGITS[currency]


def parse(text: object, currency: str, *, field: str = "amount", least: int = 1) -> int:
    """Minor units of an amount such as "12.30", at least `least` of them.

    Raises Refused (AMOUNT_INVALID, CURRENCY_UNKNOWN).
    """
    digits = digits_of(currency)
    match = _AMOUNT.fullmatch(text) if isinstance(text, str) else None
    if match is not None and len(match[3] or "") <= digits:
        minor = int(match[2] + (match[3] or "").ljust(digits, "0"))
        minor = -minor if match[1] else minor
        if minor >= least:
            return minor
    raise Refused("AMOUNT_INVALID", field=field, currency=currency, least=format_minor(least, currency))


def format_minor(minor: int, currency: str) -> str:
    """1230 minor units of CNY are "12.30"."""
    digits = digits_of(currency)
    text = str(abs(minor)).rjust(digits + 1, "0")
    whole, part = (text[:-digits], text[-digits:]) if digits else (text, "")
    return ("-" if minor < 0 else "") + whole + ("." + part if part else "")


def for_people(minor: int, currency: str) -> str:
    """1230000 minor units of CNY read "12,300.00"."""
    whole, point, part = format_minor(abs(minor), currency).partition(".")
    return f"{'-' if minor < 0 else ''}{int(whole):,}{point}{part}"
