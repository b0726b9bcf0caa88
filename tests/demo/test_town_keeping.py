"""The folder of a demo world: finished or not, ours or not, and the time at which it stands still."""

from datetime import UTC, datetime, timedelta

import pytest

from livefreeze.base import clock
from livefreeze.demo.errors import StoryFailed
from livefreeze.demo.town import keeping
from livefreeze.demo.town.keeping import Kept

NOON = datetime(2031, 1, 1, 12, tzinfo=UTC)
A_WHILE = timedelta(minutes=5)


@pytest.fixture
def folder(tmp_path):
    keeping.clear(tmp_path / "demo")
    yield tmp_path / "demo"
    clock.set_clock_file(None)


def test_a_world_is_there_once_it_is_finished(folder):
    kept = Kept(seed=1, ports=(1, 2, 3, 4), tokens={"clerk": "lf_x"}, made_s=1.5)
    assert not keeping.is_made(folder)
    keeping.write(folder, kept)
    assert keeping.is_made(folder) and keeping.read(folder) == kept


def test_what_was_never_finished_is_made_anew(folder):
    (folder / "livefreeze.db").touch()
    keeping.clear(folder)
    assert [path.name for path in folder.iterdir()] == ["begun"]


def test_a_folder_with_anything_else_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").touch()
    with pytest.raises(StoryFailed, match="something else"):
        keeping.clear(tmp_path)
    assert (tmp_path / "thesis.txt").exists()


def test_days_in_which_nobody_looked_have_not_passed(folder):
    keeping.clock_of(folder).move_to(NOON)
    keeping.note_time(folder)
    keeping.clock_of(folder).move_to(NOON + timedelta(days=30))  # as if so many had passed
    keeping.take_time_up(folder)
    clock.set_clock_file(folder / "clock")
    assert NOON <= clock.now() < NOON + A_WHILE


def test_after_a_crash_time_has_gone_on_and_never_goes_back(folder):
    keeping.clock_of(folder).move_to(NOON)
    keeping.note_time(folder)
    keeping.take_time_up(folder)
    keeping.clock_of(folder).move_to(NOON + timedelta(days=30))
    keeping.take_time_up(folder)  # nothing was noted this time
    clock.set_clock_file(folder / "clock")
    assert clock.now() >= NOON + timedelta(days=30)
