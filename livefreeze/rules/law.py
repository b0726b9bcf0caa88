"""The law of a rule's document, ready to be evaluated for any facts, whether or not a freeze can follow it live."""

from datetime import date
from functools import cache
from typing import Any, NamedTuple

from livefreeze.base.errors import Problem
from livefreeze.rules import calendar, dated, document, fields
from livefreeze.rules.allowance import reading
from livefreeze.rules.calendar import Calendar

_REQUIRED = ("preset", "version", "currency", "period", "allowance", "source")
_OPTIONAL = (
    "time_zone", "reserve", "channels", "sweep", "excess_share", "stand_in_limit", "carry_over", "title",
)  # fmt: skip
CARRIED_PERIODS_MAX = 24


class Law(NamedTuple):
    """A rule as its law: how periods run, what each grants, which rests still count."""

    name: str
    version: str
    currency: str
    calendar: Calendar
    allowance: reading.Read
    carry_over: dated.Values | None  # for how many periods an unused rest still counts
    reserve_minor: int
    source: str

    def carried_periods(self, day: date) -> int:
        """For how many periods after its own an unused rest counts, by the law of that day."""
        if self.carry_over is None or day < self.carry_over.rows[0].valid_from:
            return 0
        return self.carry_over.on(day).value


def parse(rule: object) -> Law:
    """Read a rule's document. Raises Problem naming the first field that is missing, unknown or wrong."""
    found = fields.members(rule, "", required=_REQUIRED, optional=_OPTIONAL)
    currency = fields.currency(found["currency"], "/currency")
    if "channels" in found:  # one that freezes follow: all of it must be right
        carried = {key: value for key, value in found.items() if key not in ("carry_over", "title")}
        if isinstance(found["period"], dict) and set(found["period"]) == {"anchor_day"}:
            document.parse(carried)
    live = document.read_live(found, currency)  # right even where no freeze needs them
    if "title" in found:
        fields.text(found["title"], "/title")
    return Law(
        name=fields.text(found["preset"], "/preset"),
        version=fields.text(found["version"], "/version"),
        currency=currency,
        calendar=calendar.read(found["period"], "/period"),
        allowance=reading.read(found["allowance"], "/allowance", currency),
        carry_over=_carry_over(found["carry_over"]) if "carry_over" in found else None,
        reserve_minor=live.get("reserve", 0),
        source=fields.text(found["source"], "/source"),
    )


def _carry_over(value: object) -> dated.Values:
    def periods(entry: Any, place: str) -> int:
        count = entry["periods"]
        if type(count) is not int or not 0 <= count <= CARRIED_PERIODS_MAX:
            reason = f"This must be a whole number from 0 to {CARRIED_PERIODS_MAX}."
            raise fields.invalid(f"{place}/periods", reason, f"此处须为 0 至 {CARRIED_PERIODS_MAX} 的整数。")
        return count

    return dated.read(value, "/carry_over", periods, required=("periods",))


def preset(name: object) -> Law:
    """A preset as its law. Raises Problem on a name that is none."""
    if not isinstance(name, str) or name not in document.documents():
        raise Problem("FIELD_MISSING", "/rule") if name is None else _unknown()
    return _preset(name)


@cache
def _preset(name: str) -> Law:
    return parse(document.documents()[name])


def preset_names() -> tuple[str, ...]:
    """All presets, also those that no freeze can follow live, sorted."""
    return tuple(sorted(document.documents()))


def _unknown() -> Problem:
    listed = ", ".join(preset_names())
    return fields.invalid(
        "/rule",
        f"This must be a rule's file or one of the presets: {listed}.",
        f"取值须为规则文件或以下预设之一：{listed}。",
        code="CHOICE_UNKNOWN",
    )
