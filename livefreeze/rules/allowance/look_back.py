"""Protected credits of the last months, account by account, as far as their money is still there."""

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from livefreeze.rules import dated, facts, fields
from livefreeze.rules.allowance.protected_income import read_sources
from livefreeze.rules.allowance.registry import Award, Case, Line, Method, register
from livefreeze.rules.calendar import Days

MONTH_COUNT_MAX = 24


class Parameters(NamedTuple):
    """The protected sources, over how many months, and since when."""

    values: dated.Values
    sources: frozenset[str]
    months: int


def read(document: object, pointer: str, currency: str) -> Parameters:
    """Read sources, months and the law's days. Raises Problem."""
    found = fields.members(document, pointer, required=("method", "values", "sources", "months"))
    months = found["months"]
    if type(months) is not int or not 1 <= months <= MONTH_COUNT_MAX:
        reason = f"This must be a whole number from 1 to {MONTH_COUNT_MAX}."
        raise fields.invalid(f"{pointer}/months", reason, f"此处须为 1 至 {MONTH_COUNT_MAX} 的整数。")
    return Parameters(
        dated.read(found["values"], f"{pointer}/values", lambda entry, place: None, required=()),
        read_sources(found["sources"], f"{pointer}/sources"),
        months,
    )


def window_of(review: date, months: int) -> Days:
    """From the day before the review back to the same day some months earlier, both included."""
    last = review - timedelta(days=1)
    year, month = divmod(last.year * 12 + last.month - 1 - months, 12)
    return Days(date(year, month + 1, min(last.day, monthrange(year, month + 1)[1])), review)


def award(parameters: Parameters, case: Case) -> Award:
    """For each account the lesser of its protected credits and its balance. Raises Problem on missing facts."""
    parameters.values.on(case.on)
    window = window_of(case.on, parameters.months)
    accounts = facts.needed(case.facts, "accounts")
    credits = {account.account: 0 for account in accounts}
    for index, income in enumerate(facts.needed(case.facts, "incomes")):
        if income.source in parameters.sources and window.start <= income.day < window.end:
            credits[_account_of(income, index, credits)] += income.amount_minor
    parts = tuple(
        (account.account, min(credits[account.account], max(0, account.balance_minor))) for account in accounts
    )
    return Award(sum(part for _, part in parts), parts, window)


def explain(parameters: Parameters, case: Case) -> list[Line]:
    """What is protected on each account."""
    source = parameters.values.on(case.on).source
    found = award(parameters, case)
    return [Line(f"protected on account {account}", part, source) for account, part in found.by_account]


def _account_of(income: facts.Income, index: int, known: dict[str, int]) -> str:
    if income.account in known:
        return income.account
    if income.account is None and len(known) == 1:
        return next(iter(known))
    reason = "This must name one of the accounts, since each is judged alone."
    raise fields.invalid(f"/incomes/{index}/account", reason, "须指明所列账户之一，因各账户分别判断。")


register("look_back", Method(read, award=award, explain=explain))
