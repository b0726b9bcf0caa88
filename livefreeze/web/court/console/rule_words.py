"""A freeze rule in words: its fields, what changes from one version to the next, the spans of a distribution."""

from collections.abc import Iterable, Mapping

from livefreeze.web.court.console.new_order import CHANNELS
from livefreeze.web.pages.figures import amount, day
from livefreeze.web.pages.language import gettext, mark, pick

_NAMES = {
    "allowance": mark("Living allowance of each period"),
    "period/anchor_day": mark("First day of the period"),
    "reserve": mark("Kept for the next period"),
    "channels": mark("How the debtor may withdraw"),
    "sweep/day": mark("Day of the sweep"),
    "sweep/minimum": mark("Smallest transfer"),
    "stand_in_limit": mark("The most the bank may pay without asking"),
    "excess_share": mark("Share of an allowance that pays back earlier excess"),
    "currency": mark("Currency"),
    "time_zone": mark("Time zone"),
    "source": mark("On whose authority"),
    "preset": mark("The law it begins with"),
    "version": mark("Version of that law"),
}
_BY_PEOPLE = ("source", "preset", "version")  # written by a court or a law, and the same in every language
_AMOUNTS = ("allowance", "reserve", "sweep/minimum", "stand_in_limit")


def differences(found: Iterable[Mapping[str, object]], currency: str) -> list[dict[str, object]]:
    """What changed, a line each: the field's name, the value before and after, as people write them."""
    return [
        {"name": _name(each["field"]), "before": _value(each["field"], each["before"], currency),
         "after": _value(each["field"], each["after"], currency), "is_said_by_people": each["field"] in _BY_PEOPLE}
        for each in found
    ]


def spans(buckets: Iterable[Mapping[str, object]], currency: str) -> dict[str, object]:
    """A distribution as a chart: how many debtors may take more, less or the same now, by spans."""
    shown = list(buckets)
    return {
        "kind": "bars", "unit": gettext("debtors"), "labels": [_span(each, currency) for each in shown],
        "series": [{"name": gettext("debtors"), "values": [each["count"] for each in shown]}],
    }


def channels(names: Iterable[str]) -> str:
    """The ways to withdraw, in one line."""
    return pick(", ", "、").join(gettext(CHANNELS[name]) for name in sorted(names))


def _name(field: str) -> str:
    if field in _NAMES:
        return gettext(_NAMES[field])
    first, _, since = field.partition("/")
    if first == "allowance" and len(since) == 10:
        return gettext("Living allowance from %(day)s on", day=day(since))
    return field


def _value(field: str, value: object, currency: str) -> str:
    is_amount = field in _AMOUNTS or (field.startswith("allowance/") and field.count("/") == 1)
    if value is None:
        return gettext("no limit but the allowance") if field == "stand_in_limit" else gettext("none")
    if field == "channels":
        return channels(value)
    if is_amount and isinstance(value, str):
        return amount(value, currency)
    return str(value)


def _span(each: Mapping[str, object], currency: str) -> str:
    if each["direction"] == "same":
        return gettext("the same")
    above, up_to = _whole(each["above"], currency), _whole(each["up_to"], currency)
    is_more = each["direction"] == "more"
    if each["up_to"] is None:
        return gettext("over %(amount)s more", amount=above) if is_more else gettext(
            "over %(amount)s less", amount=above)
    if above == "0":
        return gettext("up to %(amount)s more", amount=up_to) if is_more else gettext(
            "up to %(amount)s less", amount=up_to)
    span = {"above": above, "up_to": up_to}
    return gettext("%(above)s to %(up_to)s more", **span) if is_more else gettext("%(above)s to %(up_to)s less", **span)


def _whole(text: str | None, currency: str) -> str:
    """The bounds of spans are whole units: nothing stands behind the point."""
    return "" if text is None else amount(text.partition(".")[0], None)
