"""The books as the database's triggers keep them: counters that each transfer moves."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NamedTuple

from livefreeze.rules import freeze
from livefreeze.rules.freeze import ClaimCounters
from livefreeze.rules.ledger import EFFECTS, Bucket, Transfer


class AccountCounters(NamedTuple):
    """Where the money of one account lies; the three together are the bank's closing balance."""

    balance_minor: int = 0  # may be below nothing
    withdrawal_hold_minor: int = 0
    sweep_in_transit_minor: int = 0


class PeriodSums(NamedTuple):
    """What one allowance period of one pool has seen. Sums, never splits: any order gives the same."""

    ceiling_minor: int = 0  # the highest allowance that the period had
    taken_minor: int = 0  # withdrawn or held, free money and stand-ins included
    from_held_minor: int = 0  # of it approved out of frozen money; never above the ceiling
    stand_in_minor: int = 0  # of it paid without asking us


class NotAllowed(ValueError):
    """A row that approves or instructs more than is allowed. The database refuses it by a CHECK."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """The counters by account, by pool and period, and by claim."""

    accounts: dict[str, AccountCounters] = field(default_factory=dict)
    periods: dict[tuple[str, datetime], PeriodSums] = field(default_factory=dict)
    claims: dict[str, ClaimCounters] = field(default_factory=dict)


def apply(book: Book, transfer: Transfer) -> Book:
    """The book after this row; the one given stays as it is. Raises NotAllowed, never for a bank's fact."""
    accounts = book.accounts | {transfer.account_id: _moved(book.accounts, transfer)}
    periods, claims = book.periods, book.claims
    if transfer.period_start is not None:
        key = (transfer.pool_id, transfer.period_start)
        periods = periods | {key: _counted(periods.get(key, PeriodSums()), transfer)}
    if transfer.claim_id is not None:
        claims = claims | {transfer.claim_id: _collected(claims[transfer.claim_id], transfer)}
    return replace(book, accounts=accounts, periods=periods, claims=claims)


def _into(transfer: Transfer, bucket: Bucket) -> int:
    """What the transfer adds to a bucket."""
    return transfer.amount_minor * ((transfer.credit is bucket) - (transfer.debit is bucket))


def _moved(accounts: dict[str, AccountCounters], transfer: Transfer) -> AccountCounters:
    account = accounts.get(transfer.account_id, AccountCounters())
    return AccountCounters(
        account.balance_minor + _into(transfer, Bucket.ACCOUNT),
        account.withdrawal_hold_minor + _into(transfer, Bucket.WITHDRAWAL_HOLD),
        account.sweep_in_transit_minor + _into(transfer, Bucket.SWEEP_IN_TRANSIT),
    )


def _counted(period: PeriodSums, transfer: Transfer) -> PeriodSums:
    after = period._replace(
        taken_minor=period.taken_minor + transfer.taken_minor,
        from_held_minor=period.from_held_minor + transfer.from_held_minor,
        stand_in_minor=period.stand_in_minor + transfer.stand_in_minor,
    )
    if after.from_held_minor > after.ceiling_minor and not EFFECTS[transfer.kind].is_fact:
        raise NotAllowed("a withdrawal out of frozen money above the ceiling of its period")
    return after


def _collected(claim: ClaimCounters, transfer: Transfer) -> ClaimCounters:
    settled = _into(transfer, Bucket.CASE_FUND)
    in_transit = _into(transfer, Bucket.SWEEP_IN_TRANSIT)
    if EFFECTS[transfer.kind].is_fact:
        return freeze.after_fact(claim, settled_minor=settled, in_transit_minor=in_transit)
    if in_transit > claim.quota_left_minor:
        raise NotAllowed("a sweep above the quota of its claim")
    return freeze.after_instruction(claim, in_transit)
