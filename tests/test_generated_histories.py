"""The generator of bank histories: the same seed gives the same, the books add up, the truth can be seen in them."""

import itertools
import json
from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from tests.support.histories import PATTERNS, SHARES, WITHOUT_INCOME, as_document, generate, one

SEED = 7


@pytest.fixture(scope="module")
def histories():
    return list(generate(100, SEED))


def received(history: dict) -> list[dict]:
    """What the true payer paid into the true account."""
    truth = history["truth"]
    rows = next(a["transactions"] for a in history["accounts"] if a["account"] == truth["salary_account"])
    return [row for row in rows if row["counterparty"] in truth["payer_names"] and not row["amount"].startswith("-")]


def test_the_same_seed_gives_the_same_histories(histories):
    assert json.dumps(histories[:20]) == json.dumps(list(generate(20, SEED)))
    assert histories[0] != next(generate(1, SEED + 1))


def test_every_hundred_holds_the_patterns_in_their_shares(histories):
    assert Counter(history["truth"]["pattern"] for history in histories) == SHARES
    assert sum(SHARES[pattern] for pattern in WITHOUT_INCOME) == 20


def test_running_balances_add_up_and_sequences_have_no_gap(histories):
    for history, account in ((h, a) for h in histories for a in h["accounts"]):
        rows = account["transactions"]
        running = itertools.accumulate(Decimal(row["amount"]) for row in rows)
        assert [Decimal(row["balance_after"]) for row in rows] == list(running)
        assert all(Decimal(row["balance_after"]) >= 0 for row in rows)
        assert [row["sequence"] for row in rows] == list(range(1, len(rows) + 1))
        dates = [row["date"] for row in rows]
        assert dates == sorted(dates) and all(history["from"] <= day <= history["to"] for day in dates)


def test_periods_are_of_twelve_to_thirty_six_months(histories):
    spans = [date.fromisoformat(h["to"]) - date.fromisoformat(h["from"]) for h in histories]
    assert all(330 <= span.days <= 1100 for span in spans)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_the_truth_stands_in_the_history(pattern):
    history = as_document(one(pattern, "a"))
    truth = history["truth"]
    if pattern in WITHOUT_INCOME:
        assert (truth["salary_account"], truth["payer"], truth["paydays"]) == (None, None, [])
    else:
        assert truth["payer"] in truth["payer_names"]
        assert len(received(history)) >= 4


def test_paydays_are_kept_or_moved_by_few_days(histories):
    pensions = [h for h in histories if h["truth"]["pattern"] == "pension"]
    paid = [(date.fromisoformat(row["date"]), h["truth"]["paydays"][0]) for h in pensions for row in received(h)]
    assert len(paid) > 100
    assert max(abs(paid_on.day - payday) for paid_on, payday in paid) <= 10


def test_own_transfers_name_the_other_account(histories):
    numbers = [{account["account"] for account in history["accounts"]} for history in histories]
    moved = [
        row
        for history, own in zip(histories, numbers, strict=True)
        for account in history["accounts"]
        for row in account["transactions"]
        if row["counterparty_account"] in own
    ]
    assert len(moved) > 200
    assert sum(Decimal(row["amount"]) for row in moved) == 0
