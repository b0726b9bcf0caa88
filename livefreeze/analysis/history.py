"""The history of one account as a bank answered it, read line by line into frozen values."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from livefreeze.base import money
from livefreeze.base.errors import Problem
from livefreeze.rules import fields

INCOMES = ("salary", "pension", "benefit", "maintenance", "own_transfer", "other")

_REQUIRED = ("date", "amount", "counterparty", "text")
_OPTIONAL = ("counterparty_account", "balance_after", "income", "sequence")


class Line(NamedTuple):
    """One transaction; amounts in minor units of the account's currency."""

    day: date
    amount_minor: int  # above nothing: money came in
    counterparty: str  # as the bank writes it; "" where it names nobody
    counterparty_account: str | None
    text: str
    income: str | None = None  # the bank's own mark, one of INCOMES
    balance_after_minor: int | None = None
    sequence: int | None = None


class History(NamedTuple):
    """One account and its lines, in any order; lines are gone through once, so they may come from a database."""

    account: str
    currency: str
    lines: Iterable[Line]


def read(document: object, pointer: str = "") -> History:
    """An account's history from its document.

    Lines are read while they are gone through: only then a Problem is raised that names the line's first wrong field.
    """
    members = fields.members(document, pointer, required=("account", "currency", "transactions"))
    account = fields.text(members["account"], f"{pointer}/account")
    currency = fields.currency(members["currency"], f"{pointer}/currency")
    return History(account, currency, _lines(members["transactions"], f"{pointer}/transactions", currency))


def read_line(document: object, pointer: str, currency: str) -> Line:
    """One transaction from its document. Raises Problem."""
    row = fields.members(document, pointer, required=_REQUIRED, optional=_OPTIONAL)
    income, balance, sequence = row.get("income"), row.get("balance_after"), row.get("sequence")
    if income is not None:
        fields.choice(income, f"{pointer}/income", INCOMES)
    if sequence is not None and type(sequence) is not int:
        raise fields.invalid(f"{pointer}/sequence", "This must be a whole number.", "此处须为整数。")
    try:
        day = _day(row["date"])
    except (Problem, TypeError):  # TypeError: a list or object, which no cache can hold
        day = fields.calendar_day(row["date"], f"{pointer}/date")
    return Line(
        day=day,
        amount_minor=_signed(row["amount"], f"{pointer}/amount", currency),
        counterparty=_words(row, "counterparty", pointer) or "",
        counterparty_account=_words(row, "counterparty_account", pointer),
        text=_words(row, "text", pointer) or "",
        income=income,
        balance_after_minor=None if balance is None else _signed(balance, f"{pointer}/balance_after", currency),
        sequence=sequence,
    )


def _lines(rows: Iterable[object], pointer: str, currency: str) -> Iterator[Line]:
    return (read_line(row, f"{pointer}/{index}", currency) for index, row in enumerate(rows))


@lru_cache(maxsize=4096)
def _day(text: str) -> date:
    return fields.calendar_day(text, "/date")  # three years have 1,096 days, half a million lines name them again


def _signed(text: object, pointer: str, currency: str) -> int:
    try:
        return money.parse_signed(text, currency)
    except Problem as problem:
        raise problem.at(pointer) from None


def _words(row: Mapping[str, Any], name: str, pointer: str) -> str | None:
    value = row.get(name)
    if value is not None and not isinstance(value, str):
        raise Problem("TEXT_INVALID", f"{pointer}/{name}")
    return value
