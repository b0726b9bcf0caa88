"""Allowance periods, in the calendar of the rule's time zone."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livefreeze.rules.period import following, period_of


def local(text, zone):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


SHANGHAI = "Asia/Shanghai"


@pytest.mark.parametrize(
    ("instant", "anchor_day", "start", "end"),
    [
        pytest.param("2026-03-12T09:00", 10, "2026-03-10", "2026-04-10", id="after payday"),
        pytest.param("2026-03-09T23:59:59", 10, "2026-02-10", "2026-03-10", id="the evening before payday"),
        pytest.param("2026-03-10T00:00", 10, "2026-03-10", "2026-04-10", id="midnight of payday"),
        pytest.param("2026-11-12T12:00", 1, "2026-11-01", "2026-12-01", id="the calendar month"),
        pytest.param("2026-12-31T23:00", 1, "2026-12-01", "2027-01-01", id="over the new year"),
        pytest.param("2026-01-05T00:00", 10, "2025-12-10", "2026-01-10", id="back over the new year"),
        pytest.param("2026-02-27T12:00", 31, "2026-01-31", "2026-02-28", id="before a short month's last day"),
        pytest.param("2026-02-28T00:00", 31, "2026-02-28", "2026-03-31", id="on a short month's last day"),
        pytest.param("2028-02-29T12:00", 30, "2028-02-29", "2028-03-30", id="in a leap year"),
        pytest.param("2026-04-30T12:00", 31, "2026-04-30", "2026-05-31", id="a month of thirty days"),
    ],
)
def test_period_of(instant, anchor_day, start, end):
    period = period_of(local(instant, SHANGHAI), anchor_day=anchor_day, time_zone=SHANGHAI)
    assert period == (local(start, SHANGHAI), local(end, SHANGHAI))


def test_the_same_instant_in_another_zone_is_the_same_period():
    instant = datetime(2026, 3, 9, 16, tzinfo=UTC)  # midnight of the 10th in Shanghai
    period = period_of(instant, anchor_day=10, time_zone=SHANGHAI)
    assert (period.start, period.start.tzinfo, period.end.tzinfo) == (instant, UTC, UTC)


@pytest.mark.parametrize(
    ("zone", "midnight", "start"),
    [
        # In Beirut the clocks go forward at midnight: that day begins at one.
        pytest.param("Asia/Beirut", "2026-03-29", datetime(2026, 3, 28, 22, tzinfo=UTC), id="no midnight"),
        # In Havana they go back from one to midnight: the first of two is meant.
        pytest.param("America/Havana", "2026-11-01", datetime(2026, 11, 1, 4, tzinfo=UTC), id="two midnights"),
    ],
)
def test_a_change_of_clocks_at_midnight(zone, midnight, start):
    noon = local(midnight + "T12:00", zone)
    assert period_of(noon, anchor_day=noon.day, time_zone=zone).start == start


instants = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
zones = st.sampled_from([SHANGHAI, "Asia/Beirut", "America/Havana", "Europe/Berlin", "Pacific/Apia", "UTC"])


@given(instants, st.integers(1, 31), zones)
def test_periods_follow_one_another_without_gap(instant, anchor_day, zone):
    period = period_of(instant, anchor_day=anchor_day, time_zone=zone)
    later = following(period, anchor_day=anchor_day, time_zone=zone)
    last = period_of(period.end - timedelta(microseconds=1), anchor_day=anchor_day, time_zone=zone)
    assert period.start <= instant < period.end
    assert (later.start, last) == (period.end, period)


def test_after_another_anchor_day_the_next_period_is_shorter():
    march = period_of(local("2026-03-12T09:00", SHANGHAI), anchor_day=10, time_zone=SHANGHAI)
    later = following(march, anchor_day=15, time_zone=SHANGHAI)
    assert later == (local("2026-04-10", SHANGHAI), local("2026-04-15", SHANGHAI))


def test_an_instant_needs_its_zone():
    with pytest.raises(ValueError, match="without a time zone"):
        period_of(datetime(2026, 3, 12), anchor_day=10, time_zone=SHANGHAI)  # noqa: DTZ001


@pytest.mark.parametrize("day", [0, 32, -1])
def test_a_day_that_no_month_has(day):
    with pytest.raises(ValueError, match="no month has"):
        period_of(datetime(2026, 3, 12, tzinfo=UTC), anchor_day=day, time_zone=SHANGHAI)
