"""Twenty thousand bookings in parts: all are kept, pages take a bounded number of queries, deletion takes them all."""

import json
from datetime import date, timedelta

from tests.support.counting import counted, questions
from tests.support.world.inquiry import ACCOUNT, Asked, history

LINES, A_PART = 20_000, 5_000


def bookings(first: int, count: int) -> list[dict]:
    return [
        {"date": str(date(2025, 3, 9) + timedelta(days=number * 360 // LINES)), "amount": "1.00", "sequence": number,
         "balance_after": f"{number}.00", "counterparty": f"甲{number}", "text": "收款"}
        for number in range(first, first + count)
    ]


def test_a_large_answer(world):
    asked = Asked(world)
    parts = LINES // A_PART
    for part in range(parts):
        accounts = [ACCOUNT] if part == 0 else None
        told = asked.answers(part=part + 1, parts=parts, accounts=accounts,
                             histories=history(*bookings(part * A_PART + 1, A_PART)))
        assert told.outcome == "applied"
    (account,) = asked.court.looks_at(asked.id)
    assert (account["lines"], asked.status) == (LINES, "answered")
    path = f"/inquiries/{asked.id}/accounts/{account['id']}/transactions?limit=200"
    last = world.books.rows("inquiry_answer")[-1].id
    with counted() as statements:
        page = asked.court.gets("clerk", f"{path}&after=19800:{last}:4799")
    assert [each["sequence"] for each in page["transactions"]] == list(range(19_801, 20_001))
    assert page["next"] is None and not any(each["flags"] for each in page["transactions"])
    assert questions(statements) <= 12
    assert json.dumps(page, ensure_ascii=False).count("甲") == 200
    world.clock.passes(days=181)
    world.ticks()
    assert world.books.rows("inquiry_transaction") == world.books.rows("inquiry_account") == []
