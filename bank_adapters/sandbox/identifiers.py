"""Names that the bank gives to its messages, withdrawals, bookings and accounts."""

import secrets

from bank_adapters.sandbox.clock import wall_s


def new(prefix: str) -> str:
    """A sortable name that is never given twice, such as "wdr-0199e1b2c3d4-5e6f708192a3b4c5"."""
    return f"{prefix}-{int(wall_s() * 1000):012x}-{secrets.token_hex(8)}"


def new_account_number() -> str:
    """Nineteen digits, as bank cards have them."""
    return "62" + "".join(secrets.choice("0123456789") for _ in range(17))


def masked(name: str) -> str:
    """A name with all but its first character hidden."""
    return name[:1] + "*" * (len(name) - 1)
