"""Income by pattern: each row is a sentence that a clerk can check."""

from datetime import date

import pytest

from livefreeze.analysis.candidate import Suggestion
from livefreeze.analysis.rhythm import Payday
from tests.analysis.lines import MONTHS, every, monthly, paid, recognised, spending

COMPANY, OTHER_COMPANY = "星河科技有限公司", "远山物流有限公司"
VARIED = [8000, 8120, 7950, 8300, 8000, 7800, 8050, 8200, 8010, 7990, 8400, 8100]

PATTERNS = [
    pytest.param(paid(monthly(10), 8000, COMPANY, "工资"), COMPANY, "salary", "monthly",
                 Payday((10,), None, "before"), id="monthly on the 10th or before"),
    pytest.param(paid(monthly(10, moved=False), 8000, COMPANY, "代发工资"), COMPANY, "salary", "monthly",
                 Payday((10,), None, None), id="on the very day, weekend or not"),
    pytest.param(paid(monthly(31), VARIED, COMPANY, "salary"), COMPANY, "salary", "monthly",
                 Payday((31,), None, "before"), id="the last working day"),
    pytest.param(paid(monthly(1), VARIED, COMPANY, "payroll"), COMPANY, "salary", "monthly",
                 Payday((1,), None, "before"), id="the first, sometimes paid in the month before"),
    pytest.param(paid(monthly(8), VARIED, COMPANY), COMPANY, "salary", "monthly",
                 Payday((8,), None, "before"), id="a company without a word"),
    pytest.param(paid(monthly(5) + monthly(20), 4000, COMPANY, "工资"), COMPANY, "salary", "twice_monthly",
                 Payday((5, 20), None, "before"), id="twice a month"),
    pytest.param(paid(every(7), 1500, COMPANY, "wages"), COMPANY, "salary", "weekly",
                 Payday((), 4, None), id="each Friday"),
    pytest.param(paid(every(14), 3000, COMPANY, "wages"), COMPANY, "salary", "fortnightly",
                 Payday((), 4, None), id="each second Friday"),
    pytest.param(paid([date(2026, 1, 7), date(2026, 2, 25), date(2026, 3, 30), date(2026, 5, 4), date(2026, 5, 29),
                       date(2026, 7, 16), date(2026, 9, 2), date(2026, 10, 21), date(2026, 11, 12)],
                      [4000, 6500, 3000, 5200, 2500, 7000, 4100, 3900, 5000], COMPANY, "劳务费"),
                 COMPANY, "salary", "irregular", Payday(), id="irregular"),
    pytest.param(paid(monthly(10), 3200, "市社会保险中心", "养老金"), "市社会保险中心", "pension", "monthly",
                 Payday((10,), None, "before"), id="a pension"),
    pytest.param(paid(monthly(15), 1450, "区民政局", "低保"), "区民政局", "benefit", "monthly",
                 Payday((15,), None, "before"), id="a benefit"),
    pytest.param(paid(monthly(12), 3100, "市社会保险基金管理中心"), "市社会保险基金管理中心", "pension", "monthly",
                 Payday((12,), None, "before"), id="a pension without a word"),
    pytest.param(paid([date(2025, 12, 1), date(2025, 12, 31), date(2026, 1, 30), date(2026, 2, 27), date(2026, 4, 1),
                       date(2026, 4, 30), date(2026, 6, 1), date(2026, 7, 1), date(2026, 7, 31), date(2026, 9, 1),
                       date(2026, 9, 30), date(2026, 10, 30)], 8000, COMPANY, "工资"), COMPANY, "salary", "monthly",
                 Payday((1,), None, "before"), id="the first or before, also before holidays that no calendar tells"),
    pytest.param(paid(monthly(10)[-2:], 8000, COMPANY, "工资"), COMPANY, "salary", "few",
                 Payday((10,), None, None), id="a job that has just begun"),
    pytest.param(paid(every(2), [37, 52, 41, 66, 29, 58] * 31, "跑腿平台", "骑手收入"), "跑腿平台", "platform",
                 "many_small", Payday(), id="a platform, many small amounts"),
    pytest.param(paid(monthly(10), 5000, "雇主甲", "保姆工资"), "雇主甲", "salary", "monthly",
                 Payday((10,), None, "before"), id="a person who employs"),
    pytest.param(paid(monthly(10), 5000, "往来款清算", "", income="salary"), "往来款清算", "salary", "monthly",
                 Payday((10,), None, "before"), id="marked by the bank"),
]


