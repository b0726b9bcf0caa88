"""What happened, as a sentence: one for each kind of audit event, with its amounts and words in the page's language."""

from collections.abc import Callable, Mapping

from livefreeze.base.words import REASONS
from livefreeze.web.pages.figures import amount, amount_minor
from livefreeze.web.pages.language import gettext, mark, pick

#: Kind of event, or kind and variant, -> sentence.
TEXTS: dict[str, str] = {
    "account.looked_up": mark("A teller looked the account up by its number."),
    "account.registered": mark("The account was registered."),
    "alert.handled": mark("An alert was dealt with."),
    "case.opened": mark("The case was opened: %(target)s are owed."),
    "case.closed": mark("The case was closed."),
    "case_fund.registered": mark("The case fund account was approved. Sweeps go there from then on."),
    "claim.amended": mark("The quota was changed from %(before)s to %(after)s."),
    "court.added": mark("The court was added."),
    "credit.posted": mark("%(amount)s came in: %(income)s."),
    "credit.reversed": mark("%(amount)s that had come in were recalled by the bank."),
    "debit.posted": mark("%(amount)s went out: %(debit)s."),
    "debit.posted/customer": mark("The customer was paid %(amount)s without our being asked."),
    "debtor.logged_in": mark("The debtor looked at their own account."),
    "debtor.registered": mark("The court named a debtor."),
    "events.applied": mark("A message of the bank with several events was answered."),
    "freeze.receipt/accepted": mark("The bank accepted the freeze. The balance was %(balance)s."),
    "freeze.receipt/partial": mark("The bank accepted the freeze in part. The balance was %(balance)s."),
    "freeze.receipt/refused": mark("The bank refused the freeze."),
    "inquiry.account_opened": mark("The bank told of a new account of the debtor."),
    "inquiry.answered": mark("The bank answered an inquiry: part %(part)s."),
    "inquiry.asked": mark("%(banks)s banks were asked about the debtor."),
    "inquiry.deleted": mark("What banks had answered to an inquiry was deleted after its term."),
    "inquiry.ended": mark("A standing inquiry has ended."),
    "inquiry.looked_at": mark("Somebody looked at what banks answered."),
    "inquiry.message": mark("The receipt for the bank's message about an inquiry was given."),
    "inquiry.reminded": mark("%(bank)s was reminded of an inquiry."),
    "message.opened": mark("A signed message of the bank was opened and read."),
    "order.amended": mark("The bank was told of the new quota: %(target)s."),
    "order.lapsed": mark("The order lapsed."),
    "order.released": mark("The order was released. The bank was told to block nothing for it."),
    "order.revoked": mark("The order was revoked. The bank was told to block nothing for it."),
    "order.satisfied": mark("The claim is met: the order ended by itself, and the freeze lifts."),
    "order.served": mark("The order was approved and sent to the bank, with a quota of %(quota)s."),
    "personal_data.shown": mark("Names and numbers were shown in full."),
    "proposal.approved": mark("%(proposal)s was approved by a second person."),
    "proposal.edited": mark("%(proposal)s was changed: version %(version)s."),
    "proposal.prepared": mark("%(proposal)s was prepared and waits for a second person."),
    "proposal.withdrawn": mark("%(proposal)s was withdrawn before anybody approved it."),
    "rule.adopted": mark("A version of the court's freeze rule was approved: version %(version)s."),
    "rule.changed": mark(
        "The freeze rule changed. The living allowance was %(allowance_before)s, and is %(allowance_after)s now."
    ),
    "search.made": mark("Somebody searched by an exact number."),
    "sweep.instructed": mark("%(amount)s were sent on the way to the case fund."),
    "transfer.failed": mark("The transfer of %(amount)s failed. The money is on the account again."),
    "transfer.returned": mark("The transfer of %(amount)s came back. The money is on the account again."),
    "transfer.settled": mark("%(amount)s arrived in the case fund."),
    "withdrawal.asked": mark("The bank was told where the withdrawal stands."),
    "withdrawal.captured": mark("The bank paid out %(paid)s of the withdrawal that was approved."),
    "withdrawal.decided/approved": mark("A withdrawal of %(amount)s was approved: %(channel)s."),
    "withdrawal.decided/declined": mark("A withdrawal of %(amount)s was declined: %(reason)s"),
    "withdrawal.queried": mark("The bank was asked whether it paid. The money stays held until it answers."),
    "withdrawal.reversal_approved": mark("A second teller approved that cash came back."),
    "withdrawal.reversal_asked": mark("A teller asked to book cash back; a second one has to approve."),
    "withdrawal.reversal_withdrawn": mark("The request to book cash back was withdrawn."),
    "withdrawal.reversed": mark("The cash came back: the withdrawal was reversed."),
    "withdrawal.stand_in": mark("The bank paid out %(amount)s without asking us."),
    "withdrawal.status": mark("The bank paid out %(amount)s that had not been approved."),
    "withdrawal.voided": mark("Nothing was paid: the withdrawal was cancelled, and the allowance is as before."),
}

_UNKNOWN = mark("Recorded: %(kind)s")

