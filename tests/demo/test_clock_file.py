"""The file that moves the business clock is read by the service as the story writes it."""

from datetime import UTC, datetime, timedelta

import pytest

from livefreeze.base import clock
from livefreeze.demo.clock_file import ClockFile

A_WHILE = timedelta(minutes=5)  # between moving the clock and looking at it, however busy the machine


@pytest.mark.parametrize("instant", [datetime(2026, 3, 10, 1, tzinfo=UTC), datetime(2031, 1, 1, tzinfo=UTC)])
def test_the_clock_goes_on_from_where_it_was_moved_to(tmp_path, instant):
    file = ClockFile(tmp_path / "clock")
    clock.set_clock_file(file.path)
    try:
        file.move_to(datetime(2000, 1, 1, tzinfo=UTC))
        clock.now()
        file.move_to(instant)
        assert instant - timedelta(seconds=1) <= clock.now() < instant + A_WHILE
    finally:
        clock.set_clock_file(None)
    assert [path.name for path in tmp_path.iterdir()] == ["clock"]
