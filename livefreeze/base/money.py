"""Money as whole minor units (fen, cents), and the one parser that makes them from text.

Amounts travel as text with a currency code and are integers inside. Nothing is rounded or tidied:
text that is not exactly an amount of its currency is refused at the door.
"""

import re

from livefreeze.base.errors import AmountInvalid, CurrencyUnknown

_TWO_DIGITS = (
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY "
    "COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF "
    "IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR "
    "MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG "
    "SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES "
    "WST XCD XCG YER ZAR ZMW ZWG"
)
_NO_DIGITS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
_THREE_DIGITS = "BHD IQD JOD KWD LYD OMR TND"

CURRENCIES: dict[str, int] = {
    code: digits for digits, codes in ((2, _TWO_DIGITS), (0, _NO_DIGITS), (3, _THREE_DIGITS)) for code in codes.split()
}
"""Decimals of each currency an account may be held in: ISO 4217, list one, without funds, metals, tests."""

_AMOUNT = re.compile(r"(0|[1-9][0-9]{0,14})(?:\.([0-9]{1,3}))?")


def digits_of(currency: object) -> int:
    """Return how many decimals the currency has. Raises CurrencyUnknown."""
    digits = CURRENCIES.get(currency) if isinstance(currency, str) else None
    if digits is None:
        raise CurrencyUnknown
    return digits


def parse_amount(text: object, currency: str) -> int:
    """Return "12.30" as 1230 minor units; zero is an amount.

    At most fifteen digits before the point, so that every amount fits 64 bits. Raises AmountInvalid
    on a number, "-1", "1e3", " 12", "12.345" in a currency of two decimals; CurrencyUnknown.
    """
    digits = digits_of(currency)
    # fullmatch, because "$" would let a trailing newline pass; [0-9], because \d takes full-width digits
    match = _AMOUNT.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        raise AmountInvalid(currency=currency, digits=digits)
    whole, decimals = match[1], match[2] or ""
    if len(decimals) > digits:
        raise AmountInvalid(currency=currency, digits=digits)
    return int(whole + decimals.ljust(digits, "0"))


def parse_positive(text: object, currency: str) -> int:
    """Return the amount of a movement, which is never zero. Raises AmountInvalid, CurrencyUnknown."""
    minor = parse_amount(text, currency)
    if minor == 0:
        raise AmountInvalid(currency=currency, digits=CURRENCIES[currency])
    return minor


def parse_signed(text: object, currency: str) -> int:
    """Return a balance, which may be below zero: "-12.30" is -1230.

    Raises AmountInvalid, also on "-0"; CurrencyUnknown.
    """
    if isinstance(text, str) and text.startswith("-"):
        return -parse_positive(text[1:], currency)
    return parse_amount(text, currency)


def format_amount(minor: int, currency: str) -> str:
    """Return 1230 minor units as "12.30", with all decimals of the currency. Raises CurrencyUnknown."""
    digits = digits_of(currency)
    if digits == 0:
        return str(minor)
    padded = str(abs(minor)).zfill(digits + 1)
    return ("-" if minor < 0 else "") + padded[:-digits] + "." + padded[-digits:]