@pytest.mark.parametrize(("lines", "payer", "kind", "pattern", "payday"), PATTERNS)
def test_income_is_recognised(lines, payer, kind, pattern, payday):
    best = recognised(spending(), lines + spending()).best
    assert (best.account, best.payer, best.kind, best.pattern, best.payday) == ("acc2", payer, kind, pattern, payday)


def test_reasons_can_be_read_in_both_languages():
    best = recognised(paid(monthly(10), 8000, COMPANY, "工资")).best
    assert [each.sentence for each in best.reasons] == [
        "12 of 12 months",
        "text 工资 (12 of 12)",
        "same payer, on the 10th or the working day before",
        "the payer is an organisation",
        "amounts near 8000.00 CNY",
    ]
    assert [each.sentence_zh for each in best.reasons] == [
        "12 个月中有 12 个月到账",
        "摘要“工资”（12 笔中 12 笔）",
        "同一付款方，每月 10 日（遇休息日提前）",
        "付款方为单位",
        "金额稳定在 8000.00 CNY 左右",
    ]


def test_confidence_is_the_sum_of_the_points_and_at_most_100():
    best = recognised(paid(monthly(10), 8000, COMPANY, "工资", income="salary")).best
    assert best.confidence == min(100, sum(each.points for each in best.reasons)) == 100


@pytest.mark.parametrize(("days", "suggestion"), [
    (monthly(10), Suggestion(10, 12)),
    (monthly(29), Suggestion(29, 1)),
    (monthly(31), Suggestion(31, 2)),
    (monthly(5) + monthly(20), Suggestion(5, 22)),
    (every(7), None),
])
def test_payday_suggests_anchor_and_sweep_day(days, suggestion):
    assert recognised(paid(days, 2000, COMPANY, "工资")).suggestion == suggestion


def test_a_bonus_month_is_named():
    lines = paid(monthly(10), 8000, COMPANY, "工资") + paid([date(2026, 2, 3)], 30000, COMPANY, "年终奖")
    best = recognised(lines).best
    assert (best.pattern, best.payday.days_of_month, best.bonus_months) == ("monthly", (10,), ("2026-02",))
    assert best.typical_minor == 8000_00


def test_a_month_with_much_more_is_a_bonus_month():
    amounts = [8000] * 11 + [24000]
    assert recognised(paid(monthly(10), amounts, COMPANY, "工资")).best.bonus_months == ("2026-11",)


def test_after_a_change_of_employer_the_new_one_is_best_and_follows_the_old():
    found = recognised(
        paid(monthly(10, MONTHS[:7]), 8000, COMPANY, "工资")
        + paid(monthly(15, MONTHS[7:]), 7000, OTHER_COMPANY, "工资")
    )
    assert [(each.payer, each.is_current, each.follows) for each in found.candidates] == [
        (OTHER_COMPANY, True, COMPANY), (COMPANY, False, None),
    ]


def test_of_several_jobs_the_larger_is_best():
    found = recognised(
        paid(monthly(10), 3000, COMPANY, "工资"), paid(monthly(15), 7000, OTHER_COMPANY, "工资"),
    )
    assert [(each.account, each.payer) for each in found.candidates] == [("acc2", OTHER_COMPANY), ("acc1", COMPANY)]


def test_one_employer_written_in_several_ways_is_one_payer():
    names = ["星河科技有限公司", "星河科技有限责任公司", "星河科技 有限公司", "星河科技（有限公司）"]
    lines = [line._replace(counterparty=names[index % 4]) for index, line in
             enumerate(paid(monthly(10), 8000, COMPANY, "工资"))]
    found = recognised(lines)
    assert [(each.months_seen, each.months_expected) for each in found.candidates] == [(12, 12)]


def test_months_are_counted_where_some_are_missing():
    days = [day for index, day in enumerate(monthly(10)) if index not in (4, 7)]
    best = recognised(paid(days, 8000, COMPANY, "工资")).best
    assert (best.months_seen, best.months_expected) == (10, 12)


def test_a_batch_that_names_nobody_is_known_by_its_text():
    best = recognised(paid(monthly(10), 8000, "", "代发工资 202601")).best
    assert (best.payer, best.pattern) == ("代发工资", "monthly")


def test_nothing_is_nothing():
    found = recognised([])
    assert (found.best, found.suggestion, found.candidates, found.not_income) == (None, None, (), ())
