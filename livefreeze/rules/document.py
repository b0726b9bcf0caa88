"""A freeze rule as its versioned JSON document: read strictly, made from a preset, warned of."""

import json
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from livefreeze.base import money
from livefreeze.base.errors import Problem
from livefreeze.rules import allowance, fields
from livefreeze.rules.allowance import Allowance, AllowanceFacts

CHANNELS = ("counter", "cash_machine", "card", "transfer", "app")

_REQUIRED = (
    "preset",
    "version",
    "currency",
    "time_zone",
    "period",
    "allowance",
    "reserve",
    "channels",
    "sweep",
    "excess_share",
    "stand_in_limit",
    "source",
)
_OVERRIDES = ("anchor_day", "allowance", "reserve", "channels", "sweep", "stand_in_limit")


@dataclass(frozen=True, slots=True, kw_only=True)
class FreezeRule:
    """A rule ready to be asked; amounts in minor units of its currency."""

    preset: str
    version: str
    currency: str
    time_zone: str
    anchor_day: int  # the first day of each allowance period
    allowance_method: str
    allowance_parameters: Any  # as the method has read them
    reserve_minor: int  # kept for the next period
    channels: frozenset[str]  # by which the debtor may withdraw
    sweep_day: int
    sweep_minimum_minor: int
    excess_share: Fraction  # the most of an allowance that pays back earlier excess
    stand_in_limit_minor: int | None  # None: no more than what is left of the allowance
    source: str

    def allowance_on(self, day: date) -> Allowance:
        """The allowance by the law of that day. Raises Problem where the rule has none."""
        method = allowance.method(self.allowance_method)
        return method.evaluate(self.allowance_parameters, AllowanceFacts(on=day))

    def allowance_in_force_on(self, day: date) -> Allowance:
        """The allowance of a freeze that runs: where the law of the day is not known, the last one goes on.

        What a bank reports must never stop at a date that a court forgot to extend.
        """
        method = allowance.method(self.allowance_method)
        return self.allowance_on(method.nearest_day(self.allowance_parameters, day))


class Caution(NamedTuple):
    """Something that is allowed but may not be meant."""

    code: str
    sentence: str
    sentence_zh: str


def parse(document: object) -> FreezeRule:
    """Read a rule. Raises Problem naming the first field that is missing, unknown or wrong."""
    rule = fields.members(document, "", required=_REQUIRED)
    currency = fields.currency(rule["currency"], "/currency")
    period = fields.members(rule["period"], "/period", required=("anchor_day",), optional=("kind",))
    fields.choice(period.get("kind", "month"), "/period/kind", ("month",))
    live = read_live(rule, currency)
    method, parameters = _read_allowance(rule["allowance"], currency)
    return FreezeRule(
        preset=fields.text(rule["preset"], "/preset"),
        version=fields.text(rule["version"], "/version"),
        currency=currency,
        time_zone=live["time_zone"],
        anchor_day=fields.day_of_month(period["anchor_day"], "/period/anchor_day"),
        allowance_method=method,
        allowance_parameters=parameters,
        reserve_minor=live["reserve"],
        channels=live["channels"],
        sweep_day=live["sweep"][0],
        sweep_minimum_minor=live["sweep"][1],
        excess_share=live["excess_share"],
        stand_in_limit_minor=live["stand_in_limit"],
        source=fields.text(rule["source"], "/source"),
    )


def read_live(rule: Mapping[str, Any], currency: str) -> dict[str, Any]:
    """Those fields of a rule that only freezes need, as far as they are there. Raises Problem."""
    return {key: read(rule[key], f"/{key}", currency) for key, read in _LIVE.items() if key in rule}


def preset(name: str, *, source: str | None = None, **overrides: object) -> FreezeRule:
    """A preset as a rule: see `preset_document`."""
    return parse(preset_document(name, source=source, **overrides))


def preset_document(name: str, *, source: str | None = None, **overrides: object) -> dict[str, Any]:
    """A preset's document with what a court sets otherwise: see `changed_document`."""
    return changed_document(_preset(name), source=source, **overrides)


