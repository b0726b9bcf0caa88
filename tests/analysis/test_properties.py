"""What must hold for any history: order, spending and the names of accounts change nothing."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from livefreeze.analysis.history import History, Line
from livefreeze.analysis.recognition import recognise
from tests.analysis.lines import FIRST, monthly, paid

PAYERS = ("星河科技有限公司", "远山物流", "跑腿平台", "租客甲", "亲属乙", "", "Employer Ltd")
TEXTS = ("工资", "", "奖金", "房租", "退款", "transfer", "骑手收入")
days = st.integers(0, 364).map(lambda index: FIRST + timedelta(days=index))
credit = st.builds(
    Line, days, st.integers(1, 900_000), st.sampled_from(PAYERS), st.sampled_from([None, "acc1", "acc2", "x7"]),
    st.sampled_from(TEXTS), st.sampled_from([None, None, "salary", "other"]),
)
regular = st.builds(
    lambda day, amount, payer, text: paid(monthly(day), amount, payer, text),
    st.integers(1, 31), st.integers(500, 9000), st.sampled_from(PAYERS), st.sampled_from(TEXTS),
)
histories = st.builds(lambda noise, parts: [*noise, *(line for part in parts for line in part)],
                      st.lists(credit, max_size=20), st.lists(regular, max_size=3))
spent = st.lists(st.builds(
    Line, days, st.integers(-900_000, -1), st.sampled_from(["超市", "ATM", "房东", "Shop"]), st.just(None),
    st.sampled_from(["消费", "房租", "工资", ""]),
), max_size=20)


def found(first, second=(), accounts=("acc1", "acc2")):
    return recognise([History(accounts[0], "CNY", first), History(accounts[1], "CNY", second)])


@settings(max_examples=60, deadline=None)
@given(histories, histories, st.randoms())
def test_order_of_rows_never_matters(first, second, chance):
    mixed = [chance.sample(lines, len(lines)) for lines in (first, second)]
    assert found(*mixed) == found(first, second)


@settings(max_examples=60, deadline=None)
@given(histories, histories, spent)
def test_adding_spending_never_changes_the_payer(first, second, more):
    bounds = [line.day for line in (*first, *second)]
    inside = [line for line in more if bounds and min(bounds) <= line.day <= max(bounds)]
    before, after = found(first, second), found(first + inside, second)
    assert after.candidates == before.candidates


@settings(max_examples=60, deadline=None)
@given(histories, histories)
def test_renaming_accounts_only_renames(first, second):
    renamed = [
        [line._replace(counterparty_account={"acc1": "zzz9", "acc2": "aaa3"}.get(line.counterparty_account,
                                                                                  line.counterparty_account))
         for line in lines]
        for lines in (first, second)
    ]
    names = {"zzz9": "acc1", "aaa3": "acc2"}
    after = found(*renamed, accounts=("zzz9", "aaa3"))
    back = [replace(each, account=names[each.account], payer=names.get(each.payer, each.payer),
                    payer_account=names.get(each.payer_account, each.payer_account)) for each in after.candidates]
    assert sorted(back, key=repr) == sorted(found(first, second).candidates, key=repr)


@settings(max_examples=60, deadline=None)
@given(histories)
def test_confidence_is_a_whole_number_from_50_to_100(lines):
    assert all(type(each.confidence) is int and 50 <= each.confidence <= 100 for each in found(lines).candidates)


@settings(max_examples=60, deadline=None)
@given(histories)
def test_every_payer_is_a_candidate_or_has_a_reason(lines):
    result = found(lines)
    seen = sum(sum(amount for _, amount in each.by_month) for each in result.candidates)
    refused = sum(each.total_minor for each in result.not_income)
    assert seen + refused <= sum(line.amount_minor for line in lines)
    assert all(each.sentence and each.sentence_zh for each in result.not_income)
