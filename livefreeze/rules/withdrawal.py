"""May this withdrawal be paid, and how much of it comes out of frozen money?"""

from collections.abc import Container
from enum import StrEnum
from typing import NamedTuple

from livefreeze.rules.explanation import FORMULA, LEDGER, ORDERS, REQUEST, RULE, Step, allowance_steps
from livefreeze.rules.position import Counter, Position


class Reason(StrEnum):
    """Why a withdrawal is approved or declined; the first that fits, in this order."""

    CHANNEL_NOT_ALLOWED = "CHANNEL_NOT_ALLOWED"
    WITHIN_LIMITS = "WITHIN_LIMITS"
    ALLOWANCE_EXHAUSTED = "ALLOWANCE_EXHAUSTED"
    BALANCE_TOO_LOW = "BALANCE_TOO_LOW"
    FREE_MONEY_ELSEWHERE = "FREE_MONEY_ELSEWHERE"


class Decision(NamedTuple):
    """The whole amount or none of it."""

    reason: Reason
    approved_minor: int = 0
    from_held_minor: int = 0  # explains and guards; never an input to the allowance left

    @property
    def is_approved(self) -> bool:
        return self.reason is Reason.WITHIN_LIMITS


def decide(amount_minor: int, counter: Counter, *, channel: str, channels: Container[str]) -> Decision:
    """Approve the whole amount or none of it, in minor units of the account's currency.

    `channel` is how the debtor asks, `channels` are those that the rule allows. Raises ValueError for an
    amount that is not positive: the door has refused it before.
    """
    if amount_minor <= 0:
        raise ValueError("the door refuses amounts that are not positive")
    if channel not in channels:
        return Decision(Reason.CHANNEL_NOT_ALLOWED)
    if amount_minor <= counter.limit_minor:
        # The whole amount counts on the allowance taken, free money too: else two withdrawals could yield
        # more than one.
        from_held = amount_minor - counter.free_minor
        return Decision(Reason.WITHIN_LIMITS, amount_minor, from_held if from_held > 0 else 0)
    if amount_minor > counter.allowance_left_minor and counter.quota_left_minor > 0:
        return Decision(Reason.ALLOWANCE_EXHAUSTED)
    if amount_minor > counter.present_minor:
        return Decision(Reason.BALANCE_TOO_LOW)
    return Decision(Reason.FREE_MONEY_ELSEWHERE)


def explain(
    decision: Decision,
    counter: Counter,
    *,
    amount_minor: int,
    allowance_minor: int,
    excess_in_minor: int,
    taken_minor: int,
    allowance_source: str,
) -> tuple[Step, ...]:
    """The steps by which the decision came, from the figures as they stood before it."""
    steps = allowance_steps(
        allowance_minor=allowance_minor,
        excess_in_minor=excess_in_minor,
        taken_minor=taken_minor,
        allowance_left_minor=counter.allowance_left_minor,
        allowance_source=allowance_source,
    )
    steps += (
        Step("money on this account", "本账户余额", counter.present_minor, LEDGER),
        Step("frozen for all claims together", "各案冻结限额合计", counter.quota_left_minor, ORDERS),
        Step("free money at this account", "本账户未冻结金额", counter.free_minor, FORMULA),
        Step("may be withdrawn at this account now", "本账户当前可支取", counter.limit_minor, FORMULA),
        Step("asked for", "申请支取", amount_minor, REQUEST),
        Step("approved", "准予支取", decision.approved_minor, decision.reason.value),
    )
    return tuple(steps)


def explain_to_teller(
    decision: Decision,
    counter: Counter,
    *,
    amount_minor: int,
    allowance_minor: int,
    excess_in_minor: int,
    taken_minor: int,
) -> tuple[Step, ...]:
    """The same for a clerk of a bank, from whom the debt and whose case it is are kept.

    Neither claims nor free money are named, for free money and the balance tell what is claimed.
    """
    steps = allowance_steps(
        allowance_minor=allowance_minor,
        excess_in_minor=excess_in_minor,
        taken_minor=taken_minor,
        allowance_left_minor=counter.allowance_left_minor,
        allowance_source=RULE,
    )
    steps += (
        Step("may be withdrawn at this account now", "本账户当前可支取", counter.limit_minor, FORMULA),
        Step("asked for", "申请支取", amount_minor, REQUEST),
        Step("approved", "准予支取", decision.approved_minor, FORMULA),
    )
    return tuple(steps)


class After(NamedTuple):
    """What is left once a decision is carried out, in minor units."""

    allowance_left_minor: int
    spendable_minor: int


def after(decision: Decision, counter: Counter, position: Position) -> After:
    """What is left after it: spendable falls by exactly what was approved (invariant I2)."""
    return After(
        max(0, counter.allowance_left_minor - decision.approved_minor),
        position.spendable_minor - decision.approved_minor,
    )
