"""The one formula: how the money of a debtor's pool divides into spendable, surplus and reserved.

Everything is computed for one pool (all frozen accounts of one debtor in one currency) from sums, never
from a stored split of earlier withdrawals: see docs/architecture.md, "The one formula". Amounts are whole
minor units of the pool's currency. No other module may compute these figures.
"""

from collections.abc import Iterable
from typing import NamedTuple

from livefreeze.rules.explanation import FORMULA, LEDGER, ORDERS, Step, allowance_steps


class AccountFacts(NamedTuple):
    """One account of the pool: what is booked there, neither held for a withdrawal nor in transit."""

    account_id: str
    balance_minor: int  # may be below nothing: a recalled salary is a fact
    is_allowance_account: bool = False  # where the debtor fetches the living money


class ClaimFacts(NamedTuple):
    """One claim on the pool, whether ours or a prior hold of someone outside this system."""

    claim_id: str
    rank: int  # the lowest is served first; equals by name
    quota_left_minor: int  # quota - settled - in transit; nothing once no order of it is live
    accounts: frozenset[str] | None = None  # the accounts it covers; None covers them all
    is_stayed: bool = False  # counts as frozen, is not swept
    is_swept_by_us: bool = True  # False for a prior hold
    floor_minor: int | None = None  # privileged (maintenance): what must stay of a period against this claim


class PoolFacts(NamedTuple):
    """All that the formula needs to know of one pool, read under the pool's lock."""

    currency: str
    allowance_minor: int  # of this period, carried rests included
    excess_in_minor: int  # what this period pays back of earlier excess
    taken_minor: int  # withdrawn or held in this period from any account, free money and stand-ins included
    reserve_minor: int  # kept for the next period
    accounts: tuple[AccountFacts, ...]
    claims: tuple[ClaimFacts, ...]


class Counter(NamedTuple):
    """What may be withdrawn at one account now. Figures of two accounts must never be added up."""

    limit_minor: int
    free_minor: int  # the part of the limit that no claim holds
    present_minor: int
    allowance_left_minor: int  # what is left to live on in this period, however little money is there
    quota_left_minor: int  # of all claims on the pool together


class AccountPart(NamedTuple):
    """How one account shares in the pool: spendable + surplus + reserved = present."""

    account_id: str
    present_minor: int
    shortfall_minor: int
    free_minor: int
    spendable_minor: int
    surplus_minor: int
    reserved_minor: int
    at_counter_minor: int


class Take(NamedTuple):
    """What one claim takes from one account by the plan."""

    claim_id: str
    account_id: str
    amount_minor: int
    is_swept: bool  # False: stayed or a prior hold; the part is reserved, not surplus


class Position(NamedTuple):
    """The pool divided: spendable + surplus + reserved = present, none negative."""

    present_minor: int
    shortfall_minor: int
    allowance_left_minor: int
    quota_left_minor: int
    free_minor: int
    from_held_minor: int  # what may come out of frozen money now
    spendable_minor: int
    surplus_minor: int
    reserved_minor: int
    deep_minor: int = 0  # what privileged claims take below the allowance
    parts: tuple[AccountPart, ...] = ()  # by account name; empty when made by `divide_one`
    takes: tuple[Take, ...] = ()  # by rank; empty when made by `divide_one`

    def at_counter(self, account_id: str | None = None) -> Counter:
        """What may be withdrawn at this account now; the account may be left out where there is only one.

        Raises LookupError for an account that is not of the pool, or one left out among several.
        """
        living = self.allowance_left_minor
        if self.deep_minor:  # privileged claims have cut what is left to live on
            living = min(self.present_minor, living) - self.deep_minor
        if not self.parts:
            return Counter(self.spendable_minor, self.free_minor, self.present_minor, living, self.quota_left_minor)
        part = self.part(account_id)
        return Counter(part.at_counter_minor, part.free_minor, part.present_minor, living, self.quota_left_minor)

    def part(self, account_id: str | None = None) -> AccountPart:
        """The share of one account. Raises LookupError as `at_counter` does."""
        if account_id is None and len(self.parts) == 1:
            return self.parts[0]
        for part in self.parts:
            if part.account_id == account_id:
                return part
        raise LookupError(f"no account {account_id!r} in this pool")


def allowance_left(*, allowance_minor: int, excess_in_minor: int, taken_minor: int) -> int:
    """What is left of the period's living allowance, never below nothing."""
    return max(0, allowance_minor - excess_in_minor - taken_minor)


