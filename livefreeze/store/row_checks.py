"""What a row of the ledger must say by its kind, as SQL conditions made of the pure table of effects.

Without them a row could move money and count as nothing, and the CHECKs on the counters would guard nothing.
"""

from livefreeze.rules.ledger import EFFECTS, Bucket, Effect

_WITHIN = {1: "BETWEEN 0 AND amount_minor", 0: "= 0", -1: "BETWEEN -amount_minor AND 0"}


def _counts(effect: Effect) -> str:
    """What a row of this effect says of its period's counters."""
    parts = [f"from_held_minor {_WITHIN[effect.from_held_sign]}", f"stand_in_minor {_WITHIN[effect.stand_in_sign]}"]
    if effect.taken_sign == 0:
        return " AND ".join(["taken_minor = 0", *parts])
    taken = "amount_minor" if effect.taken_sign > 0 else "-amount_minor"
    return " AND ".join([f"taken_minor = {taken}", *parts, "period_start IS NOT NULL"])


def _listed(kinds) -> str:
    return ", ".join(f"'{kind}'" for kind in kinds)


def _touching(*buckets: Bucket) -> str:
    return _listed(kind for kind, effect in EFFECTS.items() if {effect.debit, effect.credit} & set(buckets))


def _by_counts() -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for kind, effect in EFFECTS.items():
        grouped.setdefault(_counts(effect), []).append(kind)
    return grouped


BUCKETS_OF_KIND = " OR ".join(
    f"(kind = '{kind}' AND debit_bucket = '{effect.debit}' AND credit_bucket = '{effect.credit}')"
    for kind, effect in EFFECTS.items()
)
COUNTS_OF_KIND = " OR ".join(f"(kind IN ({_listed(kinds)}) AND {counts})" for counts, kinds in _by_counts().items())
SWEEP_HAS_CLAIM = (
    f"(kind IN ({_touching(Bucket.SWEEP_IN_TRANSIT, Bucket.CASE_FUND)})) = (claim_id IS NOT NULL)"
    " AND (claim_id IS NOT NULL) = (sweep_id IS NOT NULL)"
)
HOLD_HAS_WITHDRAWAL = f"withdrawal_id IS NOT NULL OR kind NOT IN ({_touching(Bucket.WITHDRAWAL_HOLD)})"
