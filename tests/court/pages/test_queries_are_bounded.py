"""However much there is to show, a page asks the database the same number of times."""

import pytest

from tests.court.world import freeze
from tests.support.counting import counted, questions

QUERIES_MAX = 20


def asks(visitor, address: str) -> int:
    with counted() as statements:
        assert visitor.opens(address).status == 200
    return questions(statements)


@pytest.fixture(scope="module")
def frozen(court, bank):
    court.registers_fund()
    return freeze(court, bank)


def more_of_everything(court, bank, frozen) -> None:
    for _ in range(4):
        account = court.registers_account(frozen.debtor)
        prepared = court.prepares_order(court.opens_case(frozen.debtor), frozen.debtor, account)
        court.clerk.post(f"/proposals/{prepared['proposal']['id']}/withdraw")
    for _ in range(4):
        other = freeze(court, bank)
        preview = court.finance.get(f"/cases/{other.case}/sweep")["preview"]
        court.finance.post(f"/cases/{other.case}/sweeps", preview=preview)
        court.clerk.post(f"/orders/{other.order}/release", reason="和解")


ADDRESSES = (
    "/court/proposals", "/court/proposals?show=done", "/court/case-fund", "/court/cases/{case}/sweep",
    "/court/cases/{case}/sweeps", "/court/orders/new/{debtor}", "/court/orders/new/{debtor}/{case}",
    "/court/orders/{order}/amend", "/court/orders/{order}/amend?quota=4000.00", "/court/orders/{order}/release",
)


def test_more_to_show_asks_no_more_often(court, bank, frozen, desk):
    things = {"case": frozen.case, "order": frozen.order, "debtor": frozen.debtor}
    addresses = [address.format(**things) for address in ADDRESSES]
    for address in addresses:  # what is kept by the process is read once
        asks(desk.clerk, address)
    before = {address: asks(desk.clerk, address) for address in addresses}
    more_of_everything(court, bank, frozen)
    after = {address: asks(desk.clerk, address) for address in addresses}
    assert after == before
    assert {address: count for address, count in after.items() if count > QUERIES_MAX} == {}
