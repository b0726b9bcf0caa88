"""What a change of rule does to pools, counted and put into spans."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livefreeze.rules import rule_effect
from livefreeze.rules.position import AccountFacts, ClaimFacts, PoolFacts, divide
from livefreeze.rules.rule_effect import Bucket, Figures, Group, PoolEffect
from tests.rules.strategies import every_pool, small


def pool(**changes) -> PoolFacts:
    facts = PoolFacts("CNY", 2_500_00, 0, 1_000_00, 0, (AccountFacts("a", 7_000_00),), (ClaimFacts("k", 1, 60_000_00),))
    return facts._replace(**changes)


@pytest.mark.parametrize(("balance", "allowance", "reserve", "expected"), [
    pytest.param(7_000_00, 2_800_00, 0, (300_00, 300_00, -300_00), id="more to live on, less to sweep"),
    pytest.param(7_000_00, 2_000_00, 0, (-500_00, -500_00, 500_00), id="less to live on, more to sweep"),
    pytest.param(7_000_00, 500_00, 0, (-1_500_00, -1_500_00, 1_500_00), id="never below nothing"),
    pytest.param(1_600_00, 2_800_00, 0, (100_00, 300_00, -100_00), id="no more than there is"),
    pytest.param(7_000_00, 2_500_00, 800_00, (0, 0, -800_00), id="a reserve"),
])
def test_one_pool(balance, allowance, reserve, expected):
    before = pool(accounts=(AccountFacts("a", balance),))
    found = rule_effect.of_pool(before, before._replace(allowance_minor=allowance, reserve_minor=reserve))
    changes = (found.spendable_change_minor, found.allowance_left_change_minor, found.surplus_change_minor)
    assert changes == expected


def changed(by: int, surplus: int = 0) -> PoolEffect:
    return PoolEffect(Figures(2_000_00, 2_000_00, 500), Figures(2_000_00 + by, 2_000_00 + by, 500 + surplus))


def test_all_together():
    changes = [changed(100_00), changed(100_01), changed(2_000_00, -7), changed(0), changed(-500_00), changed(-1)]
    found = rule_effect.summary(changes, unit_minor=100)
    assert (found.more, found.less) == (Group(3, 2_000_00, 100_01), Group(2, 500_00, 1))
    assert (found.count, found.same_count) == (6, 1)
    assert (found.allowance_more_count, found.allowance_less_count) == (3, 2)
    assert (found.surplus_before_minor, found.surplus_after_minor, found.surplus_change_minor) == (3_000, 2_993, -7)
    assert found.buckets == (
        Bucket("less", 1_000_00, None, 0), Bucket("less", 500_00, 1_000_00, 0), Bucket("less", 100_00, 500_00, 1),
        Bucket("less", 0, 100_00, 1), Bucket("same", 0, 0, 1), Bucket("more", 0, 100_00, 1),
        Bucket("more", 100_00, 500_00, 1), Bucket("more", 500_00, 1_000_00, 0), Bucket("more", 1_000_00, None, 1),
    )


def test_of_none():
    found = rule_effect.summary([], unit_minor=100)
    assert (found.count, found.more, found.surplus_change_minor) == (0, Group(0, 0, 0), 0)


@given(changes=st.lists(st.integers(-1_500, 1_500)))
def test_each_stands_in_one_span(changes):
    found = rule_effect.summary([changed(by) for by in changes], unit_minor=1)
    assert sum(each.count for each in found.buckets) == len(changes)
    assert found.more.count + found.less.count + found.same_count == len(changes)


@given(facts=every_pool, allowance=small, reserve=small)
def test_the_figures_are_those_of_the_one_formula(facts, allowance, reserve):
    after = facts._replace(allowance_minor=allowance, reserve_minor=reserve)
    found = rule_effect.of_pool(facts, after)
    divided = divide(after)
    assert found.after == (divided.spendable_minor, divided.allowance_left_minor, divided.surplus_minor)
