"""Periods of a rule as days: every kind, moved by working days, and what is refused; the guide's example."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from livefreeze.base.errors import Problem
from livefreeze.rules import calendar, evaluation, facts, law

HOLIDAYS = {"holidays": ["2026-05-01"], "holidays_published_to": "2026-12-31"}
PERIODS = [
    ({"anchor_day": 10}, "2026-03-09", "2026-02-10", "2026-03-10"),
    ({"anchor_day": 31}, "2026-02-28", "2026-02-28", "2026-03-31"),
    ({"kind": "week", "first_day": "2026-01-05"}, "2026-01-11", "2026-01-05", "2026-01-12"),
    ({"kind": "week", "first_day": "2026-01-05"}, "2026-01-04", "2025-12-29", "2026-01-05"),
    ({"kind": "fortnight", "first_day": "2026-01-05"}, "2026-01-18", "2026-01-05", "2026-01-19"),
    ({"kind": "half_month", "anchor_day": 1}, "2026-02-16", "2026-02-16", "2026-03-01"),
    ({"kind": "half_month", "anchor_day": 1}, "2026-02-15", "2026-02-01", "2026-02-16"),
    ({"kind": "paydays", "days": ["2026-02-26", "2026-01-28", "2026-03-27"]}, "2026-02-26", "2026-02-26", "2026-03-27"),
    ({"anchor_day": 1, "moved": "after"} | HOLIDAYS, "2026-05-03", "2026-04-01", "2026-05-04"),
    ({"anchor_day": 1, "moved": "before"} | HOLIDAYS, "2026-05-03", "2026-04-30", "2026-06-01"),
    ({"anchor_day": 1, "moved": "after", "accept_unpublished": True}, "2026-02-02", "2026-02-02", "2026-03-02"),
]  # fmt: skip


@pytest.mark.parametrize(("document", "day", "start", "end"), PERIODS)
def test_period(document, day, start, end):
    found = calendar.period_of(calendar.read(document, "/period"), date.fromisoformat(day))
    assert (found.start.isoformat(), found.end.isoformat()) == (start, end)


REFUSED = [
    ({"anchor_day": 32}, "/period/anchor_day"),
    ({"kind": "week"}, "/period/first_day"),
    ({"kind": "paydays", "days": []}, "/period/days"),
    ({"anchor_day": 1, "moved": "up"}, "/period/moved"),
    ({"anchor_day": 1, "accept_unpublished": 1}, "/period/accept_unpublished"),
    ({"anchor_day": 1, "moved": "after"}, "/on"),  # no holidays are published
    ({"kind": "paydays", "days": ["2026-01-28"]}, "/on"),
]


@pytest.mark.parametrize(("document", "pointer"), REFUSED)
def test_refused_with_its_field(document, pointer):
    with pytest.raises(Problem) as refusal:
        calendar.period_of(calendar.read(document, "/period"), date(2026, 2, 10))
    assert refusal.value.errors[0].pointer == pointer


def test_rests_reach_back_no_further_than_the_first_payday_named():
    days = ["2026-01-28", "2026-02-26", "2026-03-27"]
    found = calendar.read({"kind": "paydays", "days": days}, "/period")
    assert calendar.before(found, calendar.period_of(found, date(2026, 3, 1)), 5) == date(2026, 1, 28)


def test_the_example_of_the_guide():
    guide = (Path(__file__).parents[2] / "docs" / "rules.md").read_text("utf-8")
    rule = law.parse(json.loads(re.search(r"```json\n(.*?)```", guide, re.DOTALL)[1]))
    document = {"currency": "EUR", "accounts": [{"account": "a", "balance": "5000.00"}], "dependants": 2}
    found = evaluation.evaluate(rule, facts.parse(document), date(2026, 3, 1))
    assert (found.protected_minor, found.attachable_minor) == (135000, 365000)
