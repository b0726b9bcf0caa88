"""Is the service sound by itself: ledger, limits at every moment, and audit chains recomputed from the documents?"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator

from livefreeze.rules.ledger import Bucket, TransferKind
from tests.crash.books import ServiceBooks

BEFORE_THE_FIRST = bytes(32)
SWEEP_EFFECTS = {  # on what a claim has settled and in transit together
    TransferKind.SWEEP: 1, TransferKind.SWEEP_FAILED: -1, TransferKind.SWEEP_RETURNED: -1,
    TransferKind.SWEEP_SETTLED_LATE: 1,
}


def faults(service: ServiceBooks) -> Iterator[str]:
    """A sentence for each."""
    yield from _ledger(service)
    yield from _claims(service)
    yield from _allowances(service)
    yield from _chains(service)


def _ledger(service: ServiceBooks) -> Iterator[str]:
    """Each counter is the sum of its rows."""
    buckets: Counter[tuple[str, str]] = Counter()
    for row in service.transfers:
        buckets[row.account_id, row.debit_bucket] -= row.amount_minor
        buckets[row.account_id, row.credit_bucket] += row.amount_minor
    for account_id, account in service.accounts.items():
        counters = {Bucket.ACCOUNT: account.balance_minor, Bucket.WITHDRAWAL_HOLD: account.held_minor,
                    Bucket.SWEEP_IN_TRANSIT: account.in_transit_minor}
        for bucket, counter in counters.items():
            if buckets[account_id, bucket] != counter:
                yield f"{account_id}: {bucket} is {counter}, its rows say {buckets[account_id, bucket]}"


def _claims(service: ServiceBooks) -> Iterator[str]:
    """What a claim has settled and in transit is the sum of its rows, and was never more than its quota."""
    sums: Counter[str] = Counter()
    for row in service.transfers:
        if row.claim_id is None:
            continue
        sums[row.claim_id] += SWEEP_EFFECTS.get(row.kind, 0) * row.amount_minor
        if sums[row.claim_id] > service.claims[row.claim_id].quota_minor:
            yield f"claim {row.claim_id}: {row.id} brings it to {sums[row.claim_id]}, above its quota"
    for claim_id, claim in service.claims.items():
        counted = claim.settled_minor + claim.in_transit_minor
        if counted != sums[claim_id]:
            yield f"claim {claim_id} has settled or in transit {counted}, its rows say {sums[claim_id]}"


def _allowances(service: ServiceBooks) -> Iterator[str]:
    """In no period was ever more approved than the allowance: all of the money here is held."""
    approved: Counter[tuple] = Counter()
    for row in service.transfers:
        if row.period_start is None:
            continue
        period = (row.pool_id, row.period_start)
        approved[period] += row.taken_minor - row.stand_in_minor
        if row.kind == TransferKind.HOLD and approved[period] > service.pools[row.pool_id].ceiling_minor:
            yield f"pool {row.pool_id}: {row.id} brings the period of {row.period_start} to {approved[period]}"


def _chains(service: ServiceBooks) -> Iterator[str]:
    """Every event follows the one before it, hashes to its own hash, and the head is the last one."""
    heads = dict.fromkeys(service.chains, (0, BEFORE_THE_FIRST))
    for event in service.audit_events:
        seq, previous = heads[event.chain]
        document = json.loads(event.document)
        link = (document["chain"], document["seq"], document["prev"])
        if (event.seq, bytes(event.prev_hash)) != (seq + 1, previous) or link != (event.chain, seq + 1, previous.hex()):
            yield f"{event.chain} {event.seq} does not follow the event before it"
        heads[event.chain] = (event.seq, hashlib.sha256(event.document.encode()).digest())
        if heads[event.chain][1] != bytes(event.hash):
            yield f"{event.chain} {event.seq} was changed"
    for chain, row in service.chains.items():
        if (row.seq, bytes(row.hash)) != heads[chain]:
            yield f"{chain}: its head is {row.seq}, its last event {heads[chain][0]}"
