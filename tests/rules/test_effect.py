"""What an act of the court changes in numbers, as tables a clerk can check."""

import pytest

from livefreeze.rules import effect, freeze
from livefreeze.rules.freeze import ClaimCounters
from livefreeze.rules.position import AccountFacts, ClaimFacts, PoolFacts
from livefreeze.rules.sweep import PlannedSweep


def pool(balance: int, quota_left: int, *, taken: int = 1_000_00) -> PoolFacts:
    return PoolFacts("CNY", 2_500_00, 0, taken, 0, (AccountFacts("a1", balance),), (ClaimFacts("k1", 1, quota_left),))


def figures(changes) -> dict[str, tuple[int, int, int]]:
    return {change.name: (change.before_minor, change.after_minor, change.change_minor) for change in changes}


@pytest.mark.parametrize(("target", "spendable", "surplus", "quota_left"), [
    pytest.param(50_000_00, (1_500_00, 1_500_00, 0), (5_500_00, 5_500_00, 0), (60_000_00, 50_000_00, -10_000_00),
                 id="still far more than is there"),
    pytest.param(4_000_00, (1_500_00, 3_000_00, 1_500_00), (5_500_00, 4_000_00, -1_500_00),
                 (60_000_00, 4_000_00, -56_000_00), id="less than is there: the debtor gains"),
    pytest.param(70_000_00, (1_500_00, 1_500_00, 0), (5_500_00, 5_500_00, 0), (60_000_00, 70_000_00, 10_000_00),
                 id="more: nothing to gain today"),
])
def test_another_quota(target, spendable, surplus, quota_left):
    before = pool(7_000_00, 60_000_00)
    after = freeze.amend(ClaimCounters(60_000_00, 60_000_00), target)
    got = figures(effect.of_claims(before, effect.amended(before.claims, "k1", after)))
    assert (got["spendable"], got["surplus"], got["quota_left"]) == (spendable, surplus, quota_left)


def test_a_quota_that_is_met_frees_everything():
    before = pool(7_000_00, 54_500_00)
    after = freeze.amend(ClaimCounters(60_000_00, 60_000_00, settled_minor=5_500_00), 5_500_00)
    got = figures(effect.of_claims(before, effect.amended(before.claims, "k1", after)))
    assert got["spendable"] == (1_500_00, 7_000_00, 5_500_00)


def test_what_transfers_on_the_way_keep_up_is_not_free():
    """30,000 are on the way; the court wants 10,000 from now on."""
    claim = ClaimCounters(60_000_00, 60_000_00, in_transit_minor=30_000_00)
    after = freeze.amend(claim, 10_000_00)
    assert figures(effect.of_claim(claim, after)) == {
        "target": (60_000_00, 10_000_00, -50_000_00), "claim_left": (30_000_00, 0, -30_000_00),
        "over_collected": (0, 0, 0),
    }


def test_without_its_only_claim_everything_is_free():
    before = pool(7_000_00, 60_000_00)
    assert figures(effect.of_claims(before, ()))["spendable"] == (1_500_00, 7_000_00, 5_500_00)


def test_a_sweep_takes_nothing_of_what_may_be_withdrawn():
    before = pool(7_000_00, 60_000_00)
    got = figures(effect.of_sweeps(before, [PlannedSweep("k1", "a1", 5_500_00)], {"k1": 5_500_00}))
    assert (got["spendable"], got["surplus"]) == ((1_500_00, 1_500_00, 0), (5_500_00, 0, -5_500_00))
    assert got["quota_left"] == (60_000_00, 54_500_00, -5_500_00)
