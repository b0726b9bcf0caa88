"""What looks like a salary and is none, and the reason that is given."""

import pytest

from tests.analysis.lines import every, monthly, paid, recognised, spending

TRAPS = [
    pytest.param(paid(monthly(11), 3000, "被执行人", "转账", account="acc2"), "OWN", id="from the other account"),
    pytest.param(paid(monthly(11), 3000, "被执行人", "工资", account="acc2"), "OWN", id="which calls it salary"),
    pytest.param(paid(monthly(11), 3000, "被执行人", "", account="ac*2"), "PERSON", id="a mask that says nothing"),
    pytest.param(paid(monthly(11), 3000, "某银行", "", income="own_transfer"), "OWN", id="marked as own"),
    pytest.param(paid(monthly(11), 3000, "某银行", "零钱提现"), "OWN", id="from a wallet"),
    pytest.param(paid(every(5), 230, "财付通支付科技有限公司", "提现"), "OWN", id="from a wallet by its name"),
    pytest.param(paid(monthly(1), 2800, "租客甲", "转账"), "RENT", id="rent by the name"),
    pytest.param(paid(monthly(1), 2800, "星河科技有限公司", "房租"), "RENT", id="rent of a company"),
    pytest.param(paid(monthly(5), 2000, "消费金融公司", "放款"), "LOAN", id="a loan each month"),
    pytest.param(paid(every(9), 120, "网购商城有限公司", "退款"), "RETURNED", id="refunds"),
    pytest.param(paid(monthly(20), 1000, "母亲", "生活费"), "GIFT", id="family support"),
    pytest.param(paid(monthly(20), 1000, "亲属乙", ""), "PERSON", id="a person without a word"),
    pytest.param(paid(monthly(25), 20000, "远山商贸有限公司", "货款"), "TRADE", id="a customer who pays each month"),
    pytest.param(paid(every(1), 480, "收单机构", "商户结算 扫码"), "TRADE", id="a shop's takings"),
    pytest.param(paid(monthly(21), 64, "某银行", "结息"), "CAPITAL", id="interest"),
    pytest.param(paid(monthly(18), 900, "星河科技有限公司", "差旅报销"), "EXPENSES", id="expenses"),
    pytest.param(paid(monthly(2), 1500, "前配偶", "抚养费"), "MAINTENANCE", id="maintenance for a child"),
    pytest.param(paid(monthly(2), 1500, "某公司", "", income="maintenance"), "MAINTENANCE", id="marked as such"),
    pytest.param(paid(monthly(2)[:1], 90000, "星河科技有限公司", ""), "FEW", id="paid once"),
]


@pytest.mark.parametrize(("lines", "code"), TRAPS)
def test_what_is_no_income_is_no_candidate_and_says_why(lines, code):
    found = recognised(lines + spending(), spending())
    assert (found.candidates, [each.code for each in found.not_income]) == ((), [code])


def test_a_customer_of_many_is_no_employer():
    lines = [line for index in range(1, 15) for line in paid(monthly(index), 900 + index, f"第{index}商贸公司", "")]
    assert recognised(lines).candidates == ()


def test_money_that_leaves_one_account_for_the_same_name_is_own_even_without_a_number():
    sent, came = paid(monthly(11), -3000, "本名", "转账"), paid(monthly(11), 3000, "本名", "转账")
    found = recognised(came, sent)
    assert [(each.code, each.count, each.total_minor) for each in found.not_income] == [("OWN", 12, 36000_00)]


def test_a_name_learned_from_one_transfer_is_the_debtor_in_all():
    found = recognised(
        paid(monthly(11)[:1], 100, "付款人", "", account="acc2") + paid(monthly(12), 9000, "付款人", "工资"), [],
    )
    assert [each.code for each in found.not_income] == ["OWN"]


def test_a_debtor_may_be_named():
    assert recognised(paid(monthly(11), 3000, "某 某", "工资"), names=["某某"]).candidates == ()


def test_salary_and_expenses_of_one_employer_are_told_apart():
    lines = paid(monthly(10), 8000, "星河科技有限公司", "工资") + paid(every(20), 700, "星河科技有限公司", "差旅报销")
    best = recognised(lines).best
    assert (best.typical_minor, best.payday.days_of_month) == (8000_00, (10,))


def test_the_salary_account_is_where_the_salary_comes_first():
    salary = paid(monthly(10), 8000, "星河科技有限公司", "工资")
    moved_on = paid(monthly(11), -6000, "本人", "转存", account="acc2")
    arrived = paid(monthly(11), 6000, "本人", "转存", account="acc1")
    assert recognised(salary + moved_on, arrived).best.account == "acc1"


def test_payers_that_are_no_income_are_named_up_to_a_number():
    lines = [line for index in range(60) for line in paid(monthly(9)[:1], index + 1, f"付款人{index}", "红包")]
    found = recognised(lines)
    assert (len(found.not_income), found.not_income_left_off) == (50, 10)
    assert found.not_income[0].total_minor == 60_00
