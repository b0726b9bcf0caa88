"""The figures of one moment, as the court's API and the bank's give them, and how people read them."""

from decimal import Decimal
from typing import NamedTuple

from livefreeze.base.money import format_amount

CURRENCY = "CNY"


class Figures(NamedTuple):
    """Where a frozen account stands; whole fen."""

    balance_minor: int  # neither held for a withdrawal nor on its way to the court
    spendable_minor: int
    allowance_left_minor: int
    surplus_minor: int
    quota_left_minor: int
    held_minor: int
    in_transit_minor: int
    bank_balance_minor: int  # what the bank's own books say

    @property
    def books_agree(self) -> bool:
        """The bank's balance is what we have there, held and on its way included: invariant I9."""
        return self.bank_balance_minor == self.balance_minor + self.held_minor + self.in_transit_minor


class Row(NamedTuple):
    """What happened, and where it left the account."""

    when: str
    what: str
    what_zh: str
    figures: Figures

    def as_document(self) -> dict[str, str]:
        """As `livefreeze story --json` prints it; amounts as text."""
        minor_by_name = self.figures._asdict().items()
        figures = {name.removesuffix("_minor"): format_amount(minor, CURRENCY) for name, minor in minor_by_name}
        return {"when": self.when, "what": self.what, "what_zh": self.what_zh, **figures}


class Check(NamedTuple):
    """Something that must be so at the end, and what was found."""

    name: str
    name_zh: str
    is_met: bool
    found: str


def amount_text(minor: int) -> str:
    """550000 fen as "5,500.00"."""
    return f"{Decimal(format_amount(minor, CURRENCY)):,}"