def divide_one(balance_minor: int, quota_left_minor: int, allowance_left_minor: int, reserve_minor: int) -> Position:
    """Divide a pool of one account whose claims are neither stayed nor privileged: the counter's fast path.

    The same as `divide` for that pool, without parts and takes. Where some claims are stayed or prior
    holds, all figures but surplus and reserved still hold.
    """
    present = balance_minor if balance_minor > 0 else 0
    free = present - quota_left_minor
    if free < 0:
        free = 0
    living = allowance_left_minor if allowance_left_minor < present else present
    spendable = living if living > free else free
    surplus = present - allowance_left_minor - reserve_minor
    if surplus > quota_left_minor:
        surplus = quota_left_minor
    if surplus < 0:
        surplus = 0
    return Position(
        present,
        present - balance_minor,
        allowance_left_minor,
        quota_left_minor,
        free,
        spendable - free,
        spendable,
        surplus,
        present - spendable - surplus,
    )


def divide(facts: PoolFacts) -> Position:
    """Divide a pool of any number of accounts and claims, with its parts per account and the plan by rank."""
    spending_order = _spending_order(facts.accounts)
    present = {account.account_id: max(0, account.balance_minor) for account in spending_order}
    claims = sorted(
        # A claim with nothing left holds nothing, so what it covers no longer matters.
        (claim for claim in facts.claims if claim.quota_left_minor > 0),
        key=lambda claim: (claim.rank, claim.claim_id),
    )
    total = sum(present.values())
    quota_left = sum(claim.quota_left_minor for claim in claims)
    left = allowance_left(
        allowance_minor=facts.allowance_minor,
        excess_in_minor=facts.excess_in_minor,
        taken_minor=facts.taken_minor,
    )
    living = min(left, total)

    free_parts, free = _free(present, claims, quota_left, total)
    deep = _deep(claims, living, facts.taken_minor)
    from_held = max(0, living - sum(deep.values()) - free)
    spendable = free + from_held
    takes = _plan(claims, deep, max(0, total - left - facts.reserve_minor), present)
    surplus = sum(take.amount_minor for take in takes if take.is_swept)
    return Position(
        present_minor=total,
        shortfall_minor=sum(max(0, -account.balance_minor) for account in facts.accounts),
        allowance_left_minor=left,
        quota_left_minor=quota_left,
        free_minor=free,
        from_held_minor=from_held,
        spendable_minor=spendable,
        surplus_minor=surplus,
        reserved_minor=total - spendable - surplus,
        deep_minor=sum(deep.values()),
        parts=_parts(spending_order, present, free_parts, from_held, spendable, takes),
        takes=takes,
    )


def held(facts: PoolFacts) -> dict[str, int]:
    """How much of what lies on the accounts each claim holds, by rank; what the debtor may still take out of it, too.

    Never more than the claim has left, and together never more than is there.
    """
    present = {account.account_id: max(0, account.balance_minor) for account in _spending_order(facts.accounts)}
    claims = sorted((claim for claim in facts.claims if claim.quota_left_minor > 0),
                    key=lambda claim: (claim.rank, claim.claim_id))
    parts = {claim.claim_id: 0 for claim in facts.claims}
    for take in _plan(claims, {}, sum(present.values()), present):
        parts[take.claim_id] += take.amount_minor
    return parts


def explain_at(position: Position, account_id: str) -> tuple[Step, ...]:
    """The last steps, at one account: how much of what the pool may spend can be withdrawn here."""
    counter = position.at_counter(account_id)
    return (
        Step("money on this account", "本账户余额", counter.present_minor, LEDGER),
        Step("free money at this account", "本账户未冻结金额", counter.free_minor, FORMULA),
        Step("may be withdrawn at this account now", "本账户当前可支取", counter.limit_minor, FORMULA),
    )


def explain(facts: PoolFacts, position: Position, *, allowance_source: str) -> tuple[Step, ...]:
    """The steps by which this position came from these facts."""
    steps = [Step("money on all accounts of the pool", "共享池账户余额合计", position.present_minor, LEDGER)]
    if position.shortfall_minor:
        steps.append(Step("balances below nothing", "账户透支合计", position.shortfall_minor, LEDGER))
    steps += allowance_steps(
        allowance_minor=facts.allowance_minor,
        excess_in_minor=facts.excess_in_minor,
        taken_minor=facts.taken_minor,
        allowance_left_minor=position.allowance_left_minor,
        allowance_source=allowance_source,
    )
    steps += (
        Step("frozen for all claims together", "各案冻结限额合计", position.quota_left_minor, ORDERS),
        Step("free of every claim", "未冻结金额", position.free_minor, FORMULA),
        Step("may come out of frozen money now", "可从冻结款项中支取", position.from_held_minor, FORMULA),
        Step("spendable", "可支取", position.spendable_minor, FORMULA),
        Step("kept for the next period", "为下期预留", facts.reserve_minor, allowance_source),
        Step("surplus", "盈余", position.surplus_minor, FORMULA),
        Step("reserved", "留存", position.reserved_minor, FORMULA),
    )
    if position.deep_minor:
        text = "taken below the allowance by privileged claims"
        steps.append(Step(text, "优先债权在生活费内扣取", position.deep_minor, FORMULA))
    return tuple(steps)


