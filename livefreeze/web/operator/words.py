"""What the administrators' pages call things that other rooms know by a code."""

from livefreeze.web.pages.language import gettext, mark

KINDS = {
    "court.add": mark("Add a court"), "staff.add": mark("Add a user"), "staff.disable": mark("Disable a user"),
    "staff.invite": mark("New link to log in"), "bank.add": mark("Add a bank"), "bank_key.add": mark("Add a key"),
    "bank_key.retire": mark("Retire a key"), "message.replay": mark("Replay a message"),
}
DONE = {
    "court.add": mark("Approved: the court is there. Add its people now."),
    "staff.add": mark("Approved: the user is there. Make the link by which they set themselves up."),
    "staff.disable": mark("Approved: the user can do nothing any more."),
    "staff.invite": mark("Approved. Make the link by which they set themselves up anew."),
    "bank.add": mark("Approved: the bank is there. Give it our public key from its page."),
    "bank_key.add": mark("Approved: the key counts from now on. Give the bank our new public key from its page."),
    "bank_key.retire": mark("Approved: within seconds the key is worth nothing."),
    "message.replay": mark("Approved: the message is delivered again, and its lane goes on."),
}
_ALERTS = {
    "QUERY_UNANSWERED": mark(
        "The bank has not said for more than a day whether a withdrawal was paid; the money stays held. Ring it up."
    ),
    "MESSAGE_REUSED": mark("The bank used the id of a message a second time, for another text. It was refused."),
}


def kinds() -> dict[str, str]:
    """What each kind of proposal is called, in the page's language."""
    return {kind: gettext(text) for kind, text in KINDS.items()}


def alert_text(kind: str) -> str:
    """What an alert says, in the page's language."""
    said = _ALERTS.get(kind, kind)
    return gettext(said)
