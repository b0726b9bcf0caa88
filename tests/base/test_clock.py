"""Instants need a zone; the business clock can be moved by a file, the wall clock by nothing."""

import os
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livefreeze.base import clock
from livefreeze.base.errors import InstantInvalid

BEIJING = timezone(timedelta(hours=8))


@pytest.fixture
def clock_file(tmp_path):
    file = tmp_path / "clock"
    clock.set_clock_file(file)
    yield file
    clock.set_clock_file(None)


def write(file, text, *, at_ns):
    file.write_text(text)
    os.utime(file, ns=(at_ns, at_ns))


def test_without_a_file_both_clocks_agree():
    earlier, business, later = clock.wall(), clock.now(), clock.wall()
    assert earlier <= business <= later
    assert clock.offset() == timedelta()


def test_a_file_moves_the_business_clock_only(clock_file):
    write(clock_file, "86400", at_ns=1)
    before, business, wall = clock.wall(), clock.now(), clock.wall()
    assert before + timedelta(days=1) <= business <= wall + timedelta(days=1)


def test_a_changed_file_is_read_anew(clock_file):
    write(clock_file, "86400", at_ns=1)
    first = clock.offset()
    write(clock_file, "-60.5\n", at_ns=2)
    assert (first, clock.offset()) == (timedelta(days=1), timedelta(seconds=-60.5))


def test_a_file_that_is_not_there_yet_moves_nothing(clock_file):
    assert clock.offset() == timedelta()


@pytest.mark.parametrize("text", ["", "tomorrow", "nan"])
def test_a_file_without_a_number_is_an_error_that_is_seen(clock_file, text):
    write(clock_file, text, at_ns=1)
    with pytest.raises(ValueError):
        clock.now()


@given(st.datetimes(timezones=st.sampled_from([UTC, BEIJING, timezone(-timedelta(hours=3, minutes=30))])))
def test_an_instant_survives_the_way_out_and_in(instant):
    try:
        text = clock.format_instant(instant)
    except OverflowError:  # the first and last hours of the calendar have no UTC
        return
    assert clock.parse_instant(text) == instant
    assert text.endswith("Z") and len(text) == 27


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-03-10T02:00:05Z", datetime(2026, 3, 10, 2, 0, 5, tzinfo=UTC)),
        ("2026-03-10T10:00:05.25+08:00", datetime(2026, 3, 10, 2, 0, 5, 250_000, tzinfo=UTC)),
        ("2026-03-10T02:00:05.123456789Z", datetime(2026, 3, 10, 2, 0, 5, 123_456, tzinfo=UTC)),
    ],
)
def test_parse_instant(text, instant):
    parsed = clock.parse_instant(text)
    assert parsed == instant
    assert parsed.tzinfo is UTC


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("2026-03-10T10:00:05", id="no zone"),
        pytest.param("2026-03-10", id="a day"),
        pytest.param("2026-02-30T10:00:05Z", id="no such day"),
        pytest.param("2026-03-10T24:00:00Z", id="hour 24"),
        pytest.param("2026-03-10T10:00:60Z", id="second 60"),
        pytest.param("2026-03-10T10:00:05+24:00", id="zone of a whole day"),
        pytest.param("2026-03-10 10:00:05Z", id="blank for T"),
        pytest.param("2026-03-10t10:00:05z", id="small letters"),
        pytest.param("2026-W11-2T10:00:05Z", id="week"),
        pytest.param("20260310T100005Z", id="basic format"),
        pytest.param("0000-03-10T10:00:05Z", id="year 0"),
        pytest.param("0001-01-01T00:00:00+08:00", id="before the first UTC day"),
        pytest.param("2026-03-10T10:00:05Z\n", id="trailing newline"),
        pytest.param("２０２６-03-10T10:00:05Z", id="full-width digits"),
        pytest.param(1773108005, id="number"),
        pytest.param(None, id="nothing"),
    ],
)
def test_what_is_no_instant_is_refused(text):
    with pytest.raises(InstantInvalid):
        clock.parse_instant(text)


def test_an_instant_without_a_zone_is_never_written():
    with pytest.raises(ValueError):
        clock.format_instant(datetime(2026, 3, 10))  # noqa: DTZ001