_PROPOSALS = {
    "order.serve": mark("A freeze order"), "order.amend": mark("A change of the quota"),
    "order.release": mark("The end of an order"), "case_fund.register": mark("A case fund account"),
    "rule.adopt": mark("A freeze rule"),
}
_INCOMES = {
    "salary": mark("salary"), "pension": mark("pension"), "benefit": mark("social benefit"),
    "maintenance": mark("maintenance"), "own_transfer": mark("transfer from an own account"),
    "other": mark("other income"),
}
_DEBITS = {
    "bank_charge": mark("bank charge"), "correction": mark("correction by the bank"),
    "other_authority": mark("taken by another authority"),
}
CHANNELS = {
    "counter": mark("at the bank counter"), "cash_machine": mark("at a cash machine"), "card": mark("by bank card"),
    "transfer": mark("by bank transfer"), "app": mark("in the bank's app"),
}
ALERTS: dict[str, str] = {
    "ORDER_REFUSED": mark("The bank refused a freeze order."),
    "STAND_IN": mark("The bank paid out %(amount)s without asking us."),
    "CAPTURED_ABOVE_APPROVED": mark("The bank paid out %(above)s more than was approved."),
    "REVERSED_UNPAID": mark("The bank reversed a withdrawal of %(amount)s of which nothing was paid."),
    "WITHDRAWAL_CONTRADICTED": mark("The bank contradicts itself about a withdrawal."),
    "TRANSFER_CONTRADICTED": mark("The bank contradicts itself about a transfer of %(amount)s to the case fund."),
    "OVER_COLLECTED": mark("%(over)s more arrived than is owed: they must be paid back."),
    "RETURNED_UNFROZEN": mark("A transfer came back to an account that is frozen no longer."),
    "WAITING_EVENT_REFUSED": mark("Something that the bank reported before its receipt could not be booked."),
    "INQUIRY_HIT": mark("The debtor has opened an account. An order on it waits for approval."),
    "INQUIRY_OVERDUE": mark("A bank has not answered an inquiry in time. It was reminded."),
    "INQUIRY_OTHER_PERSON": mark("A bank answered an inquiry about another person. Nothing of it was kept."),
    "INQUIRY_CONTRADICTED": mark("A bank contradicts its own answer to an inquiry. The first answer stands."),
    "CASE_FUND_MISSING": mark("Nothing was swept: the court has no case fund account."),
}


def of_event(kind: str, detail: Mapping[str, object], currency: str | None) -> str:
    """Return the sentence of an event; the currency is its account's, for what names none itself."""
    return _said(TEXTS.get(_variant(kind, detail), _UNKNOWN), kind, {"currency": currency, **detail})


def of_alert(kind: str, detail: Mapping[str, object], currency: str | None) -> str:
    """Return the sentence of an alert."""
    return _said(ALERTS.get(kind, _UNKNOWN), kind, {"currency": currency, **detail})


def proposal(kind: str) -> str:
    """Return what a proposal is about."""
    return _word(_PROPOSALS, kind)


def _variant(kind: str, detail: Mapping[str, object]) -> str:
    if kind == "withdrawal.decided":
        return f"{kind}/{detail.get('decision')}"
    if kind == "freeze.receipt":
        return f"{kind}/{detail.get('result')}"
    if kind == "debit.posted" and "kind" not in detail:
        return f"{kind}/customer"
    return kind


def _said(text: str, kind: str, detail: Mapping[str, object]) -> str:
    """Fill in what the sentence names, and only that."""
    return gettext(text, **{name: fill(kind, detail) for name, fill in _FILLS.items() if f"%({name})s" in text})


def _minor(detail: Mapping[str, object], name: str, currency: object = None) -> str:
    minor = detail.get(name)
    return "" if minor is None else amount_minor(minor, currency or detail.get("currency") or "CNY")


def _paid(kind: str, detail: Mapping[str, object]) -> str:
    """What was handed out of a withdrawal: its rows name each part."""
    paid = [row["amount_minor"] for row in detail.get("rows", ()) if row["kind"] in ("capture", "stand_in")]
    return " + ".join(amount_minor(minor, detail.get("currency") or "CNY") for minor in paid) or "0"


def _reason(kind: str, detail: Mapping[str, object]) -> str:
    words = REASONS.get(str(detail.get("reason")))
    return pick(*words) if words else str(detail.get("reason"))


def _word(words: Mapping[str, str], code: object) -> str:
    return gettext(words[code]) if code in words else str(code)


_FILLS: dict[str, Callable[[str, Mapping[str, object]], str]] = {
    "amount": lambda kind, detail: _minor(detail, "amount_minor"),
    "above": lambda kind, detail: _minor(detail, "above_minor"),
    "over": lambda kind, detail: _minor(detail, "over_collected_minor"),
    "target": lambda kind, detail: _minor(detail, "target_minor"),
    "quota": lambda kind, detail: _minor(detail, "quota_minor"),
    "before": lambda kind, detail: _minor(detail["before"], "target_minor", detail.get("currency")),
    "after": lambda kind, detail: _minor(detail["after"], "target_minor", detail.get("currency")),
    "allowance_before": lambda kind, detail: _minor(detail["before"], "allowance_minor", detail.get("currency")),
    "allowance_after": lambda kind, detail: _minor(detail["after"], "allowance_minor", detail.get("currency")),
    "balance": lambda kind, detail: amount(detail.get("balance"), detail.get("currency")),
    "paid": _paid,
    "income": lambda kind, detail: _word(_INCOMES, detail.get("income")),
    "debit": lambda kind, detail: _word(_DEBITS, detail.get("kind")),
    "channel": lambda kind, detail: _word(CHANNELS, detail.get("channel")),
    "reason": _reason,
    "proposal": lambda kind, detail: _word(_PROPOSALS, detail.get("kind")),
    "version": lambda kind, detail: str(detail.get("version")),
    "bank": lambda kind, detail: str(detail.get("bank")),
    "banks": lambda kind, detail: str(detail.get("banks")),
    "part": lambda kind, detail: str(detail.get("part")),
    "kind": lambda kind, detail: kind,
}
