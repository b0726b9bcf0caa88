"""The facts of an evaluation as pools of the one formula, and what each order takes of them."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from livefreeze.rules import position
from livefreeze.rules.facts import Account, Order
from livefreeze.rules.position import AccountFacts, ClaimFacts, PoolFacts, Position, Take


class Claim(NamedTuple):
    """What is owed once, by however many orders."""

    name: str  # its first order
    orders: tuple[Order, ...]  # by rank

    @property
    def quota_left_minor(self) -> int:
        """The quota stands on each of its orders alike."""
        return max(order.quota_left_minor for order in self.orders)


def claims_of(orders: Sequence[Order]) -> tuple[Claim, ...]:
    """Orders put together that share one ceiling."""
    groups: dict[tuple[str, str], list[Order]] = {}
    for order in orders:
        key = ("claim", order.claim) if order.claim is not None else ("order", order.order)
        groups.setdefault(key, []).append(order)
    return tuple(Claim(group[0].order, tuple(group)) for group in groups.values())


def divide(
    currency: str, accounts: Sequence[Account], orders: Sequence[Order], *, allowance: int, used: int, reserve: int
) -> Position:
    """The pool of all these accounts by the one formula."""
    return position.divide(
        PoolFacts(
            currency=currency,
            allowance_minor=allowance,
            excess_in_minor=0,
            taken_minor=used,
            reserve_minor=reserve,
            accounts=tuple(AccountFacts(*account) for account in accounts),
            claims=tuple(_claim_facts(claim, claim.quota_left_minor) for claim in claims_of(orders)),
        )
    )


def divide_each(
    currency: str, accounts: Sequence[Account], orders: Sequence[Order], protected: dict[str, int]
) -> tuple[Position, ...]:
    """Each account as a pool of its own; a claim takes of each what the others left of its quota.

    From the last name to the first and the allowance account last, as within one pool.
    """
    claims = claims_of(orders)
    left = {claim.name: claim.quota_left_minor for claim in claims}
    first = min(accounts, key=lambda account: (not account.is_allowance_account, account.account), default=None)
    found = []
    for account in sorted(accounts, key=lambda one: (one is not first, one.account), reverse=True):
        divided = position.divide(
            PoolFacts(
                currency=currency,
                allowance_minor=protected[account.account],
                excess_in_minor=0,
                taken_minor=0,
                reserve_minor=0,
                accounts=(AccountFacts(*account),),
                claims=tuple(
                    _claim_facts(claim, left[claim.name]) for claim in claims if _reaches(claim, account.account)
                ),
            )
        )
        for take in divided.takes:
            left[take.claim_id] -= take.amount_minor
        found.append(divided)
    return tuple(sorted(found, key=lambda one: one.parts[0].account_id))


def taken_by_orders(orders: Sequence[Order], takes: Sequence[Take]) -> tuple[tuple[str, int], ...]:
    """What each order takes now, by rank: of one claim its first order that covers the account."""
    sums = dict.fromkeys((order.order for order in orders), 0)
    by_name = {claim.name: claim for claim in claims_of(orders)}
    for take in takes:
        if take.is_swept:
            taker = next(
                order
                for order in by_name[take.claim_id].orders
                if not order.is_stayed and (order.accounts is None or take.account_id in order.accounts)
            )
            sums[taker.order] += take.amount_minor
    return tuple((order.order, sums[order.order]) for order in orders)


def share_by_rank(orders: Sequence[Order], attachable_minor: int) -> tuple[tuple[str, int], ...]:
    """What each order takes of a sum, by rank, none above the quota left of its claim; a stayed one waits."""
    return share_in_turn(orders, lambda order, taken: attachable_minor - taken)


def share_in_turn(orders: Sequence[Order], may_take: Callable[[Order, int], int]) -> tuple[tuple[str, int], ...]:
    """What each order takes in this turn, where the law says how much it may beside what others took before.

    A stayed order keeps its part from the later ones, and takes nothing. The rows come by rank.
    """
    left = {claim.name: claim.quota_left_minor for claim in claims_of(orders)}
    claim_of = {order.order: claim.name for claim in claims_of(orders) for order in claim.orders}
    taken = 0
    shares = []
    for order in orders:
        take = max(0, min(may_take(order, taken), left[claim_of[order.order]], order.quota_left_minor))
        taken += take
        left[claim_of[order.order]] -= take
        shares.append((order.rank, order.order, 0 if order.is_stayed else take))
    return tuple((name, take) for _, name, take in sorted(shares))


def _claim_facts(claim: Claim, quota_left_minor: int) -> ClaimFacts:
    swept = [order for order in claim.orders if not order.is_stayed] or list(claim.orders)
    covered = None
    if all(order.accounts is not None for order in swept):
        covered = frozenset().union(*(order.accounts for order in swept))
    return ClaimFacts(
        claim_id=claim.name,
        rank=claim.orders[0].rank,
        quota_left_minor=quota_left_minor,
        accounts=covered,
        is_stayed=all(order.is_stayed for order in claim.orders),
    )


def _reaches(claim: Claim, account: str) -> bool:
    return any(order.accounts is None or account in order.accounts for order in claim.orders)
