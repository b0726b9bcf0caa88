"""However much there is to look after, an administrator's page asks the database the same number of times."""

import pytest

from livefreeze.flows import sessions, staff
from tests.support.counting import counted, questions
from tests.support.world.administrator import Administrator
from tests.support.world.clicks import Clicks
from tests.support.world.numbers import unique

QUERIES_MAX = 16
LISTS = ("", "courts", "banks", "users", "messages", "messages?state=dead", "proposals", "proposals?show=done")


@pytest.fixture
def operator(world):
    return Administrator()


def everything_grows(world, operator, court, bank) -> None:
    """Courts, users, messages given up with others behind them, proposals that wait and that are decided."""
    for _ in range(3):
        debtor = court.names()
        account = court.finds_account(debtor, bank)
        court.amends(court.serves(court.opens_case(debtor), debtor, [account]), "50000.00")
        staff.add(unique("clerk"), role="clerk", court_code=court.code, actor="operator")
        operator.asks("court.add", code=unique("court"), name="另一法院")
        operator.withdraws(operator.asks("court.add", code=unique("court"), name="另一法院"))
    bank.mailbox.status = 503
    world.delivers(attempts_max=1)


def test_pages_ask_as_often_for_much_as_for_little(world, operator):
    court, bank = world.court(), world.bank()
    visitor = Clicks(world, sessions.open_for_staff(operator.principal.staff_id, agent="t"))
    everything_grows(world, operator, court, bank)
    addresses = [f"/operator/{path}" for path in (*LISTS, f"banks/{bank.code}")]

    def asked() -> dict[str, int]:
        counts = {}
        for address in addresses:
            with counted() as statements:
                assert visitor.opens(address).status_code == 200
            counts[address] = questions(statements)
        return counts

    before = asked()
    world.bank(), world.court()
    everything_grows(world, operator, court, bank)
    assert asked() == before
    assert max(before.values()) <= QUERIES_MAX
