"""What the sweep takes from a pool, and what becomes of a transfer that was instructed."""

from enum import StrEnum
from typing import NamedTuple

from livefreeze.rules.ledger import TransferKind
from livefreeze.rules.position import PoolFacts, Position, divide


class NothingSwept(StrEnum):
    """Why a sweep takes nothing from a pool; the first that fits, in this order."""

    NO_CLAIM = "NO_CLAIM"  # no claim of ours has quota left
    ALL_STAYED = "ALL_STAYED"  # those that have are stayed
    NO_SURPLUS = "NO_SURPLUS"  # no money above what the debtor lives on and what is reserved
    BELOW_MINIMUM = "BELOW_MINIMUM"


class PlannedSweep(NamedTuple):
    """One transfer to instruct."""

    claim_id: str
    account_id: str
    amount_minor: int


class SweepPlan(NamedTuple):
    """The transfers by rank; a reason only where there are none."""

    sweeps: tuple[PlannedSweep, ...]
    reason: NothingSwept | None = None


def plan(facts: PoolFacts, *, minimum_minor: int) -> SweepPlan:
    """What to instruct now, in minor units of the pool's currency.

    A claim whose part is below the minimum waits for more, unless the part is all that it still lacks: else
    its last yuan would keep the debtor frozen.
    """
    position = divide(facts)
    lacking = {claim.claim_id: claim.quota_left_minor for claim in facts.claims}
    parts: dict[str, int] = {}
    for take in position.takes:
        if take.is_swept:
            parts[take.claim_id] = parts.get(take.claim_id, 0) + take.amount_minor
    worthwhile = {claim_id for claim_id, part in parts.items() if part >= min(minimum_minor, lacking[claim_id])}
    sweeps = tuple(
        PlannedSweep(take.claim_id, take.account_id, take.amount_minor)
        for take in position.takes
        if take.claim_id in worthwhile
    )
    return SweepPlan(sweeps, None if sweeps else _why_nothing(facts, position))


def _why_nothing(facts: PoolFacts, position: Position) -> NothingSwept:
    ours = [claim for claim in facts.claims if claim.is_swept_by_us and claim.quota_left_minor > 0]
    if not ours:
        return NothingSwept.NO_CLAIM
    if all(claim.is_stayed for claim in ours):
        return NothingSwept.ALL_STAYED
    return NothingSwept.BELOW_MINIMUM if position.surplus_minor else NothingSwept.NO_SURPLUS


class SweepStatus(StrEnum):
    """Where an instructed transfer stands, by what its bank has reported."""

    INSTRUCTED = "instructed"
    SETTLED = "settled"
    FAILED = "failed"
    RETURNED = "returned"  # settled, then sent back


class Outcome(NamedTuple):
    """What one report of the bank does to a transfer."""

    status: SweepStatus
    kinds: tuple[TransferKind, ...] = ()  # the ledger rows to write, in order
    is_alert: bool = False  # the bank contradicts itself; a person must look


_FACTS = (SweepStatus.SETTLED, SweepStatus.FAILED, SweepStatus.RETURNED)
_OUTCOMES: dict[tuple[SweepStatus, SweepStatus], Outcome] = {
    (SweepStatus.INSTRUCTED, SweepStatus.SETTLED): Outcome(SweepStatus.SETTLED, (TransferKind.SWEEP_SETTLED,)),
    (SweepStatus.INSTRUCTED, SweepStatus.FAILED): Outcome(SweepStatus.FAILED, (TransferKind.SWEEP_FAILED,)),
    # Only what has settled can be returned: the report of it is late or lost.
    (SweepStatus.INSTRUCTED, SweepStatus.RETURNED): Outcome(
        SweepStatus.RETURNED, (TransferKind.SWEEP_SETTLED, TransferKind.SWEEP_RETURNED)
    ),
    (SweepStatus.SETTLED, SweepStatus.FAILED): Outcome(SweepStatus.SETTLED, is_alert=True),
    (SweepStatus.SETTLED, SweepStatus.RETURNED): Outcome(SweepStatus.RETURNED, (TransferKind.SWEEP_RETURNED,)),
    (SweepStatus.FAILED, SweepStatus.SETTLED): Outcome(
        SweepStatus.SETTLED, (TransferKind.SWEEP_SETTLED_LATE,), is_alert=True
    ),
    # The money came back when it was reported failed.
    (SweepStatus.FAILED, SweepStatus.RETURNED): Outcome(SweepStatus.RETURNED, is_alert=True),
    (SweepStatus.RETURNED, SweepStatus.SETTLED): Outcome(SweepStatus.RETURNED),
    (SweepStatus.RETURNED, SweepStatus.FAILED): Outcome(SweepStatus.RETURNED, is_alert=True),
}


def after_fact(status: SweepStatus, reported: SweepStatus) -> Outcome:
    """What the bank's report does to a transfer of this status.

    In whatever order reports come, the same ones leave the same status and the same counters; the same
    report again changes nothing. Raises ValueError for a report that is none.
    """
    if reported not in _FACTS:
        raise ValueError(f"a bank does not report {reported}")
    return _OUTCOMES.get((status, reported), Outcome(status))
