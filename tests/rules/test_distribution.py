"""A sum shared out among creditors: published cases, a table, what is refused, and what always holds."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livefreeze.base.errors import Problem
from livefreeze.rules import distribution_facts
from livefreeze.rules.distribution import METHODS, Claim, distribute

CASES = json.loads((Path(__file__).parents[1] / "cases" / "split-support.json").read_text("utf-8"))


@pytest.mark.parametrize("case", [case for case in CASES if case.get("binding", True)], ids=lambda case: case["id"])
def test_case(case):
    found = distribution_facts.evaluate(case["facts"])
    rows = {(row["creditor"], row["class"]): row for row in found["shares"]}
    for expected in case["expect"].get("shares", ()):
        row = rows[expected["creditor"], expected["class"]]
        assert {key: row[key] for key in expected} == expected
    assert {key: found[key] for key in ("paid", "unpaid", "left")} == {
        key: case["expect"].get(key, found[key]) for key in ("paid", "unpaid", "left")
    }


def shares(amount, method, *claims):
    found = [Claim(name, rank, "all", wanted) for name, rank, wanted in claims]
    return [share.amount_minor for share in distribute(amount, ("all",), method, tuple(found))]


@pytest.mark.parametrize(("amount", "method", "claims", "expected"), [
    pytest.param(100, "equal", [("b", None, 100), ("a", None, 100), ("c", None, 100)], [33, 34, 33],
                 id="the odd cent to the first by name"),
    pytest.param(100, "equal", [("a", None, 10), ("b", None, 100), ("c", None, 100)], [10, 45, 45], id="shared again"),
    pytest.param(101, "equal", [("a", None, 10), ("b", None, 20), ("c", None, 30)], [10, 20, 30], id="more than owed"),
    pytest.param(10, "pro_rata", [("a", None, 10), ("b", None, 20)], [3, 7], id="to the larger remainder"),
    pytest.param(0, "pro_rata", [("a", None, 0)], [0], id="nothing of nothing"),
    pytest.param(25, "rank", [("a", 2, 20), ("b", 1, 20), ("c", 2, 20)], [5, 20, 0], id="by rank, equals by name"),
])  # fmt: skip
def test_shares(amount, method, claims, expected):
    assert shares(amount, method, *claims) == expected


def facts(**changed):
    return {
        "currency": "USD", "amount": "1.00", "classes": ["current"], "method": "equal",
        "creditors": [{"creditor": "A", "claims": [{"class": "current", "amount": "2.00"}]}],
    } | changed  # fmt: skip


@pytest.mark.parametrize(("changed", "field"), [
    ({"method": "luck"}, "/method"),
    ({"classes": ["current", "current"]}, "/classes"),
    ({"creditors": []}, "/creditors"),
    ({"creditors": facts()["creditors"] * 2}, "/creditors"),
    ({"method": "rank"}, "/creditors/0/rank"),
    ({"creditors": [{"creditor": "A", "claims": [{"class": "old", "amount": "2.00"}]}]}, "/creditors/0/claims/0/class"),
    ({"creditors": [{"creditor": "A", "claims": [{"class": "current", "amount": 2}]}]}, "/creditors/0/claims/0/amount"),
    ({"amount": "1.001"}, "/amount"),
])  # fmt: skip
def test_what_is_wrong_is_named(changed, field):
    with pytest.raises(Problem) as refused:
        distribution_facts.evaluate(facts(**changed))
    assert refused.value.errors[0].pointer == field


creditors = st.lists(st.tuples(st.integers(1, 4), st.integers(0, 1000), st.sampled_from(["new", "old"])), min_size=1,
                     max_size=6)  # fmt: skip


@given(creditors, st.integers(0, 4000), st.sampled_from(sorted(METHODS)))
def test_shares_add_up_and_nobody_gets_more_than_the_claim(drawn, amount, method):
    claims = tuple(Claim(f"c{index}", rank, name, wanted) for index, (rank, wanted, name) in enumerate(drawn))
    found = distribute(amount, ("new", "old"), method, claims)
    assert sum(share.amount_minor for share in found) == min(amount, sum(claim.amount_minor for claim in claims))
    assert all(0 <= share.amount_minor <= share.claim.amount_minor for share in found)
    old = [share for share in found if share.claim.class_name == "old"]
    new = [share for share in found if share.claim.class_name == "new"]
    assert not any(share.amount_minor for share in old) or all(
        share.amount_minor == share.claim.amount_minor for share in new
    )
    turned = distribute(amount, ("new", "old"), method, claims[::-1])
    assert {share.claim: share.amount_minor for share in turned} == {share.claim: share.amount_minor for share in found}
