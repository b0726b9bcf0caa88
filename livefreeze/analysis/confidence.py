"""How sure it is that a payer pays income: points for and against, each with its reason, from 0 to 100."""

from livefreeze.analysis import words
from livefreeze.analysis.evidence import Evidence
from livefreeze.analysis.reasons import OF_SENSE, Code, Reason, payday_words, reason
from livefreeze.analysis.rhythm import Pattern
from livefreeze.analysis.vocabulary import Sense
from livefreeze.analysis.words import INCOME
from livefreeze.base.money import format_amount

CANDIDATE_FROM = 50
"""The least confidence of a candidate."""


def weigh(evidence: Evidence, *, currency: str, inflow_minor: int, is_busy: bool) -> list[Reason]:
    """All that speaks for and against; the confidence is the sum of the points.

    `inflow_minor` is all that came into the account, `is_busy` says that it is paid into as a business is.
    """
    found = [
        *_said(evidence),
        *_who(evidence),
        _when(evidence),
        *_how_much(evidence, currency, inflow_minor),
        *_against(evidence, is_busy),
    ]
    return found


def confidence(reasons: list[Reason]) -> int:
    """The points added up, from 0 to 100."""
    return max(0, min(100, sum(each.points for each in reasons)))


def _said(evidence: Evidence) -> list[Reason]:
    said, of = evidence.said, len(evidence.counted)
    marked = [credit for credit in said if credit.is_marked]
    worded = [credit for credit in said if credit.word]
    found = []
    if marked:
        found.append(reason(Code.MARKED, 55 if 2 * len(marked) >= of else 30, count=len(marked), of=of))
    if worded:
        strong = sum(credit.sense != Sense.PLATFORM for credit in worded)
        full = 40 if 2 * strong >= len(worded) else 25
        points = full if 2 * len(worded) >= of else full // 2
        word = max(sorted({credit.word for credit in worded}), key=[credit.word for credit in worded].count)
        found.append(reason(Code.WORDS, 10 if marked else points, word=word, count=len(worded), of=of))
    return found


def _who(evidence: Evidence) -> list[Reason]:
    name, is_said = evidence.payer.name, bool(evidence.said)
    found = []
    if evidence.role in INCOME:
        found.append(reason(Code.NAME_OF_KIND, 5 if is_said else 15))
    if words.is_organisation(name):
        found.append(reason(Code.ORGANISATION, 15))
    elif not is_said:
        found.append(reason(Code.PERSON, -15))
    return found


def _when(evidence: Evidence) -> Reason:
    rhythm = evidence.rhythm
    code = Code(rhythm.pattern.name)
    if rhythm.is_regular:
        points = 35 if rhythm.steadiness >= 80 else 28 if rhythm.steadiness >= 60 else 20
        return reason(code, points, **payday_words(rhythm.payday))
    if rhythm.pattern == Pattern.MANY_SMALL:
        return reason(code, 20 if rhythm.months_seen >= 3 else 8)
    if rhythm.pattern == Pattern.IRREGULAR:
        return reason(code, 8 if rhythm.steadiness >= 60 and rhythm.months_seen >= 4 else 0)
    return reason(code, -15 if len(evidence.by_day) == 1 else -5, count=len(evidence.by_day))


def _how_much(evidence: Evidence, currency: str, inflow_minor: int) -> list[Reason]:
    found = []
    if len(evidence.by_day) >= 3 and evidence.rhythm.pattern != Pattern.MANY_SMALL:
        if evidence.spread <= 35:
            amount = f"{format_amount(evidence.typical_minor, currency)} {currency}"
            found.append(reason(Code.STEADY_AMOUNT, 8, amount=amount))
        elif evidence.spread > 120:
            found.append(reason(Code.CHANGING_AMOUNT, -8))
    if evidence.total_minor * 33 < inflow_minor:
        found.append(reason(Code.SMALL_SHARE, -15))
    return found


def _against(evidence: Evidence, is_busy: bool) -> list[Reason]:
    found = []
    said = 2 * len(evidence.said) >= len(evidence.counted)
    back = len(evidence.payer.debits)
    if back >= 2 and back * 5 >= len(evidence.counted):
        found.append(reason(Code.PAID_BACK_AND_FORTH, -10 if said else -30))
    if len(evidence.other) * 4 >= len(evidence.counted):
        found.append(reason(Code.PARTLY_OTHER, -5 if said else -25))
    if is_busy and not said:
        found.append(reason(Code.MANY_PAYERS, -25))
    sure = sum(credit.sense != Sense.PLATFORM or credit.is_marked for credit in evidence.said)
    if evidence.role >= Sense.RETURNED and 2 * sure < len(evidence.counted):  # money from a wallet is paid out, too
        found.append(reason(OF_SENSE[evidence.role], -40))
    return found

