"""The life of a freeze order, and the ceiling of its claim."""

from enum import StrEnum
from typing import NamedTuple


class FreezeStatus(StrEnum):
    """Where a freeze order stands at one bank."""

    PREPARED = "prepared"  # by the court, not yet approved by a second person
    PENDING = "pending"  # served, the bank has not answered
    IN_FORCE = "in_force"
    QUEUED = "queued"  # accepted behind prior holds
    STAYED = "stayed"  # counts as frozen, is not swept
    LAPSED = "lapsed"
    SATISFIED = "satisfied"
    RELEASED = "released"
    REVOKED = "revoked"
    REFUSED = "refused"


class ReceiptResult(StrEnum):
    """What the bank answers to a served order."""

    ACCEPTED = "accepted"
    PARTIAL = "partial"
    REFUSED = "refused"


# The quota of a claim counts while an order of it is one of these.
LIVE = frozenset({FreezeStatus.IN_FORCE, FreezeStatus.QUEUED, FreezeStatus.STAYED})

# Served and not ended: what becomes of the claim concerns it.
STANDING = LIVE | {FreezeStatus.PENDING}

_AFTER_LIVE = LIVE | {FreezeStatus.SATISFIED, FreezeStatus.RELEASED, FreezeStatus.LAPSED}
_TRANSITIONS: dict[FreezeStatus, frozenset[FreezeStatus]] = {
    FreezeStatus.PREPARED: frozenset({FreezeStatus.PENDING, FreezeStatus.REVOKED}),
    FreezeStatus.PENDING: frozenset(
        {FreezeStatus.IN_FORCE, FreezeStatus.QUEUED, FreezeStatus.REFUSED, FreezeStatus.REVOKED}
    ),
    FreezeStatus.IN_FORCE: _AFTER_LIVE - {FreezeStatus.IN_FORCE},
    FreezeStatus.QUEUED: _AFTER_LIVE - {FreezeStatus.QUEUED},
    FreezeStatus.STAYED: _AFTER_LIVE - {FreezeStatus.STAYED},
}


def may_become(status: FreezeStatus, later: FreezeStatus) -> bool:
    """Whether an order of this status may take the later one. What has ended never lives again."""
    return later in _TRANSITIONS.get(status, frozenset())


def after_receipt(result: ReceiptResult, *, has_prior_holds: bool) -> FreezeStatus:
    """What a pending order becomes by the bank's receipt. Behind prior holds it waits in the queue."""
    if result is ReceiptResult.REFUSED:
        return FreezeStatus.REFUSED
    return FreezeStatus.QUEUED if has_prior_holds else FreezeStatus.IN_FORCE


class ClaimCounters(NamedTuple):
    """What is owed in one case and what became of it, over all accounts and banks, in minor units.

    Always settled + in transit <= quota + over-collected: an instruction may not break it, a fact mends it.
    """

    target_minor: int  # what the court wants
    quota_minor: int  # the ceiling; above the target while transfers of an amended order are on the way
    settled_minor: int = 0
    in_transit_minor: int = 0
    over_collected_minor: int = 0

    @property
    def quota_left_minor(self) -> int:
        """What may still be taken, while an order of the claim is live."""
        return max(0, self.quota_minor - self.settled_minor - self.in_transit_minor)

    @property
    def still_owed_minor(self) -> int:
        """What is still to come until the target is met, once all that is on the way has arrived."""
        return max(0, self.target_minor - self.settled_minor - self.in_transit_minor)

    @property
    def is_satisfied(self) -> bool:
        """Whether the target is met by money that arrived, so that its orders end by themselves."""
        return self.settled_minor >= self.target_minor


def new_claim(target_minor: int) -> ClaimCounters:
    """A claim of which nothing is collected yet."""
    return ClaimCounters(target_minor=target_minor, quota_minor=target_minor)


def after_instruction(claim: ClaimCounters, amount_minor: int) -> ClaimCounters:
    """Send money on its way. Raises ValueError above the quota, as the database refuses the row."""
    if amount_minor > claim.quota_left_minor:
        raise ValueError("a sweep above the quota")
    return claim._replace(in_transit_minor=claim.in_transit_minor + amount_minor)


def after_fact(claim: ClaimCounters, *, settled_minor: int, in_transit_minor: int) -> ClaimCounters:
    """The counters when a bank's fact has moved these two by so much; never refused.

    Ceiling and over-collection depend on the sums alone, so that facts may come in any order.
    """
    return _counted(claim.target_minor, claim.settled_minor + settled_minor, claim.in_transit_minor + in_transit_minor)


def may_amend(claim: ClaimCounters, target_minor: int) -> bool:
    """Whether the court may set this target: not below what has already settled."""
    return target_minor >= claim.settled_minor


def amend(claim: ClaimCounters, target_minor: int) -> ClaimCounters:
    """Set another target. Transfers on the way keep the ceiling up until they have ended.

    Raises ValueError below what has settled: ask `may_amend` first.
    """
    if not may_amend(claim, target_minor):
        raise ValueError("a target below what has settled")
    return _counted(target_minor, claim.settled_minor, claim.in_transit_minor)


def _counted(target: int, settled: int, in_transit: int) -> ClaimCounters:
    over_collected = max(0, settled - target)
    return ClaimCounters(
        target_minor=target,
        quota_minor=max(target, settled + in_transit - over_collected),
        settled_minor=settled,
        in_transit_minor=in_transit,
        over_collected_minor=over_collected,
    )
