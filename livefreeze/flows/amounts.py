"""The amounts that a bank's message names, in minor units; what is none is blamed on its field."""

from bank_adapters.contract import Struct
from livefreeze.base.errors import CurrencyUnknown, Problem
from livefreeze.base.money import parse_amount, parse_positive, parse_signed


def positive(message: Struct) -> int:
    """The message's `amount` in its `currency`, above zero. Raises AmountInvalid, CurrencyUnknown."""
    return _read(parse_positive, message.amount, message.currency, "/amount")


def refuse_invalid(message: Struct) -> None:
    """Refuse an `amount` that is none of its `currency`, where the message names one, before anything waits for it.

    Raises AmountInvalid, CurrencyUnknown.
    """
    if getattr(message, "amount", None) is not None:
        positive(message)


def balance(message: Struct) -> int:
    """The message's `balance`, which may be below nothing. Raises AmountInvalid, CurrencyUnknown."""
    return _read(parse_signed, message.balance, message.currency, "/balance")


def not_negative(text: str, currency: str, pointer: str) -> int:
    """An amount that may be zero, and the field that holds it. Raises AmountInvalid, CurrencyUnknown."""
    return _read(parse_amount, text, currency, pointer)


def _read(parse, text: str, currency: str, pointer: str) -> int:
    try:
        return parse(text, currency)
    except CurrencyUnknown as unknown:
        raise unknown.at("/currency") from None
    except Problem as invalid:
        raise invalid.at(pointer) from None