def changed_document(base: Mapping[str, Any], *, source: str | None = None, **overrides: object) -> dict[str, Any]:
    """A rule's document with what a court sets otherwise, read to be sure that it is a rule.

    Overrides are `anchor_day`, `allowance` (a fixed amount from the rule's first day on), `reserve`, `channels`,
    `stand_in_limit` (None: no limit but what is left of the allowance), `sweep` (`day` and `minimum`, or one of
    them). What is not given, and None elsewhere, leaves the rule's own. `source` says on whose authority they are
    set. Raises Problem, its field named as the override's.
    """
    document = deepcopy(dict(base))
    given = {key: value for key, value in overrides.items() if value is not None or key == "stand_in_limit"}
    for key in given:
        if key not in _OVERRIDES:
            raise Problem("FIELD_UNKNOWN", f"/{key}")
    if "anchor_day" in given:
        document["period"]["anchor_day"] = fields.day_of_month(given["anchor_day"], "/anchor_day")
    if "allowance" in given:
        first = min(row["valid_from"] for row in document["allowance"]["amounts"])
        row = {"amount": _written(given["allowance"], "/allowance", document), "valid_from": first, "valid_to": None}
        document["allowance"] = {
            "method": "fixed",
            "amounts": [row | {"source": source or document["source"]}],
        }
    if "sweep" in given:
        sweep = dict(fields.members(given["sweep"], "/sweep", required=(), optional=("day", "minimum")))
        if "minimum" in sweep:
            sweep["minimum"] = _written(sweep["minimum"], "/sweep/minimum", document)
        document["sweep"] |= sweep
    for key in ("reserve", "stand_in_limit"):
        if key in given:
            document[key] = None if given[key] is None else _written(given[key], f"/{key}", document)
    if "channels" in given:
        document["channels"] = given["channels"]
    if given and source is not None:
        document["source"] = source
    parse(document)
    return document


def preset_names() -> tuple[str, ...]:
    """The presets that a freeze can follow, sorted."""
    return tuple(sorted(name for name, document in _presets().items() if "channels" in document))


def documents() -> Mapping[str, Mapping[str, Any]]:
    """All presets by name, also those that no freeze can follow live. Not to be changed."""
    return _presets()


def warnings(rule: FreezeRule) -> tuple[Caution, ...]:
    """What a court should know before it puts the rule in force."""
    if rule.anchor_day == 1 and rule.reserve_minor == 0:
        return (
            Caution(
                "NOTHING_ON_FIRST_DAY",
                "The allowance is whole again on the 1st, but with no reserve a sweep may leave nothing"
                " to take before payday: anchor the period on payday, or set a reserve.",
                "每月 1 日额度恢复，但未设预留，账户在发薪日前可能无款可取：请将周期起始日设为发薪日，或设置预留。",
            ),
        )
    return ()


def _written(text: object, pointer: str, document: Mapping[str, Any]) -> str:
    """An amount as every document writes it, so that 2500 and 2500.00 are no difference."""
    return money.format_amount(fields.amount(text, pointer, document["currency"]), document["currency"])


def _read_allowance(document: object, currency: str) -> tuple[str, Any]:
    parameters = fields.mapping(document, "/allowance")
    if "method" not in parameters:
        raise Problem("FIELD_MISSING", "/allowance/method")
    name = fields.choice(parameters["method"], "/allowance/method", allowance.names())
    if name not in allowance.live_names():
        listed = ", ".join(allowance.live_names())
        reason = f"A live freeze does not know the facts that this method needs; use one of: {listed}."
        raise fields.invalid("/allowance/method", reason, f"实时冻结尚无此方法所需的事实，请使用：{listed}。")
    return name, allowance.method(name).read(parameters, "/allowance", currency)


def _read_channels(document: object, pointer: str, currency: str) -> frozenset[str]:
    rows = fields.entries(document, pointer, count_max=len(CHANNELS))
    return frozenset(fields.choice(row, f"{pointer}/{index}", CHANNELS) for index, row in enumerate(rows))


def _read_sweep(document: object, pointer: str, currency: str) -> tuple[int, int]:
    """On which day of the month is swept, and from which amount on."""
    sweep = fields.members(document, pointer, required=("day", "minimum"))
    minimum = fields.amount(sweep["minimum"], f"{pointer}/minimum", currency)
    return fields.day_of_month(sweep["day"], f"{pointer}/day"), minimum


def _read_limit(document: object, pointer: str, currency: str) -> int | None:
    return None if document is None else fields.amount(document, pointer, currency)


_LIVE: dict[str, Callable[[object, str, str], Any]] = {
    "time_zone": lambda value, pointer, currency: fields.time_zone(value, pointer),
    "reserve": fields.amount,
    "channels": _read_channels,
    "sweep": _read_sweep,
    "excess_share": lambda value, pointer, currency: fields.share(value, pointer),
    "stand_in_limit": _read_limit,
}


def _preset(name: object) -> dict[str, Any]:
    return _presets()[fields.choice(name, "/preset", preset_names())]


@cache
def _presets() -> dict[str, dict[str, Any]]:
    folder = files("livefreeze.rules") / "presets"
    documents = [json.loads(path.read_text("utf-8")) for path in folder.iterdir() if path.name.endswith(".json")]
    return {document["preset"]: document for document in documents}
