"""A fixed amount a period, whatever comes in: amounts one after the other, each with its law's dates."""

from datetime import date
from typing import NamedTuple

from livefreeze.rules import fields
from livefreeze.rules.allowance.registry import Allowance, AllowanceFacts, Award, Case, Line, Method, register

AMOUNT_COUNT_MAX = 200


class DatedAmount(NamedTuple):
    """What the law grants between two days, both included."""

    valid_from: date
    valid_to: date | None  # None: until further notice
    amount_minor: int
    source: str

    def holds_on(self, day: date) -> bool:
        """Whether this is the law of that day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def read(document: object, pointer: str, currency: str) -> tuple[DatedAmount, ...]:
    """The amounts by their first day. Raises Problem where two are law on one day."""
    parameters = fields.members(document, pointer, required=("method", "amounts"))
    pointer = f"{pointer}/amounts"
    rows = fields.entries(parameters["amounts"], pointer, count_max=AMOUNT_COUNT_MAX)
    amounts = [_read_row(row, f"{pointer}/{index}", currency) for index, row in enumerate(rows)]
    amounts.sort(key=lambda amount: amount.valid_from)
    for earlier, later in zip(amounts, amounts[1:], strict=False):
        if earlier.valid_to is None or later.valid_from <= earlier.valid_to:
            raise fields.invalid(
                pointer,
                f"Two amounts are law on {later.valid_from}; end the earlier one the day before.",
                f"{later.valid_from} 有两个金额同时有效，请将前一金额的有效期截止于前一日。",
            )
    return tuple(amounts)


def evaluate(amounts: tuple[DatedAmount, ...], facts: AllowanceFacts) -> Allowance:
    """The amount of the day. Raises Problem on a day for which no amount is law."""
    for amount in amounts:
        if amount.holds_on(facts.on):
            return Allowance(amount.amount_minor, amount.source)
    raise fields.invalid(
        "/on",
        f"The rule names no allowance for {facts.on}.",
        f"规则未规定 {facts.on} 的生活费金额。",
    )


def nearest_day(amounts: tuple[DatedAmount, ...], day: date) -> date:
    """This day if an amount is law on it, else the last day before it on which one was, else the first of all."""
    begun = [amount for amount in amounts if amount.valid_from <= day]
    if not begun:
        return amounts[0].valid_from
    return day if begun[-1].holds_on(day) else begun[-1].valid_to


def _read_row(document: object, pointer: str, currency: str) -> DatedAmount:
    row = fields.members(document, pointer, required=("amount", "valid_from", "source"), optional=("valid_to",))
    valid_from = fields.calendar_day(row["valid_from"], f"{pointer}/valid_from")
    valid_to = row.get("valid_to")
    if valid_to is not None:
        valid_to = fields.calendar_day(valid_to, f"{pointer}/valid_to")
        if valid_to < valid_from:
            raise fields.invalid(
                f"{pointer}/valid_to", "This must not lie before valid_from.", "截止日不得早于起始日。"
            )
    return DatedAmount(
        valid_from=valid_from,
        valid_to=valid_to,
        amount_minor=fields.amount(row["amount"], f"{pointer}/amount", currency),
        source=fields.text(row["source"], f"{pointer}/source"),
    )


def _award(amounts: tuple[DatedAmount, ...], case: Case) -> Award:
    return Award(evaluate(amounts, AllowanceFacts(on=case.on)).amount_minor)


def _explain(amounts: tuple[DatedAmount, ...], case: Case) -> list[Line]:
    found = evaluate(amounts, AllowanceFacts(on=case.on))
    return [Line("fixed amount of a period", found.amount_minor, found.source)]


register("fixed", Method(read, evaluate, nearest_day, _award, _explain))
