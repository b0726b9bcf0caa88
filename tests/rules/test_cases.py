"""The published cases of the pool formula and of cn-live-freeze, text for text."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from livefreeze.base.money import format_amount, parse_amount, parse_signed
from livefreeze.rules import document, period, position
from livefreeze.rules.position import AccountFacts, ClaimFacts, PoolFacts

FOLDER = Path(__file__).parents[1] / "cases"
CASES = [
    case for name in ("pool.json", "cn-live-freeze.json") for case in json.loads((FOLDER / name).read_text("utf-8"))
]


def pool_facts(case, rule) -> PoolFacts:
    facts, currency = case["facts"], case["facts"]["currency"]
    return PoolFacts(
        currency=currency,
        allowance_minor=rule.allowance_on(date.fromisoformat(case["on"])).amount_minor,
        excess_in_minor=0,
        taken_minor=parse_amount(facts.get("allowance_used", "0"), currency),
        reserve_minor=rule.reserve_minor,
        accounts=tuple(
            AccountFacts(row["account"], parse_signed(row["balance"], currency), row.get("allowance_account", False))
            for row in facts["accounts"]
        ),
        claims=tuple(claim_facts(row, currency) for row in facts["orders"]),
    )


def claim_facts(row, currency) -> ClaimFacts:
    quota, settled, in_transit = (parse_amount(row[key], currency) for key in ("quota", "settled", "in_transit"))
    return ClaimFacts(
        claim_id=row["order"],
        rank=row["rank"],
        quota_left_minor=max(0, quota - settled - in_transit),
        accounts=frozenset(row["accounts"]) if "accounts" in row else None,
        is_stayed=row.get("stayed", False),
    )


def result(case):
    """As much of the result's shape as the pool formula makes."""
    rule = document.preset(case["rule"])
    facts = pool_facts(case, rule)
    divided = position.divide(facts)

    def amount(minor):
        return format_amount(minor, facts.currency)

    noon = datetime.fromisoformat(case["on"]).replace(hour=4, tzinfo=UTC)
    months = period.period_of(noon, anchor_day=rule.anchor_day, time_zone=rule.time_zone)

    def local_day(instant):
        return instant.astimezone(ZoneInfo(rule.time_zone)).date().isoformat()

    balances = {account.account_id: account.balance_minor for account in facts.accounts}
    return {
        "currency": facts.currency,
        "period": {"start": local_day(months.start), "end": local_day(months.end)},
        "allowance": amount(facts.allowance_minor),
        "allowance_used": amount(facts.taken_minor),
        "allowance_left": amount(divided.allowance_left_minor),
        "accounts": [
            {
                "account": part.account_id,
                "balance": amount(balances[part.account_id]),
                "surplus": amount(part.surplus_minor),
                "spendable": amount(part.spendable_minor),
                "reserved": amount(part.reserved_minor),
                "at_counter": amount(part.at_counter_minor),
                **({"shortfall": amount(part.shortfall_minor)} if part.shortfall_minor else {}),
            }
            for part in divided.parts
        ],
        "totals": {
            "present": amount(divided.present_minor),
            "free": amount(divided.free_minor),
            "spendable": amount(divided.spendable_minor),
            "surplus": amount(divided.surplus_minor),
            "reserved": amount(divided.reserved_minor),
        },
        "orders": [
            {
                "order": claim.claim_id,
                "rank": claim.rank,
                "attachable": amount(
                    sum(t.amount_minor for t in divided.takes if t.is_swept and t.claim_id == claim.claim_id)
                ),
            }
            for claim in sorted(facts.claims, key=lambda claim: claim.rank)
        ],
    }


def _named(expected, actual):
    """The actual result, as far as the case names its keys; rows of accounts and orders by name."""
    if isinstance(expected, dict):
        return {key: _named(value, actual[key]) for key, value in expected.items()}
    if isinstance(expected, list):
        return [_named(row, other) for row, other in zip(expected, actual, strict=True)]
    return actual


# What the whole base of a wage is belongs to the command that evaluates every preset, not to the pool.
OF_THE_BASE = {"protected", "attachable"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['id']} {case['title']}")
def test_case(case):
    expected = {key: value for key, value in case["expect"].items() if key not in OF_THE_BASE}
    assert _named(expected, result(case)) == expected
