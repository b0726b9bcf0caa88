"""Which account receives income, from whom, how much and when: candidates with reasons; a clerk decides."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from livefreeze.analysis.candidate import Candidate, NotIncome, Suggestion, suggestion_for
from livefreeze.analysis.history import History
from livefreeze.analysis.judging import Surroundings, judge
from livefreeze.analysis.own import Own, is_mirrored
from livefreeze.analysis.payers import Payer, Table
from livefreeze.analysis.reasons import Code, reason

NOT_INCOME_COUNT_MAX = 50
"""How many payers are named with the reason why they pay no income: the largest."""

_CUSTOMER_COUNT = 8  # from so many on an account is paid into as a business is
_CHANGE_DAYS_MAX = 120  # a new employer pays at the latest so long after the old one's last payment


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """What the histories show; candidates begin with the likeliest."""

    first_day: date | None  # of the period; None where there is no line
    last_day: date | None
    line_count: int
    candidates: tuple[Candidate, ...]
    not_income: tuple[NotIncome, ...]  # the largest payers that are no candidates, and why
    not_income_left_off: int  # how many more there are

    @property
    def best(self) -> Candidate | None:
        """The account and payer that a freeze should follow; None where no income is seen."""
        return self.candidates[0] if self.candidates else None

    @property
    def suggestion(self) -> Suggestion | None:
        """Days for the freeze rule, from the best candidate's payday."""
        return suggestion_for(self.best) if self.best else None


def recognise(
    histories: Iterable[History],
    *,
    first_day: date | None = None,
    last_day: date | None = None,
    own_accounts: Iterable[str] = (),
    names: Iterable[str] = (),
) -> Recognition:
    """Recognise income in the histories of one debtor, in one pass over their lines.

    The days are the period that was asked for; without them it is from the first line to the last. `own_accounts` and
    `names` are other accounts and names of the debtor, if known. Lines may stand in any order.
    """
    tables = [Table(history.account, history.currency).add_all(history) for history in histories]
    begun = [table.first_day for table in tables if table.first_day]
    ended = [table.last_day for table in tables if table.last_day]
    first, last = first_day or min(begun, default=None), last_day or max(ended, default=None)
    own = Own(tables, own_accounts, names)
    found: list[Candidate] = []
    refused: list[NotIncome] = []
    for table in tables:
        around = Surroundings(
            table.account, table.currency, table.inflow_minor, table.customer_count >= _CUSTOMER_COUNT, last or date.max
        )
        for payer in table.payers():
            is_own = own.is_debtor(payer) or is_mirrored(payer, _sent_to(payer, tables, table))
            result = judge(payer, around, is_own=is_own)
            if isinstance(result, Candidate):
                found.append(result)
            else:
                refused.append(result)
    refused.sort(key=lambda each: -each.total_minor)
    return Recognition(
        first_day=first,
        last_day=last,
        line_count=sum(table.line_count for table in tables),
        candidates=tuple(sorted(_linked(found), key=_rank)),
        not_income=tuple(refused[:NOT_INCOME_COUNT_MAX]),
        not_income_left_off=max(0, len(refused) - NOT_INCOME_COUNT_MAX),
    )


def _sent_to(payer: Payer, tables: Sequence[Table], into: Table) -> list[tuple[int, int]]:
    """What went to the payer's name from the debtor's accounts other than the one paid into."""
    return [debit for table in tables if table is not into for debit in table.sent_to(payer.key)]


def _linked(candidates: list[Candidate]) -> list[Candidate]:
    """A change of employer told to the later one: whose pay begins where that of an earlier one has ended."""
    linked = []
    for later in candidates:
        before = [
            earlier
            for earlier in candidates
            if earlier.payer != later.payer
            and earlier.kind == later.kind
            and not earlier.is_current
            and -15 <= (later.first_day - earlier.last_day).days <= _CHANGE_DAYS_MAX
        ]
        if before:
            earlier = max(before, key=lambda each: (each.last_day, each.monthly_minor, each.payer))
            reasons = (*later.reasons, reason(Code.FOLLOWS, payer=earlier.payer))
            later = replace(later, follows=earlier.payer, reasons=reasons)
        linked.append(later)
    return linked


def _rank(candidate: Candidate) -> tuple:
    """What goes on before what has ended; then by how much income may be expected of it: the amount as far as sure."""
    return (
        not candidate.is_current, -candidate.confidence * candidate.monthly_minor, -candidate.confidence,
        candidate.payer,
    )
