"""Bars of what lies on an account, in a pool, or has become of a claim: their parts get their names here."""

from livefreeze.web.pages.figures import amount
from livefreeze.web.pages.language import gettext, mark
from livefreeze.web.pages.pictures import Part, Segment, stacked

_NAMES = {
    "spendable": mark("may be taken"), "surplus": mark("surplus"), "reserved": mark("reserved"),
    "transit": mark("on the way"), "held": mark("held for a withdrawal"), "settled": mark("in the case fund"),
    "quota": mark("still to come"),
}


def drawn(bar: list[dict] | None, currency: str) -> list[Segment]:
    """Return the segments of a bar; none for what has no bar."""
    return stacked([_part(part, currency) for part in bar or ()])


def _part(part: dict, currency: str) -> Part:
    name = _NAMES[part["kind"]]
    return Part(gettext(name), part["minor"], amount(part["amount"], currency), part["kind"])
