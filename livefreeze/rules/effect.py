"""What an act of the court changes in numbers: the pool's position before and after it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from livefreeze.rules.freeze import ClaimCounters
from livefreeze.rules.position import ClaimFacts, PoolFacts, divide
from livefreeze.rules.sweep import PlannedSweep


class Change(NamedTuple):
    """One figure of the pool, in minor units; the change is below nothing where it becomes less."""

    name: str
    before_minor: int
    after_minor: int
    change_minor: int


_POSITION = ("spendable", "surplus", "reserved", "quota_left")


def of_claims(before: PoolFacts, after: Iterable[ClaimFacts]) -> tuple[Change, ...]:
    """What the pool's figures become when these are its claims; money, allowance and what was taken stay."""
    return _between(before, before._replace(claims=tuple(after)))


def of_sweeps(
    before: PoolFacts, sweeps: Iterable[PlannedSweep], sent_minor: Mapping[str, int]
) -> tuple[Change, ...]:
    """What the pool's figures become when these sweeps leave its accounts, and so much of each claim all its pools."""
    gone: Counter[str] = Counter()
    for sweep in sweeps:
        gone[sweep.account_id] += sweep.amount_minor
    accounts = tuple(
        account._replace(balance_minor=account.balance_minor - gone[account.account_id]) for account in before.accounts
    )
    claims = tuple(
        claim._replace(quota_left_minor=claim.quota_left_minor - sent_minor.get(claim.claim_id, 0))
        for claim in before.claims
    )
    return _between(before, before._replace(accounts=accounts, claims=claims))


def of_claim(before: ClaimCounters, after: ClaimCounters) -> tuple[Change, ...]:
    """What the claim's own figures become by an amendment."""
    return (
        _change("target", before.target_minor, after.target_minor),
        _change("claim_left", before.quota_left_minor, after.quota_left_minor),
        _change("over_collected", before.over_collected_minor, after.over_collected_minor),
    )


def amended(claims: Iterable[ClaimFacts], claim_id: str, after: ClaimCounters) -> tuple[ClaimFacts, ...]:
    """The pool's claims when this one has other counters."""
    left = 0 if after.is_satisfied else after.quota_left_minor
    return tuple(
        claim._replace(quota_left_minor=left) if claim.claim_id == claim_id else claim for claim in claims
    )


def _between(before: PoolFacts, after: PoolFacts) -> tuple[Change, ...]:
    old, new = divide(before), divide(after)
    return tuple(
        _change(name, getattr(old, f"{name}_minor"), getattr(new, f"{name}_minor")) for name in _POSITION
    )


def _change(name: str, before: int, after: int) -> Change:
    return Change(name, before, after, after - before)
