"""How long a claim may take: measured over months in which something arrived, never promised without any."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from livefreeze.rules.pace import Pace, Payment, of_payments

ZONE = "Asia/Shanghai"


def on(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T09:00:00").replace(tzinfo=ZoneInfo(ZONE))


@pytest.mark.parametrize(("payments", "left", "now", "pace"), [
    pytest.param([], 60_000_00, "2026-05-20", None, id="nothing arrived"),
    pytest.param([("2025-01-12", 5_500_00)], 54_500_00, "2026-05-20", None, id="too long ago to say"),
    pytest.param([("2026-05-12", 5_500_00)], 54_500_00, "2026-05-20", Pace(1, 5_500_00, 10), id="the first month"),
    pytest.param([("2026-03-12", 5_000_00), ("2026-04-12", 6_000_00)], 49_000_00, "2026-05-05",
                 Pace(2, 5_500_00, 9), id="before this month's payday"),
    pytest.param([("2026-03-12", 6_000_00)], 54_000_00, "2026-05-20", Pace(2, 3_000_00, 18), id="a month without"),
    pytest.param([("2026-04-12", 1), ("2026-05-12", 1)], 3, "2026-05-20", Pace(2, 1, 3), id="rounded up"),
    pytest.param([("2026-05-12", 5_500_00)], 0, "2026-05-20", Pace(1, 5_500_00, 0), id="paid"),
])
def test_pace(payments, left, now, pace):
    told = [Payment(on(day), amount) for day, amount in payments]
    assert of_payments(told, left_minor=left, now=on(now), time_zone=ZONE) == pace


def test_a_month_ends_at_midnight_of_the_rules_time_zone():
    late = datetime.fromisoformat("2026-04-30T16:30:00+00:00")  # the first of May in Shanghai
    assert of_payments([Payment(late, 100)], left_minor=100, now=on("2026-05-20"), time_zone=ZONE).months == 1
