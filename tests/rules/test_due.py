"""How pressing what waits is, as a table."""

from datetime import UTC, datetime, timedelta

import pytest

from livefreeze.rules.due import WITHIN, Level, Matter, due

SINCE = datetime(2026, 3, 10, 9, tzinfo=UTC)


@pytest.mark.parametrize(("waited", "level"), [
    (timedelta(), Level.GREEN),
    (timedelta(hours=23, minutes=59), Level.GREEN),
    (timedelta(days=1), Level.YELLOW),
    (timedelta(days=2) - timedelta(seconds=1), Level.YELLOW),
    (timedelta(days=2), Level.RED),
    (timedelta(days=20), Level.RED),
])
def test_an_approval_waits_two_days(waited, level):
    assert due(Matter.APPROVAL, since=SINCE, now=SINCE + waited) == (SINCE + timedelta(days=2), level)


def test_a_bank_that_does_not_answer_is_pressing_at_once():
    assert due(Matter.SILENT_BANK, since=SINCE, now=SINCE).level is Level.YELLOW


def test_every_matter_has_its_time():
    assert set(WITHIN) == set(Matter)