def _spending_order(accounts: Iterable[AccountFacts]) -> list[AccountFacts]:
    """The allowance account first (by default the first by name), the others by name."""
    return sorted(accounts, key=lambda account: (not account.is_allowance_account, account.account_id))


def _covers(claim: ClaimFacts, account_id: str) -> bool:
    return claim.accounts is None or account_id in claim.accounts


def _free(present: dict[str, int], claims: list[ClaimFacts], quota_left: int, total: int) -> tuple[dict[str, int], int]:
    """The money that no claim holds: per account, and of the pool."""
    if all(_covers(claim, account_id) for claim in claims for account_id in present):
        free = max(0, total - quota_left)
        return {account_id: min(amount, free) for account_id, amount in present.items()}, free
    parts = {
        account_id: max(0, amount - sum(claim.quota_left_minor for claim in claims if _covers(claim, account_id)))
        for account_id, amount in present.items()
    }
    return parts, sum(parts.values())


def _deep(claims: list[ClaimFacts], living: int, taken: int) -> dict[str, int]:
    """What each privileged claim takes below the allowance, by rank, down to its floor.

    A sum over the pool whatever accounts the claim covers: were it bounded by the balances there, money
    withdrawn from a covered account would come back at another one.
    """
    deep: dict[str, int] = {}
    for claim in claims:
        if claim.floor_minor is not None:
            floor_left = max(0, claim.floor_minor - taken)
            above_floor = max(0, living - sum(deep.values()) - floor_left)
            deep[claim.claim_id] = min(claim.quota_left_minor, above_floor)
    return deep


def _plan(
    claims: list[ClaimFacts], deep: dict[str, int], above_living: int, present: dict[str, int]
) -> tuple[Take, ...]:
    """Who takes what from where; within a claim the allowance account is emptied last.

    First what privileged claims take deep, then by rank what is above the living money and the reserve.
    """
    there = dict(present)
    takes: dict[tuple[str, str], int] = {}

    def take(claim: ClaimFacts, wanted: int) -> int:
        before = wanted
        for account_id in reversed(present):
            part = min(wanted, there[account_id]) if _covers(claim, account_id) else 0
            if part > 0:
                there[account_id] -= part
                wanted -= part
                key = (claim.claim_id, account_id)
                takes[key] = takes.get(key, 0) + part
        return before - wanted

    quotas = {claim.claim_id: claim.quota_left_minor for claim in claims}
    for claim in claims:
        quotas[claim.claim_id] -= take(claim, deep.get(claim.claim_id, 0))
    for claim in claims:
        above_living -= take(claim, min(quotas[claim.claim_id], above_living))
    return tuple(
        Take(claim.claim_id, account_id, takes[claim.claim_id, account_id], _is_swept(claim))
        for claim in claims
        for account_id in reversed(present)
        if (claim.claim_id, account_id) in takes
    )


def _is_swept(claim: ClaimFacts) -> bool:
    return claim.is_swept_by_us and not claim.is_stayed


def _parts(
    spending_order: list[AccountFacts],
    present: dict[str, int],
    free_parts: dict[str, int],
    from_held: int,
    spendable: int,
    takes: tuple[Take, ...],
) -> tuple[AccountPart, ...]:
    """Spendable money is shown from the allowance account on, beside what the claims take there."""
    parts = []
    for account in spending_order:
        account_id, here = account.account_id, present[account.account_id]
        of_this = [take for take in takes if take.account_id == account_id]
        surplus = sum(take.amount_minor for take in of_this if take.is_swept)
        spendable_here = min(spendable, here - sum(take.amount_minor for take in of_this))
        spendable -= spendable_here
        free = free_parts[account_id]
        parts.append(
            AccountPart(
                account_id=account_id,
                present_minor=here,
                shortfall_minor=here - account.balance_minor,
                free_minor=free,
                spendable_minor=spendable_here,
                surplus_minor=surplus,
                reserved_minor=here - spendable_here - surplus,
                at_counter_minor=free + min(from_held, here - free),
            )
        )
    return tuple(sorted(parts))
