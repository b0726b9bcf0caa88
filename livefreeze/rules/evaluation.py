"""What a rule says of one debtor on one day: the answer as values, its steps only when asked for."""

from datetime import date
from typing import NamedTuple

from livefreeze.base.errors import Problem
from livefreeze.rules import calendar, carry, exact, facts, fields, pay, pools
from livefreeze.rules.allowance.registry import Award, Case, Line, Taking
from livefreeze.rules.calendar import Days
from livefreeze.rules.explanation import FORMULA, LEDGER, ORDERS
from livefreeze.rules.facts import Facts, Rest
from livefreeze.rules.law import Law
from livefreeze.rules.position import Position


class Evaluation(NamedTuple):
    """The answer; amounts in minor units of the rule's currency."""

    law: Law
    case: Case
    period: Days
    protected_minor: int
    attachable_minor: int
    allowance_minor: int  # rests of earlier periods included
    allowance_left_minor: int
    positions: tuple[Position, ...]  # one pool; of a look-back rule one an account; none without accounts
    protected_by_account: dict[str, int] | None  # of a look-back rule
    orders: tuple[tuple[str, int], ...]  # by rank
    rests: tuple[Rest, ...]  # of earlier periods, that still count
    carried_forward: tuple[Rest, ...] | None  # None: the rule carries nothing over


def evaluate(law: Law, found: Facts, on: date | None = None) -> Evaluation:
    """Evaluate a rule by the law of a day. Raises Problem where the facts lack what the rule needs."""
    day = on or found.on
    if day is None:
        raise Problem("FIELD_MISSING", "/on")
    facts.within_reach(day, "/on")
    if found.currency != law.currency:
        reason = f"The rule is for {law.currency}; give the facts in it, or choose another rule."
        raise fields.invalid("/currency", reason, f"该规则适用于 {law.currency}，请更正币种或另选规则。")
    case = Case(found, day, _period(law, found, day), _base(law, found, day))
    answer = law.allowance.award(case)
    return _of_pay(law, case, answer) if isinstance(answer, Taking) else _of_accounts(law, case, answer)


def explain(found: Evaluation) -> list[Line]:
    """The steps by which the answer came, with the source of each figure."""
    law, case = found.law, found.case
    lines = [Line("base of the calculation", case.base_minor, LEDGER), *law.allowance.explain(case)]
    for rest in found.rests:
        lines.append(Line(f"unused rest of the period from {rest.period_start}", rest.amount_minor, law.source))
    lines += [
        Line("allowance of this period", found.allowance_minor, law.source),
        Line("used of it", case.facts.allowance_used_minor, LEDGER),
        Line("allowance left", found.allowance_left_minor, FORMULA),
        Line("protected", found.protected_minor, FORMULA),
        Line("attachable", found.attachable_minor, FORMULA),
    ]
    lines += [Line(f"order {order} may take now", amount, ORDERS) for order, amount in found.orders]
    if found.positions:
        for words, name in (("spendable", "spendable_minor"), ("surplus", "surplus_minor"),
                            ("reserved", "reserved_minor")):  # fmt: skip
            lines.append(Line(words, sum(getattr(one, name) for one in found.positions), FORMULA))
    return lines


def _period(law: Law, found: Facts, day: date) -> Days:
    if law.allowance.method.is_wage and found.pay_period is not None:
        return Days(*found.pay_period)
    return calendar.period_of(law.calendar, day)


def _base(law: Law, found: Facts, day: date) -> int:
    """The pay, else the money that is there with what was used of it."""
    if law.allowance.method.is_wage:
        return pay.of(found, day)
    if law.allowance.name == "look_back":
        return sum(max(0, account.balance_minor) for account in facts.needed(found, "accounts"))
    if found.disposable_earnings_minor is not None:
        return found.disposable_earnings_minor
    if found.accounts is None and found.incomes is not None:
        return pay.of(found, day)
    present = sum(max(0, account.balance_minor) for account in facts.needed(found, "accounts"))
    return present + found.allowance_used_minor


def _of_accounts(law: Law, case: Case, award: Award) -> Evaluation:
    found, used = case.facts, case.facts.allowance_used_minor
    own = exact.half_up(award.amount_minor)
    rests = carry.counting(found.carried_over, law.calendar, case.period, law.carried_periods(case.on))
    allowance = own + sum(rest.amount_minor for rest in rests)
    orders, accounts = found.orders or (), found.accounts
    by_account = None if award.by_account is None else dict(award.by_account)
    if accounts is None:
        positions: tuple[Position, ...] = ()
        shares = pools.share_by_rank(orders, max(0, case.base_minor - allowance))
    else:
        if by_account is not None:
            positions = pools.divide_each(law.currency, accounts, orders, by_account)
        else:
            positions = (_pool(law, case, allowance),)
        shares = pools.taken_by_orders(orders, [take for one in positions for take in one.takes])
    protected = min(allowance, case.base_minor)
    return Evaluation(
        law=law,
        case=case,
        period=award.window or case.period,
        protected_minor=protected,
        attachable_minor=case.base_minor - protected,
        allowance_minor=allowance,
        allowance_left_minor=max(0, allowance - used),
        positions=positions,
        protected_by_account=by_account,
        orders=shares,
        rests=rests,
        carried_forward=_carried(law, case, own, rests),
    )


def _of_pay(law: Law, case: Case, taking: Taking) -> Evaluation:
    protected = case.base_minor - taking.attachable_minor
    return Evaluation(
        law=law,
        case=case,
        period=case.period,
        protected_minor=protected,
        attachable_minor=taking.attachable_minor,
        allowance_minor=protected,
        allowance_left_minor=max(0, protected - case.facts.allowance_used_minor),
        positions=() if case.facts.accounts is None else (_pool(law, case, protected),),
        protected_by_account=None,
        orders=taking.orders,
        rests=(),
        carried_forward=None,
    )


def _pool(law: Law, case: Case, allowance: int) -> Position:
    return pools.divide(
        law.currency,
        case.facts.accounts,
        case.facts.orders or (),
        allowance=allowance,
        used=case.facts.allowance_used_minor,
        reserve=law.reserve_minor,
    )


def _carried(law: Law, case: Case, own: int, rests: tuple[Rest, ...]) -> tuple[Rest, ...] | None:
    if law.carry_over is None:
        return None
    found = case.facts
    present = case.base_minor
    if found.accounts is not None:
        present = sum(max(0, account.balance_minor) for account in found.accounts)
    left = carry.forward(
        rests, own_minor=own, used_minor=found.allowance_used_minor, present_minor=present, period=case.period
    )
    following = calendar.period_of(law.calendar, case.period.end)
    periods = law.carried_periods(following.start)
    return carry.counting(left, law.calendar, following, periods)
