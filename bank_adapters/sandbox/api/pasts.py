"""Reads the `past` of an account to be opened: the years before today that are to be made up for it."""

from datetime import timedelta

from bank_adapters.sandbox import identifiers
from bank_adapters.sandbox.bank import Bank
from bank_adapters.sandbox.fields import Fields
from bank_adapters.sandbox.past import Plan
from bank_adapters.sandbox.payroll import INCOMES
from bank_adapters.sandbox.refused import Refused

MONTHS_MAX = 120
BOOKINGS_COUNT_MAX = 1_000_000


def read(fields: Fields, bank: Bank, currency: str, *, ends_at_minor: int | None) -> Plan | None:
    """The plan, or None where no past is asked for. Raises Refused."""
    asked = fields.object("past")
    if asked is None:
        return None
    today = bank.clock.day_of(bank.clock.now())
    payer = asked.text("payer", default="")
    plan = Plan(
        seed=asked.text("seed", default=None) or identifiers.new("past"),
        first=(today - timedelta(days=_whole(asked, "months", 36, MONTHS_MAX) * 365 // 12)).isoformat(),
        last=(today - timedelta(days=1)).isoformat(),
        payer=payer,
        payer_account=asked.text("payer_account", default=""),
        income=asked.choice("income", INCOMES, default="salary"),
        is_marked=asked.flag("marked"),
        amount_minor=asked.amount("amount", currency) if payer else 0,
        payday=_whole(asked, "payday", 10, 31),
        bookings=_whole(asked, "bookings", 0, BOOKINGS_COUNT_MAX, least=0),
        ends_at_minor=ends_at_minor,
        owners=_whole(asked, "owners", 1, 9),
    )
    asked.refuse_unknown()
    return plan


def _whole(fields: Fields, name: str, default: int, most: int, *, least: int = 1) -> int:
    number = fields.number(name, default=default)
    if not isinstance(number, int) or not least <= number <= most:
        raise Refused("FIELD_INVALID", field=name, wanted=f"a whole number from {least} to {most}")
    return number
