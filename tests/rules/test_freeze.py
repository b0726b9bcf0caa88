"""The life of an order and the ceiling of its claim."""

import pytest

from livefreeze.rules import freeze
from livefreeze.rules.freeze import LIVE, ClaimCounters, FreezeStatus, ReceiptResult

ENDED = {"lapsed", "satisfied", "released"}
LIVING = {"in_force", "queued", "stayed"}


@pytest.mark.parametrize(
    ("status", "later"),
    [
        ("prepared", {"pending", "revoked"}),
        ("pending", {"in_force", "queued", "refused", "revoked"}),
        ("in_force", {"queued", "stayed"} | ENDED),
        ("queued", {"in_force", "stayed"} | ENDED),
        ("stayed", {"in_force", "queued"} | ENDED),
        ("lapsed", set()),
        ("satisfied", set()),
        ("released", set()),
        ("revoked", set()),
        ("refused", set()),
    ],
)
def test_what_an_order_may_become(status, later):
    allowed = {str(other) for other in FreezeStatus if freeze.may_become(FreezeStatus(status), other)}
    assert allowed == later


def test_the_quota_counts_while_an_order_is_live():
    assert {str(status) for status in LIVE} == LIVING


@pytest.mark.parametrize(
    ("result", "has_prior_holds", "status"),
    [
        ("accepted", False, "in_force"),
        ("accepted", True, "queued"),
        ("partial", False, "in_force"),
        ("partial", True, "queued"),
        ("refused", False, "refused"),
        ("refused", True, "refused"),
    ],
)
def test_what_the_receipt_makes_of_it(result, has_prior_holds, status):
    assert freeze.after_receipt(ReceiptResult(result), has_prior_holds=has_prior_holds) == status


def claim(target, settled=0, in_transit=0):
    """A claim that came to these sums by facts."""
    return freeze.after_fact(freeze.new_claim(target), settled_minor=settled, in_transit_minor=in_transit)


@pytest.mark.parametrize(
    ("before", "settled", "in_transit", "quota", "over_collected", "quota_left"),
    [
        pytest.param(claim(100, 0, 40), 40, -40, 100, 0, 60, id="a sweep settled"),
        pytest.param(claim(100, 0, 40), 0, -40, 100, 0, 100, id="a sweep failed"),
        pytest.param(claim(100, 40), -40, 0, 100, 0, 100, id="a sweep was returned"),
        pytest.param(claim(100, 60), 40, 0, 100, 0, 0, id="settled after failed, just up to the target"),
        pytest.param(claim(100, 80), 40, 0, 100, 20, 0, id="settled after failed, above the target"),
        pytest.param(claim(100, 60, 40), 30, 0, 130, 0, 0, id="settled after failed, with as much on the way"),
        pytest.param(claim(100, 120), -40, 0, 100, 0, 20, id="over-collected money was returned"),
        pytest.param(claim(100, 120, 10), 0, -10, 100, 20, 0, id="a failure beside over-collected money"),
    ],
)
def test_after_a_fact(before, settled, in_transit, quota, over_collected, quota_left):
    after = freeze.after_fact(before, settled_minor=settled, in_transit_minor=in_transit)
    assert (after.quota_minor, after.over_collected_minor, after.quota_left_minor) == (
        quota,
        over_collected,
        quota_left,
    )


@pytest.mark.parametrize(
    ("before", "target", "after"),
    [
        pytest.param(claim(100), 60, ClaimCounters(60, 60), id="lower"),
        pytest.param(claim(100, 60), 200, ClaimCounters(200, 200, 60), id="higher"),
        pytest.param(claim(100, 60), 60, ClaimCounters(60, 60, 60), id="what has settled is enough"),
        pytest.param(claim(100, 20, 60), 30, ClaimCounters(30, 80, 20, 60), id="what is on the way keeps the ceiling"),
        pytest.param(claim(100, 120), 130, ClaimCounters(130, 130, 120), id="over-collected no longer"),
    ],
)
def test_amend(before, target, after):
    assert freeze.amend(before, target) == after


def test_the_ceiling_falls_to_the_target_when_transfers_end():
    amended = freeze.amend(claim(100, 20, 60), 30)
    settled = freeze.after_fact(amended, settled_minor=60, in_transit_minor=-60)
    assert settled == ClaimCounters(30, 30, 80, 0, 50)


def test_a_target_below_what_has_settled_is_refused():
    with pytest.raises(ValueError, match="below what has settled"):
        freeze.amend(claim(100, 60), 59)


def test_instructed_money_is_on_its_way():
    assert freeze.after_instruction(claim(100, 20), 80) == ClaimCounters(100, 100, 20, 80)


@pytest.mark.parametrize(
    ("settled", "in_transit", "is_satisfied"),
    [
        pytest.param(99, 1, False, id="the last fen is on its way"),
        pytest.param(100, 0, True, id="the target is met"),
        pytest.param(120, 0, True, id="above it"),
    ],
)
def test_satisfied_by_what_arrived(settled, in_transit, is_satisfied):
    assert claim(100, settled, in_transit).is_satisfied is is_satisfied


@pytest.mark.parametrize(("settled", "in_transit", "still_owed", "quota_left"), [
    (0, 0, 500, 600), (200, 100, 200, 300), (400, 100, 0, 100), (550, 0, 0, 50), (700, 0, 0, 0),
])
def test_what_is_still_owed_goes_by_the_target_and_what_may_be_taken_by_the_quota(
    settled, in_transit, still_owed, quota_left
):
    claim = ClaimCounters(target_minor=500, quota_minor=600, settled_minor=settled, in_transit_minor=in_transit)
    assert (claim.still_owed_minor, claim.quota_left_minor) == (still_owed, quota_left)
