"""Two people at the same moment: one of them is told so, and nothing is done twice."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from sqlalchemy import func, select

from livefreeze.flows import transaction
from livefreeze.store import tables as t
from tests.court.world import freeze, new_id_number

AT_ONCE = 6


def at_once(act: Callable[[int], object]) -> list:
    """What each of several threads got, all started by one signal."""
    start, results = Barrier(AT_ONCE), [None] * AT_ONCE

    def run(number: int) -> None:
        start.wait()
        results[number] = act(number)

    threads = [Thread(target=run, args=(number,)) for number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def statuses(results: list) -> list[int]:
    return sorted(answer.status_code for answer in results)


def test_one_debtor_is_registered_once(court):
    body = {"name": "赵钱孙", "id_number": new_id_number()}
    results = at_once(lambda _: court.clerk.asks("POST", "/debtors", json=body))
    assert statuses(results) == [200] * (AT_ONCE - 1) + [201]
    assert len({answer.json["id"] for answer in results}) == 1


def test_one_account_is_registered_once_in_one_pool(court, bank):
    debtor = court.registers_debtor()
    bodies = [court.account_body(debtor) for _ in range(2)]
    results = at_once(lambda number: court.clerk.asks("POST", "/accounts", json=bodies[number % 2]))
    assert statuses(results) == [200] * (AT_ONCE - 2) + [201] * 2
    with transaction.reading() as connection:
        pools = select(func.count()).select_from(t.pool).where(t.pool.c.debtor_id == debtor)
        assert connection.scalar(pools) == 1


def test_one_allowance_account_is_named_however_many_ask(court, bank):
    debtor = court.registers_debtor()
    bodies = [court.account_body(debtor, allowance_account=True) for _ in range(AT_ONCE)]
    results = at_once(lambda number: court.clerk.asks("POST", "/accounts", json=bodies[number]))
    assert statuses(results) == [201] + [409] * (AT_ONCE - 1)


def test_a_proposal_is_approved_once(court, bank):
    debtor = court.registers_debtor()
    account = court.registers_account(debtor)
    proposal = court.prepares_order(court.opens_case(debtor), debtor, account)["proposal"]
    judges = [court.judge, court.presiding]
    path, body = f"/proposals/{proposal['id']}/approve", {"digest": proposal["digest"]}
    results = at_once(lambda number: judges[number % 2].asks("POST", path, json=body))
    assert statuses(results) == [200] + [409] * (AT_ONCE - 1)
    with transaction.reading() as connection:
        messages = select(func.count()).select_from(t.outbound_message).where(t.outbound_message.c.lane == account)
        assert connection.scalar(messages) == 1


def test_an_approval_and_a_change_at_once_never_approve_what_was_not_read(court, bank):
    debtor = court.registers_debtor()
    prepared = court.prepares_order(court.opens_case(debtor), debtor, court.registers_account(debtor))
    path = f"/proposals/{prepared['proposal']['id']}"
    document = court.clerk.get(path)["document"]

    def act(number: int):
        if number % 2:
            return court.judge.asks("POST", f"{path}/approve", json={"digest": prepared["proposal"]["digest"]})
        changed = document | {"notice_number": f"{document['notice_number']}-{number}"}
        return court.clerk.asks("PUT", path, json={"document": changed})

    at_once(act)
    proposal = court.clerk.get(path)
    is_approved = proposal["status"] == "approved"
    assert (proposal["digest"] == prepared["proposal"]["digest"]) == is_approved
    assert court.clerk.get(f"/orders/{prepared['order']}")["notice_number"] == proposal["document"]["notice_number"]


def test_one_of_two_clicks_sends_the_money(court, bank):
    court.registers_fund()
    frozen = freeze(court, bank)
    preview = court.finance.get(f"/cases/{frozen.case}/sweep")["preview"]
    path = f"/cases/{frozen.case}/sweeps"
    results = at_once(lambda _: court.finance.asks("POST", path, json={"preview": preview}))
    assert statuses(results) == [201] + [409] * (AT_ONCE - 1)
    assert court.auditor.get(f"/accounts/{frozen.account}")["in_transit"] == "5500.00"


@pytest.mark.parametrize("quota", ["40000.00", "5500.00"])
def test_amendments_releases_and_movements_at_once_end_in_one_story(court, bank, quota):
    """Locks are taken in one order by all: nobody waits for ever, nobody gets an internal error."""
    court.registers_fund()
    frozen = freeze(court, bank)
    preview = court.finance.get(f"/cases/{frozen.case}/sweep")["preview"]
    amend = court.clerk.post(f"/orders/{frozen.order}/amend", quota=quota)
    release = court.clerk.post(f"/orders/{frozen.order}/release", reason="解除")
    acts = [
        lambda: court.judge.asks("POST", f"/proposals/{amend['id']}/approve", json={"digest": amend["digest"]}),
        lambda: court.presiding.asks("POST", f"/proposals/{release['id']}/approve", json={"digest": release["digest"]}),
        lambda: court.finance.asks("POST", f"/cases/{frozen.case}/sweeps", json={"preview": preview}),
        lambda: bank.asks(frozen.number, f"T-{quota}", "1000.00"),
        lambda: court.auditor.asks("GET", f"/accounts/{frozen.account}/position"),
        lambda: court.auditor.asks("GET", f"/cases/{frozen.case}"),
    ]
    results = at_once(lambda number: acts[number]())
    assert max(statuses(results)) < 500
    assert court.auditor.get(f"/orders/{frozen.order}")["status"] == "released"
