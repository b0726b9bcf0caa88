"""The timeline as pages show it: a sentence an entry, who did it, on whose authority, and what proves it."""

from flask import request

from livefreeze.store.queries.timeline import Cursor, cursor_of
from livefreeze.web.court.console import sentences
from livefreeze.web.pages.language import gettext

ENTRIES_COUNT = 50
LATEST_COUNT = 8  # on the page of the case or account itself


def asked_after() -> Cursor | None:
    """After which entry the address asks for older ones."""
    return cursor_of(request.args.get("after"))


def told(entries: list[dict]) -> list[dict]:
    """Return the entries with their sentences."""
    return [
        entry | {
            "said": sentences.of_event(entry["kind"], entry["detail"],
                                       entry["account"] and entry["account"]["currency"]),
            "who": _who(entry["by"]),
        }
        for entry in entries
    ]


def _who(by: dict) -> str:
    if by["bank"]:
        return by["bank"]
    match by["kind"]:
        case "staff" if by["person"] and by["person"]["is_own"]:
            login = by["person"]["login"]
            if by["stood_for"]:
                return gettext("%(login)s for %(other)s", login=login, other=by["stood_for"]["login"])
            return login
        case "staff" if by["person"] and by["person"]["role"] == "teller":
            return gettext("a teller of the bank")
        case "staff" if by["person"]:
            return gettext("somebody of another court or bank")
        case "job":
            return gettext("the timetable")
        case "rule":
            return gettext("by itself, by the rule")
        case "debtor":
            return gettext("the debtor")
        case "operator":
            return gettext("the operator of this service")
    return by["name"] or by["kind"]
