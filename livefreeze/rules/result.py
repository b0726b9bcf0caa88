"""The published result of an evaluation: amounts as text, exactly the keys of the contract."""

from typing import Any

from livefreeze.base.money import format_amount
from livefreeze.rules import evaluation, exact
from livefreeze.rules.evaluation import Evaluation
from livefreeze.rules.facts import Rest
from livefreeze.rules.position import AccountPart


def document(found: Evaluation, *, is_explained: bool = True) -> dict[str, Any]:
    """The result as JSON values; its shape is in tests/cases/README.md, section 2."""
    currency = found.law.currency

    def text(minor: int) -> str:
        return format_amount(minor, currency)

    written: dict[str, Any] = {
        "rule": found.law.name,
        "version": found.law.version,
        "on": found.case.on.isoformat(),
        "currency": currency,
        "period": {"start": found.period.start.isoformat(), "end": found.period.end.isoformat()},
        "protected": text(found.protected_minor),
        "attachable": text(found.attachable_minor),
        "allowance": text(found.allowance_minor),
        "allowance_used": text(found.case.facts.allowance_used_minor),
        "allowance_left": text(found.allowance_left_minor),
        "accounts": [_account(found, part) for one in found.positions for part in one.parts],
        "totals": {
            key: text(sum(getattr(one, f"{key}_minor") for one in found.positions))
            for key in ("present", "free", "spendable", "surplus", "reserved")
        },
    }
    if found.case.facts.orders is not None:
        ranks = {order.order: order.rank for order in found.case.facts.orders}
        written["orders"] = [
            {"order": order, "rank": ranks[order], "attachable": text(amount)} for order, amount in found.orders
        ]
    if found.carried_forward is not None:
        written["carried_forward"] = [_rest(rest, currency) for rest in found.carried_forward]
    written["explanation"] = [
        {"step": line.step, "amount": text(exact.half_up(line.amount_minor)), "source": line.source}
        for line in (evaluation.explain(found) if is_explained else ())
    ]
    return written


def _account(found: Evaluation, part: AccountPart) -> dict[str, str]:
    currency = found.law.currency
    written = {
        "account": part.account_id,
        "balance": format_amount(part.present_minor - part.shortfall_minor, currency),
        "surplus": format_amount(part.surplus_minor, currency),
        "spendable": format_amount(part.spendable_minor, currency),
        "reserved": format_amount(part.reserved_minor, currency),
        "at_counter": format_amount(part.at_counter_minor, currency),
    }
    if part.shortfall_minor:
        written["shortfall"] = format_amount(part.shortfall_minor, currency)
    if found.protected_by_account is not None:
        written["protected"] = format_amount(found.protected_by_account[part.account_id], currency)
    return written


def _rest(rest: Rest, currency: str) -> dict[str, str]:
    return {"period_start": rest.period_start.isoformat(), "amount": format_amount(rest.amount_minor, currency)}
