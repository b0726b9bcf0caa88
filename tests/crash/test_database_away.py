"""While the database is away nothing is decided, and whoever asks is told to ask again."""

import pytest

from bank_adapters.contract import dumps
from livefreeze.demo.postgres import PostgresServer
from livefreeze.store import engine as store_engine
from tests.support.world import World, unique


@pytest.fixture
def server():
    with PostgresServer() as started:
        yield started


@pytest.fixture
def world(server, tmp_path):
    store_engine.upgrade(server.url())
    opened = World(server.url(), tmp_path)
    yield opened
    opened.close()


def test_a_withdrawal_asked_while_the_database_is_away_is_decided_once_it_is_back(world, server):
    frozen = world.freezes()
    bank, body, message_id = frozen.bank, dumps(frozen.bank.asks_for(frozen.account, "100.00")), unique("msg")
    server.kill()
    refused = bank.throws("/withdrawals", body, bank.signed(body, message_id=message_id))
    assert (refused.status, refused.document["code"]) == (503, "NOT_DECIDED")
    assert refused.headers["Retry-After"]
    server.start()
    decided = bank.sends("/withdrawals", body, message_id=message_id)
    assert (decided.status, decided.document["decision"]) == (200, "approved")
    assert world.books.account(frozen.account.id).held == 100_00


def test_readers_are_told_to_come_again(world, server):
    frozen = world.freezes()
    server.kill()
    response = world.client.get("/court/v1/alerts", headers={"Authorization": f"Bearer {frozen.court.tokens['judge']}"})
    assert (response.status_code, response.json["code"]) == (503, "NOT_DECIDED")
