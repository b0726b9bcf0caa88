"""Income by month, as a page draws it."""

from livefreeze.analysis.months import Part, income_by_month
from tests.analysis.lines import MONTHS, monthly, paid, recognised


def test_each_month_has_its_parts_and_no_month_is_left_out():
    days = monthly(10, [MONTHS[0], *MONTHS[2:6]])
    found = recognised(paid(days, 8000, "星河科技公司", "工资"), paid(monthly(3, MONTHS[3:6]), 900, "远山公司", "工资"))
    months = income_by_month(found.candidates)
    assert [month.month for month in months] == ["2025-12", "2026-01", "2026-02", "2026-03", "2026-04", "2026-05"]
    assert [len(month.parts) for month in months] == [1, 0, 1, 2, 2, 2]
    assert months[0].parts == (Part("acc1", "星河科技公司", "CNY", 8000_00),)
    assert sorted(months[3].parts) == [
        Part("acc1", "星河科技公司", "CNY", 8000_00), Part("acc2", "远山公司", "CNY", 900_00),
    ]


def test_without_income_there_is_no_month():
    assert income_by_month(()) == ()
