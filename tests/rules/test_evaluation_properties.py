"""What holds for every rule and all facts: the sums, the order of rows, and that more income leaves no less."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livefreeze.base.errors import Problem
from livefreeze.rules import evaluation, facts, law, result

AMOUNTS = st.integers(0, 900_000).map(lambda minor: f"{minor // 100}.{minor % 100:02}")
ACCOUNT_RULES = {"cn-live-freeze": "2026-11-12", "de-p-konto": "2025-10-15", "fr-sbi": "2025-06-15",
                 "us-31cfr212": "2025-11-20"}  # fmt: skip
WAGE_RULES = {"de-850c": "2025-09-15", "es-607": "2025-06-15", "fr-wages": "2025-06-15", "gb-ctaeo": "2025-06-15",
              "gb-ctaeo-wales": "2025-06-15", "us-ccpa": "2025-06-15", "us-va-wages": "2015-06-15"}  # fmt: skip
NEVER_LOWER = sorted(WAGE_RULES.keys() - {"de-850c", "gb-ctaeo", "gb-ctaeo-wales"})


@st.composite
def orders(draw, names=None):
    rows = []
    for index in range(draw(st.integers(0, 3))):
        row = {
            "order": f"o{index}", "rank": draw(st.integers(1, 3)), "quota": draw(AMOUNTS), "settled": draw(AMOUNTS),
            "served_on": f"2025-0{draw(st.integers(1, 5))}-10", "stayed": draw(st.booleans()),
        }  # fmt: skip
        if rows and draw(st.booleans()):  # the quota figures of a claim stand on its orders alike
            row |= {"claim": "k", "quota": "3000.00", "settled": "1.00"}
        if names and draw(st.booleans()):
            row["accounts"] = draw(st.lists(st.sampled_from(names), unique=True))
        rows.append(row)
    return rows


@st.composite
def account_facts(draw, currency, on):
    names = ["a1", "a2", "a3"][: draw(st.integers(1, 3))]
    return {
        "currency": currency,
        "accounts": [{"account": name, "balance": draw(AMOUNTS)} for name in names],
        "orders": draw(orders(names)),
        "allowance_used": draw(AMOUNTS),
        "dependants": draw(st.integers(0, 7)),
        "carried_over": [
            {"period_start": f"2025-0{month}-01", "amount": draw(AMOUNTS)}
            for month in draw(st.lists(st.integers(1, 9), max_size=4, unique=True))
        ],
        "incomes": [
            {"date": f"{on[:8]}0{day}", "amount": draw(AMOUNTS), "source": "benefit",
             "account": draw(st.sampled_from(names))}  # fmt: skip
            for day in draw(st.lists(st.integers(1, 9), max_size=3))
        ],
    }


def evaluated(rule, document, on):
    return evaluation.evaluate(law.preset(rule), facts.parse(document), date.fromisoformat(on))


@pytest.mark.parametrize("rule", sorted(ACCOUNT_RULES))
@settings(max_examples=30)
@given(st.data())
def test_the_money_of_accounts_adds_up_whatever_the_order_of_rows(rule, data):
    on = ACCOUNT_RULES[rule]
    document = data.draw(account_facts(law.preset(rule).currency, on))
    found = evaluated(rule, document, on)
    assert found.protected_minor + found.attachable_minor == found.case.base_minor
    for one in found.positions:
        assert one.spendable_minor + one.surplus_minor + one.reserved_minor == one.present_minor
        assert min(one.spendable_minor, one.surplus_minor, one.reserved_minor) >= 0
    taken = sum(amount for _, amount in found.orders)
    assert taken == sum(one.surplus_minor for one in found.positions)
    turned = {key: value[::-1] if isinstance(value, list) else value for key, value in document.items()}
    assert result.document(evaluated(rule, turned, on)) == result.document(found)


@pytest.mark.parametrize("rule", sorted(WAGE_RULES))
@settings(max_examples=30)
@given(pay=AMOUNTS, rows=orders(), dependants=st.integers(0, 6))
def test_a_pay_is_shared_within_the_limit(rule, pay, rows, dependants):
    document = {"currency": law.preset(rule).currency, "pay_frequency": "monthly", "disposable_earnings": pay,
                "orders": rows, "dependants": dependants}  # fmt: skip
    found = evaluated(rule, document, WAGE_RULES[rule])
    assert 0 <= found.attachable_minor <= found.case.base_minor
    assert sum(amount for _, amount in found.orders) <= found.attachable_minor
    left = {order.order: order.quota_left_minor for order in found.case.facts.orders}
    assert all(0 <= amount <= left[order] for order, amount in found.orders)
    assert len(evaluation.explain(found)) > 4


@pytest.mark.parametrize("rule", NEVER_LOWER)
@settings(max_examples=30)
@given(pay=st.integers(0, 900_000), more=st.integers(0, 5000))
def test_more_income_never_leaves_less(rule, pay, more):
    def kept(minor):
        document = {"currency": law.preset(rule).currency, "pay_frequency": "monthly",
                    "disposable_earnings": f"{minor // 100}.{minor % 100:02}"}  # fmt: skip
        return evaluated(rule, document, WAGE_RULES[rule]).protected_minor

    assert kept(pay) <= kept(pay + more)


def rule_of(allowance, **more):
    return {"preset": "x", "version": "1", "currency": "CNY", "period": {"anchor_day": 1}, "allowance": allowance,
            "source": "test", **more}  # fmt: skip


def fixed(amount, **more):
    row = {"valid_from": "2024-01-01", "source": "test", "amount": amount}
    return {"method": "fixed", "amounts": [row | more]}


WAGE = {"method": "minimum_wage", "multiple": "1.5",
        "values": [{"valid_from": "2024-01-01", "source": "test", "amount": "1000.00"}]}  # fmt: skip
COMBINED = [("least_of", 120000), ("greatest_of", 150000), ("sum_of", 270000)]


@pytest.mark.parametrize(("name", "expected"), COMBINED)
def test_methods_are_combined(name, expected):
    document = {"currency": "CNY", "accounts": []}
    rule = law.parse(rule_of({"method": name, "of": [fixed("1200.00"), WAGE]}))
    found = evaluation.evaluate(rule, facts.parse(document), date(2024, 5, 1))
    assert found.allowance_minor == expected
    assert Fraction(evaluation.explain(found)[-1].amount_minor) == 0


def nested(depth):
    found = fixed("1.00")
    for _ in range(depth):
        found = {"method": "least_of", "of": [found]}
    return found


def itself():
    found = {"method": "least_of"}
    found["of"] = [found]
    return found


GAP = {"method": "minimum_wage", "multiple": "1", "values": [
    {"valid_from": "2024-01-01", "valid_to": "2024-05-01", "source": "s", "amount": "1"},
    {"valid_from": "2024-06-01", "source": "s", "amount": "1"}]}  # fmt: skip
BRACKETS = {"method": "brackets", "rounding": "half_up", "shares": ["0", "0.5"],
            "values": [{"valid_from": "2024-01-01", "source": "s", "bounds": ["10.00"]}]}  # fmt: skip
REFUSED = [
    (rule_of(nested(9)), "/allowance" + "/of/0" * 8),
    (rule_of(nested(10_000)), "/allowance" + "/of/0" * 8),
    (rule_of(itself()), "/allowance" + "/of/0" * 8),
    (rule_of({"method": "most"}), "/allowance/method"),
    (rule_of({}), "/allowance/method"),
    (rule_of(fixed(2500)), "/allowance/amounts/0/amount"),
    (rule_of(fixed("1.00", extra=1)), "/allowance/amounts/0/extra"),
    (rule_of(GAP), "/allowance/values"),
    (rule_of(GAP | {"values": [GAP["values"][1]] * 2}), "/allowance/values"),
    (rule_of(GAP | {"values": [{"valid_from": "2024-01-01", "amount": "1"}]}), "/allowance/values/0/source"),
    (rule_of(GAP | {"values": [GAP["values"][0] | {"valid_to": "2023-01-01"}]}), "/allowance/values/0/valid_to"),
    (rule_of(BRACKETS | {"shares": ["0", "1.5"]}), "/allowance/shares/1"),
    (rule_of(BRACKETS | {"shares": ["0", "0.5", "1"]}), "/allowance/values/0/bounds"),
    (rule_of(BRACKETS | {"shares": ["0", "0.5", "1"], "values": [BRACKETS["values"][0] | {"bounds": ["9", "8"]}]}),
     "/allowance/values/0/bounds/1"),
    (rule_of({"method": "sum_of", "of": [BRACKETS]}), "/allowance/of/0/method"),
    (rule_of(fixed("1.00"), carry_over=[{"valid_from": "2024-01-01", "source": "s", "periods": 99}]),
     "/carry_over/0/periods"),
    (rule_of(fixed("1.00"), period={"kind": "day"}), "/period/kind"),
]  # fmt: skip


@pytest.mark.parametrize(("document", "pointer"), REFUSED)
def test_a_rule_is_refused_with_its_field(document, pointer):
    with pytest.raises(Problem) as refusal:
        law.parse(document)
    assert refusal.value.errors[0].pointer == pointer


FACTS = {"currency": "CNY", "accounts": [{"account": "a", "balance": "1.00"}]}
ORDER = {"order": "o", "rank": 1, "quota": "1.00"}
WRONG_FACTS = [
    ({}, "/currency"),
    (FACTS | {"more": 1}, "/more"),
    (FACTS | {"accounts": [{"account": "a", "balance": 1.5}]}, "/accounts/0/balance"),
    (FACTS | {"accounts": FACTS["accounts"] * 2}, "/accounts/1/account"),
    (FACTS | {"orders": [ORDER | {"accounts": ["b"]}]}, "/orders/0/accounts/0"),
    (FACTS | {"orders": [ORDER | {"rank": 0}]}, "/orders/0/rank"),
    (FACTS | {"orders": [ORDER | {"kind": "fine"}]}, "/orders/0/kind"),
    (FACTS | {"dependants": True}, "/dependants"),
    (FACTS | {"pay_period": {"start": "2024-01-02", "end": "2024-01-02"}}, "/pay_period/end"),
    (FACTS | {"court_reduction": "1.1"}, "/court_reduction"),
    (FACTS | {"incomes": {}}, "/incomes"),
    (FACTS | {"supports_other_family": 1}, "/supports_other_family"),
]


@pytest.mark.parametrize(("document", "pointer"), WRONG_FACTS)
def test_facts_are_refused_with_their_field(document, pointer):
    with pytest.raises(Problem) as refusal:
        facts.parse(document)
    assert refusal.value.errors[0].pointer == pointer


LACKING = [
    ("cn-subsistence", {"currency": "CNY", "disposable_earnings": "1.00"}, "2025-01-01", "/local_standard"),
    ("cn-live-freeze", {"currency": "CNY"}, "2026-01-01", "/accounts"),
    ("cn-live-freeze", {"currency": "CNY", "accounts": []}, "2025-12-31", "/on"),
    ("cn-live-freeze", {"currency": "USD"}, "2026-01-01", "/currency"),
    ("us-31cfr212", {"currency": "USD", "accounts": []}, "2026-01-01", "/incomes"),
    ("us-ccpa", {"currency": "USD", "disposable_earnings": "1.00"}, "2026-01-01", "/pay_frequency"),
    ("fr-wages", {"currency": "EUR", "disposable_earnings": "1.00", "pay_frequency": "weekly"}, "2025-01-01",
     "/pay_frequency"),
    ("de-850c", {"currency": "EUR", "disposable_earnings": "1.00", "pay_frequency": "weekly"}, "2024-01-01", "/on"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "document", "on", "pointer"), LACKING)
def test_facts_that_lack_what_the_rule_needs_are_named(rule, document, on, pointer):
    with pytest.raises(Problem) as refusal:
        evaluated(rule, document, on)
    assert refusal.value.errors[0].pointer == pointer
