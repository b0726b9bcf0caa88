"""The court's home: what needs this person today, each with its due time."""

from flask import Response, url_for

from livefreeze.base import clock
from livefreeze.flows.transaction import reading
from livefreeze.store.queries import home as queries
from livefreeze.store.queries.home import Matter, Waiting
from livefreeze.web import current
from livefreeze.web.court.console import sentences
from livefreeze.web.court.console.area import console, may
from livefreeze.web.pages.figures import amount
from livefreeze.web.pages.language import gettext
from livefreeze.web.pages.render import page


@console.get("")
def home() -> Response:
    """Show what waits for this person, the most pressing first."""
    now = clock.now()
    with reading() as connection:
        today = queries.today(connection, current.principal(), now=now)
    matters = [
        {"said": _sentence(one), "about": _about(one.words), "address": _address(one), "since": one.since,
         "due": one.due}
        for one in today.waiting
    ]
    return page("console/home.html", matters=matters, more=sorted(today.more), lists=_lists(), now=now)


def _sentence(one: Waiting) -> str:
    words = one.words
    figure = amount(words["amount"], words["currency"]) if "amount" in words else ""
    match one.matter:
        case Matter.APPROVAL:
            return gettext("%(what)s waits for your approval.", what=sentences.proposal(words["kind"]))
        case Matter.RECEIPT:
            return gettext("The bank has not answered order %(notice_number)s.", notice_number=words["notice_number"])
        case Matter.QUERIED_WITHDRAWAL:
            return gettext("%(bank)s has not said whether it paid out %(amount)s. The money stays held.",
                           bank=words["bank_name"], amount=figure)
        case Matter.FAILED_SWEEP:
            return gettext("%(amount)s did not arrive in the case fund: %(case_number)s.", amount=figure,
                           case_number=words["case_number"])
        case Matter.SILENT_BANK if words["has_dead"]:
            return gettext("%(bank)s did not take over a message, and it was given up.", bank=words["bank_name"])
        case Matter.SILENT_BANK:
            return gettext("%(bank)s does not answer.", bank=words["bank_name"])
    return sentences.of_alert(words["kind"], words["detail"], words["currency"])


def _about(words: dict) -> str:
    """The case, the rule, or the account that it is about."""
    if named := words.get("case_number") or words.get("rule_name"):
        return str(named)
    return f"{words['bank_name']} {words['number']}" if words.get("number") else ""


def _address(one: Waiting) -> str | None:
    match one.matter:
        case Matter.APPROVAL:
            return url_for(".proposal", proposal_id=one.subject) if may("console.proposal") else None
        case Matter.RECEIPT:
            return url_for(".order", order_id=one.subject)
        case Matter.QUERIED_WITHDRAWAL:
            return url_for(".account", account_id=one.subject)
        case Matter.FAILED_SWEEP:
            return url_for(".case", case_id=one.words["case"])
        case Matter.SILENT_BANK:
            return None
    return url_for(".alerts") + f"#{one.subject}"


def _lists() -> dict[str, str]:
    """Where the rest of each kind stands."""
    lists = {
        Matter.REFUSED_RECEIPT: url_for(".alerts"), Matter.ALERT: url_for(".alerts"),
        Matter.RECEIPT: url_for(".orders", status="pending"),
        Matter.QUERIED_WITHDRAWAL: url_for(".withdrawals", status="queried"),
        Matter.FAILED_SWEEP: url_for(".all_sweeps", status="failed"),
    }
    if may("console.proposals"):
        lists[Matter.APPROVAL] = url_for(".proposals")
    return lists
