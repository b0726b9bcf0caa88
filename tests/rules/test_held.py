"""What claims hold of the money on frozen accounts."""

import pytest
from hypothesis import given

from livefreeze.rules import position
from livefreeze.rules.position import AccountFacts, ClaimFacts, PoolFacts
from tests.rules.strategies import every_pool


def pool(*claims: ClaimFacts, **balances: int) -> PoolFacts:
    accounts = tuple(AccountFacts(name, minor) for name, minor in balances.items())
    return PoolFacts("CNY", 2500, 0, 0, 0, accounts, claims)


@pytest.mark.parametrize(("facts", "held"), [
    (pool(ClaimFacts("k1", 1, 60_000), a=8_000), {"k1": 8_000}),
    (pool(ClaimFacts("k1", 1, 5_000), a=8_000), {"k1": 5_000}),
    (pool(ClaimFacts("k1", 1, 10_000), a=8_000, b=7_000), {"k1": 10_000}),
    (pool(ClaimFacts("k1", 1, 5_000), ClaimFacts("k2", 2, 60_000), a=8_000), {"k1": 5_000, "k2": 3_000}),
    (pool(ClaimFacts("k1", 1, 60_000, frozenset({"a"})), a=1_000, b=7_000), {"k1": 1_000}),
    (pool(ClaimFacts("k1", 1, 0), a=8_000), {"k1": 0}),
    (pool(ClaimFacts("k1", 1, 60_000), a=-500), {"k1": 0}),
])
def test_by_rank_up_to_what_is_left_and_what_is_there(facts, held):
    assert position.held(facts) == held


@given(facts=every_pool)
def test_never_more_than_is_left_of_a_claim_or_lies_there_or_is_not_free(facts):
    held, divided = position.held(facts), position.divide(facts)
    assert all(0 <= held[claim.claim_id] <= claim.quota_left_minor for claim in facts.claims)
    assert sum(held.values()) <= divided.present_minor - divided.free_minor
