"""What a sweep takes, why it takes nothing, and what becomes of a transfer."""

import pytest

from livefreeze.rules import sweep
from livefreeze.rules.ledger import TransferKind
from livefreeze.rules.position import AccountFacts, ClaimFacts, PoolFacts
from livefreeze.rules.sweep import NothingSwept, Outcome, SweepStatus


def pool(*claims, balances=(8_000,), allowance=2_500, reserve=0):
    accounts = tuple(AccountFacts(f"a{index}", balance) for index, balance in enumerate(balances, 1))
    return PoolFacts("CNY", allowance, 0, 0, reserve, accounts, claims)


@pytest.mark.parametrize(
    ("facts", "minimum", "sweeps"),
    [
        pytest.param(pool(ClaimFacts("k", 1, 60_000)), 0, [("k", "a1", 5_500)], id="the surplus"),
        pytest.param(pool(ClaimFacts("k", 1, 60_000)), 5_500, [("k", "a1", 5_500)], id="just the minimum"),
        pytest.param(
            pool(ClaimFacts("k", 1, 40)), 100, [("k", "a1", 40)], id="below the minimum, but all that is lacking"
        ),
        pytest.param(
            pool(ClaimFacts("k1", 1, 5_450), ClaimFacts("k2", 2, 60_000)),
            100,
            [("k1", "a1", 5_450)],
            id="the second claim waits for more",
        ),
        pytest.param(
            pool(ClaimFacts("k", 1, 60_000), balances=(3_000, 60)),
            500,
            [("k", "a2", 60), ("k", "a1", 500)],
            id="the minimum counts over all accounts",
        ),
        pytest.param(
            pool(ClaimFacts("k1", 1, 1_000, is_stayed=True), ClaimFacts("k2", 2, 60_000)),
            0,
            [("k2", "a1", 4_500)],
            id="a stayed claim keeps its part",
        ),
    ],
)
def test_plan(facts, minimum, sweeps):
    assert sweep.plan(facts, minimum_minor=minimum) == (tuple(sweeps), None)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        pytest.param(pool(), NothingSwept.NO_CLAIM, id="no claim"),
        pytest.param(pool(ClaimFacts("k", 1, 0)), NothingSwept.NO_CLAIM, id="the quota is met or on its way"),
        pytest.param(
            pool(ClaimFacts("k", 1, 60_000, is_swept_by_us=False)), NothingSwept.NO_CLAIM, id="prior holds only"
        ),
        pytest.param(pool(ClaimFacts("k", 1, 60_000, is_stayed=True)), NothingSwept.ALL_STAYED, id="all are stayed"),
        pytest.param(
            pool(ClaimFacts("k", 1, 60_000), balances=(2_500,)), NothingSwept.NO_SURPLUS, id="only living money"
        ),
        pytest.param(pool(ClaimFacts("k", 1, 1), balances=(0,)), NothingSwept.NO_SURPLUS, id="a fen is lacking"),
        pytest.param(
            pool(ClaimFacts("k1", 1, 60_000, is_stayed=True), ClaimFacts("k2", 2, 60_000)),
            NothingSwept.NO_SURPLUS,
            id="one is stayed and takes all",
        ),
        pytest.param(pool(ClaimFacts("k", 1, 60_000), reserve=5_500), NothingSwept.NO_SURPLUS, id="all is reserved"),
        pytest.param(pool(ClaimFacts("k", 1, 60_000), balances=(2_550,)), NothingSwept.BELOW_MINIMUM, id="too little"),
    ],
)
def test_why_nothing(facts, reason):
    assert sweep.plan(facts, minimum_minor=100) == ((), reason)


def test_a_fen_below_the_minimum():
    assert sweep.plan(pool(ClaimFacts("k", 1, 60_000)), minimum_minor=5_501).reason == NothingSwept.BELOW_MINIMUM


@pytest.mark.parametrize(
    ("status", "reported", "later", "kinds", "is_alert"),
    [
        ("instructed", "settled", "settled", [TransferKind.SWEEP_SETTLED], False),
        ("instructed", "failed", "failed", [TransferKind.SWEEP_FAILED], False),
        (
            "instructed",
            "returned",
            "returned",
            [TransferKind.SWEEP_SETTLED, TransferKind.SWEEP_RETURNED],
            False,
        ),
        ("settled", "settled", "settled", [], False),
        ("settled", "failed", "settled", [], True),
        ("settled", "returned", "returned", [TransferKind.SWEEP_RETURNED], False),
        ("failed", "settled", "settled", [TransferKind.SWEEP_SETTLED_LATE], True),
        ("failed", "failed", "failed", [], False),
        ("failed", "returned", "returned", [], True),
        ("returned", "settled", "returned", [], False),
        ("returned", "failed", "returned", [], True),
        ("returned", "returned", "returned", [], False),
    ],
)
def test_what_a_report_does(status, reported, later, kinds, is_alert):
    outcome = sweep.after_fact(SweepStatus(status), SweepStatus(reported))
    assert outcome == Outcome(SweepStatus(later), tuple(kinds), is_alert)


def test_instructed_is_no_report():
    with pytest.raises(ValueError, match="does not report"):
        sweep.after_fact(SweepStatus.SETTLED, SweepStatus.INSTRUCTED)
