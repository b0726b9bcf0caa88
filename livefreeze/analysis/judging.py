"""One payer into one account: a candidate with its reasons, or why it is none."""

from datetime import date
from typing import NamedTuple

from livefreeze.analysis.calendar import month_name
from livefreeze.analysis.candidate import Candidate, NotIncome
from livefreeze.analysis.confidence import CANDIDATE_FROM, confidence, weigh
from livefreeze.analysis.evidence import Evidence, evidence_of, most_common_sense
from livefreeze.analysis.payers import Payer
from livefreeze.analysis.reasons import OF_SENSE, SENTENCES, Code, Reason, reason
from livefreeze.analysis.rhythm import Pattern
from livefreeze.analysis.words import INCOME

# After so many days without a payment, at the end of the period, an income has ended.
_SILENT_DAYS = {Pattern.WEEKLY: 25, Pattern.FORTNIGHTLY: 38, Pattern.IRREGULAR: 100}
_SILENT_DAYS_ELSE = 45


class Surroundings(NamedTuple):
    """What stands around a payer: its account, and the end of the period."""

    account: str
    currency: str
    inflow_minor: int  # all that came into the account
    is_busy: bool  # paid into by as many as a business is
    last_day: date


def judge(payer: Payer, around: Surroundings, *, is_own: bool) -> Candidate | NotIncome:
    """Weigh one payer; `is_own` says that it is the debtor."""
    if is_own:
        return _not_income(payer, around, Code.OWN)
    evidence = evidence_of(payer)
    if evidence is None or (len(evidence.other) * 10 >= len(payer.credits) * 6 and len(evidence.said) < 3):
        other = [credit for credit in payer.credits if credit.sense not in INCOME]
        return _not_income(payer, around, OF_SENSE.get(most_common_sense(other), Code.OTHER))
    if evidence.other and not evidence.said and len(evidence.other) >= 2 * len(evidence.counted):
        return _not_income(payer, around, OF_SENSE[most_common_sense(evidence.other)])
    reasons = weigh(
        evidence, currency=around.currency, inflow_minor=around.inflow_minor, is_busy=around.is_busy
    )
    if confidence(reasons) < CANDIDATE_FROM:
        worst = min(reasons, key=lambda each: each.points)
        code = worst.code if worst.points < 0 else Code.TOO_LITTLE
        return _not_income(payer, around, code, worst, confidence(reasons))
    return _candidate(evidence, around, reasons)


def _not_income(
    payer: Payer, around: Surroundings, code: Code, found: Reason | None = None, points: int = 0
) -> NotIncome:
    sentences = found[2:] if found and found.code == code else SENTENCES[code]
    return NotIncome(
        around.account, around.currency, payer.name, code, *sentences,
        len(payer.credits), sum(credit.amount_minor for credit in payer.credits), points,
    )


def _candidate(evidence: Evidence, around: Surroundings, reasons: list[Reason]) -> Candidate:
    rhythm, last = evidence.rhythm, around.last_day.toordinal()
    is_current = last - evidence.last_day <= _SILENT_DAYS.get(rhythm.pattern, _SILENT_DAYS_ELSE)
    bonus_months = tuple(month_name(month) for month in evidence.bonus_months())
    more = [reason(Code.MONTHS, seen=rhythm.months_seen, expected=rhythm.months_expected)]
    if bonus_months:
        more.append(reason(Code.EXTRA_MONTHS, months=", ".join(bonus_months)))
    if not is_current:
        more.append(reason(Code.ENDED, day=date.fromordinal(evidence.last_day)))
    return Candidate(
        account=around.account,
        currency=around.currency,
        payer=evidence.payer.name,
        payer_account=evidence.payer.account,
        kind=evidence.kind(),
        pattern=rhythm.pattern,
        payday=rhythm.payday,
        confidence=confidence(reasons),
        typical_minor=evidence.typical_minor,
        monthly_minor=evidence.monthly_minor,
        months_seen=rhythm.months_seen,
        months_expected=rhythm.months_expected,
        bonus_months=bonus_months,
        first_day=date.fromordinal(evidence.first_day),
        last_day=date.fromordinal(evidence.last_day),
        is_current=is_current,
        follows=None,
        by_month=tuple((month_name(month), amount) for month, amount in sorted(evidence.by_month().items())),
        reasons=(*more[:1], *sorted(reasons, key=lambda each: -each.points), *more[1:]),
    )
