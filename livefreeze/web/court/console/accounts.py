"""Accounts: a list of them, one with its picture, why so much may be taken, and the evidence of what happened."""

from flask import Response, request, url_for

from livefreeze.flows import account_position, unmasking
from livefreeze.flows.transaction import reading
from livefreeze.store.queries import accounts as queries
from livefreeze.store.queries import timeline as timeline_queries
from livefreeze.store.queries import withdrawals as withdrawal_queries
from livefreeze.store.queries.viewer import PageAsked
from livefreeze.web import current
from livefreeze.web.court.console import timeline
from livefreeze.web.court.console.area import asked, console, found, viewer
from livefreeze.web.court.console.bars import drawn
from livefreeze.web.pages.explanations import in_words
from livefreeze.web.pages.render import page

LATEST_WITHDRAWALS = 5
CASES_COUNT_MAX = 20


@console.get("/accounts")
def accounts() -> Response:
    """List the accounts of debtors that the court has named, newest first; frozen ones alone, if asked."""
    only_frozen = request.args.get("show") == "frozen"
    with reading() as connection:
        listed = queries.newest(connection, viewer(), asked("acc"), is_frozen=True if only_frozen else None)
    return page("console/accounts.html", only_frozen=only_frozen, **listed)


@console.get("/accounts/<account_id>")
def account(account_id: str) -> Response:
    """Show an account: what lies on it, how much may be taken and why, its orders, withdrawals and history."""
    return _shown(account_id)


@console.post("/accounts/<account_id>/number")
def show_number(account_id: str) -> Response:
    """Show the account's number and its holder's name in full, this once; it is recorded who looked."""
    return _shown(account_id, opened=unmasking.account_number(account_id, principal=current.principal()))


@console.get("/accounts/<account_id>/explanation")
def explanation(account_id: str) -> Response:
    """Explain step by step why so much may be taken now."""
    with reading() as connection:
        shown = found(queries.one(connection, viewer(), account_id))
    position = found(account_position.of_account(account_id, viewer()))
    return page("console/explanation.html", account=shown, position=position, steps=_steps(position))


@console.get("/accounts/<account_id>/timeline")
def account_timeline(account_id: str) -> Response:
    """Show all that happened on an account, newest first."""
    with reading() as connection:
        shown = found(queries.one(connection, viewer(), account_id))
        listed = timeline_queries.of_account(connection, viewer(), account_id, limit=timeline.ENTRIES_COUNT,
                                             after=timeline.asked_after())
    following = listed["next"] and url_for(".account_timeline", account_id=account_id, after=listed["next"])
    return page("console/timeline.html", case=None, account=shown, entries=timeline.told(listed["entries"]),
                following=following)


@console.post("/accounts/<account_id>/messages/<message_id>")
def open_message(account_id: str, message_id: str) -> Response:
    """Open a signed message that told of something on this account; it is recorded who read it."""
    letter = unmasking.message(account_id, message_id, principal=current.principal())
    with reading() as connection:
        shown = found(queries.one(connection, viewer(), account_id))
    return page("console/message.html", account=shown, letter=letter)


def _shown(account_id: str, *, opened: dict | None = None) -> Response:
    with reading() as connection:
        shown = found(queries.one(connection, viewer(), account_id))
        cases = queries.cases_of(connection, viewer(), account_id, count_max=CASES_COUNT_MAX)
        latest = timeline_queries.of_account(connection, viewer(), account_id, limit=timeline.LATEST_COUNT, after=None)
        withdrawals = withdrawal_queries.newest(connection, viewer(), PageAsked(LATEST_WITHDRAWALS),
                                                account_id=account_id)
    position = found(account_position.of_account(account_id, viewer()))
    return page(
        "console/account.html", account=shown, cases=cases, position=position, steps=_steps(position), opened=opened,
        segments=drawn(position.get("bar"), position["currency"]), entries=timeline.told(latest["entries"]),
        has_more=latest["next"] is not None, **withdrawals,
    )


def _steps(position: dict) -> list[dict]:
    return in_words(position["explanation"], position["currency"])
