"""Lists come in pages, oldest first; the last entry seen names the next page."""

import pytest

from tests.court.world import freeze


def pages(person, path: str, name: str, **query: object) -> list[list[str]]:
    """The ids of each page, two entries at a time."""
    found, after = [], {}
    while True:
        page = person.get(path, limit=2, **query, **after)
        found.append([one["id"] for one in page[name]])
        if page["next"] is None:
            return found
        after = {"after": page["next"]}


@pytest.fixture(scope="module")
def five(court, bank) -> list:
    return [freeze(court, bank) for _ in range(5)]


@pytest.mark.parametrize("name", ["cases", "orders", "proposals"])
def test_a_list_is_read_page_by_page(court, five, name):
    found = pages(court.auditor, f"/{name}", name)
    ids = [one for page in found for one in page]
    assert [len(page) for page in found] == [2, 2, 1]
    assert ids == sorted(set(ids))


def test_a_list_in_one_page_has_no_next(court, five):
    assert court.auditor.get("/cases")["next"] is None


def test_proposals_of_one_status(court, five):
    assert len(court.auditor.get("/proposals", status="approved")["proposals"]) == 5
    assert court.auditor.get("/proposals", status="open")["proposals"] == []


def test_withdrawals_of_an_account(court, bank, five):
    frozen = five[0]
    for reference, amount in (("T-1", "100.00"), ("T-2", "99999.00"), ("T-3", "200.00")):
        answer = bank.asks(frozen.number, reference, amount)
        assert answer.status_code == 200, answer.get_data(as_text=True)
    listed = court.auditor.get("/withdrawals", account=frozen.account)["withdrawals"]
    assert [(one["reference"], one["status"], one["reason"], one["amount"]) for one in listed] == [
        ("T-1", "authorised", "WITHIN_LIMITS", "100.00"), ("T-2", "declined", "ALLOWANCE_EXHAUSTED", "99999.00"),
        ("T-3", "authorised", "WITHIN_LIMITS", "200.00"),
    ]
    assert [len(page) for page in pages(court.auditor, "/withdrawals", "withdrawals", account=frozen.account)] == [2, 1]


def test_alerts_show_what_a_bank_did_without_asking(court, bank, five):
    frozen = five[1]
    bank.reports("withdrawal.stand_in", account=frozen.number, amount="100.00", currency="CNY", channel="counter")
    alerts = court.auditor.get("/alerts")["alerts"]
    assert [one["account"] for one in alerts] == [frozen.account]
    assert court.auditor.get("/alerts", after=alerts[0]["id"])["alerts"] == []
