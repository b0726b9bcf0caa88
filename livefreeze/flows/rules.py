"""The freeze rule of an order, read once a process: a written rule never changes."""

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from livefreeze.flows.pointers import at
from livefreeze.rules import document
from livefreeze.rules.allowance import Allowance
from livefreeze.rules.document import FreezeRule
from livefreeze.rules.period import period_of
from livefreeze.store import rules as stored_rules

PRESETS = document.preset_names()

_by_id: dict[str, FreezeRule] = {}


def of(connection: Connection, rule_id: str) -> FreezeRule:
    """The parsed rule. Raises LookupError for an unknown id."""
    if rule_id not in _by_id:
        _by_id[rule_id] = document.parse(stored_rules.document(connection, rule_id))
    return _by_id[rule_id]


def learn(connection: Connection, rule_ids: Iterable[str]) -> None:
    """Read those of these rules that are not known yet, all by one query; `of` finds them then."""
    missing = {rule_id for rule_id in rule_ids if rule_id not in _by_id}
    for rule_id, text in stored_rules.documents(connection, missing).items():
        _by_id[rule_id] = document.parse(text)


def allowance_at(rule: FreezeRule, instant: datetime) -> Allowance:
    """The living allowance by the law of the day on which this instant falls in the rule's time zone.

    Raises Problem where the rule names none.
    """
    return rule.allowance_on(_day(rule, instant))


def allowance_in_force(rule: FreezeRule, instant: datetime) -> Allowance:
    """The same for a freeze that runs, which always has one."""
    return rule.allowance_in_force_on(_day(rule, instant))


def refuse_without_allowance(rule: FreezeRule, now: datetime) -> None:
    """Raise Problem where the rule has no allowance for the period of today.

    It would fail when the bank's receipt comes, which is a fact.
    """
    today = period_of(now, anchor_day=rule.anchor_day, time_zone=rule.time_zone)
    with at("/allowance"):
        allowance_at(rule, today.start)


def _day(rule: FreezeRule, instant: datetime) -> date:
    return instant.astimezone(ZoneInfo(rule.time_zone)).date()
