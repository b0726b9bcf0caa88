"""Which account of an answered inquiry receives income: recognised from the bookings, decided by a clerk."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import Connection

from livefreeze.analysis.candidate import Candidate, Suggestion, suggestion_for
from livefreeze.analysis.history import History, Line
from livefreeze.analysis.months import Month, income_by_month
from livefreeze.analysis.recognition import Recognition, recognise
from livefreeze.base.access import Principal
from livefreeze.base.content_key import ContentKey
from livefreeze.base.crypto import mask_account
from livefreeze.base.money import format_amount
from livefreeze.flows.inquiry import looking
from livefreeze.flows.transaction import reading
from livefreeze.store import debtors, inquiries
from livefreeze.store import inquiry_answers as stored
from livefreeze.store.inquiries import Inquiry
from livefreeze.store.inquiry_answers import StoredAccount


def recognised(inquiry_id: str, *, principal: Principal) -> dict:
    """Candidates with their reasons, the likeliest first. It is a look at the bookings, and written down as one.

    Raises Problem NOT_FOUND, INQUIRY_DELETED.
    """
    key = looking.opened(inquiry_id, {"what": "recognition"}, principal=principal)
    with reading() as connection:
        inquiry = inquiries.by_id(connection, inquiry_id)
        name = debtors.by_id(connection, inquiry.debtor_id).name
        accounts = stored.accounts(connection, inquiry_id, key)
        # By its id: two banks may have an account of the same number.
        histories = [
            History(account.id, currency, _lines(connection, account.id, key, currency, inquiry))
            for account in accounts for currency in account.currencies
        ]
        found = recognise(histories, first_day=inquiry.period_from, last_day=inquiry.period_to,
                          own_accounts=[account.number for account in accounts], names=[name])
    return _shown(found, {account.id: account for account in accounts})


def _lines(connection: Connection, account_id: str, key: ContentKey, currency: str,
           inquiry: Inquiry) -> Iterator[Line]:
    """The bookings of the period asked for, as the recogniser reads them, a few thousand in memory at a time."""
    for line in stored.every_line(connection, account_id, key):
        day = date.fromisoformat(line.day)
        if line.currency == currency and inquiry.period_from <= day <= inquiry.period_to:
            yield Line(
                day, line.amount_minor, line.counterparty or "", line.counterparty_account,
                line.text or "", line.income, line.balance_after_minor, line.sequence,
            )


def _shown(found: Recognition, accounts: dict[str, StoredAccount]) -> dict:
    return {
        "line_count": found.line_count,
        "candidates": [_candidate(candidate, accounts[candidate.account]) for candidate in found.candidates],
        "suggestion": _days(found.suggestion),
        "not_income": [
            {"account": each.account, "payer": each.payer, "sentence": each.sentence,
             "sentence_zh": each.sentence_zh, "count": each.count, "currency": each.currency,
             "total": format_amount(each.total_minor, each.currency)}
            for each in found.not_income
        ],
    }


def _days(suggestion: Suggestion | None) -> dict[str, int] | None:
    return suggestion and {"anchor_day": suggestion.anchor_day, "sweep_day": suggestion.sweep_day}


def _candidate(candidate: Candidate, account: StoredAccount) -> dict:
    currency = candidate.currency
    return {
        "account": account.id, "bank": account.bank, "number": mask_account(account.number), "currency": currency,
        "payer": candidate.payer, "kind": str(candidate.kind), "pattern": str(candidate.pattern),
        "days_of_month": list(candidate.payday.days_of_month), "confidence": candidate.confidence,
        "typical": format_amount(candidate.typical_minor, currency),
        "monthly": format_amount(candidate.monthly_minor, currency), "months_seen": candidate.months_seen,
        "months_expected": candidate.months_expected, "bonus_months": list(candidate.bonus_months),
        "first_day": candidate.first_day.isoformat(), "last_day": candidate.last_day.isoformat(),
        "is_current": candidate.is_current, "follows": candidate.follows,
        "by_month": [{"month": month, "amount": format_amount(minor, currency)}
                     for month, minor in candidate.by_month],
        "suggestion": _days(suggestion_for(candidate)),
        "picture": [_month(month, currency) for month in income_by_month([candidate])],
        "reasons": [{"code": reason.code, "sentence": reason.sentence, "sentence_zh": reason.sentence_zh}
                    for reason in candidate.reasons],
    }


def _month(month: Month, currency: str) -> dict:
    """A month of the picture, also one in which nothing came: minor units, to be drawn."""
    minor = sum(part.amount_minor for part in month.parts)
    return {"month": month.month, "minor": minor, "amount": format_amount(minor, currency)}
