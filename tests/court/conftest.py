"""The real application over its test client, on each engine; a court, another court, and a bank."""

from collections.abc import Iterator

import pytest

from livefreeze import app as web_process
from livefreeze.base import master_keys
from livefreeze.flows import transaction
from livefreeze.settings import Settings
from tests.court.world import CourtHouse, SigningBank, new_bank, new_court


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def shared_database_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A database for all tests of a file on each engine: hiring a court for every test would cost most of the time."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_files").new_database(tmp_path_factory.mktemp("court"))
    else:
        cluster = request.getfixturevalue("postgres_cluster")
        url = cluster.new_database()
        yield url
        cluster.drop(url)


@pytest.fixture(scope="module")
def app(shared_database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    key_file = tmp_path_factory.mktemp("keys") / "keys.json"
    master_keys.create(key_file)
    settings = Settings(environment="development", database_url=shared_database_url, master_key_file=key_file)
    yield web_process.create_app(settings)
    transaction.engine().dispose()


@pytest.fixture(scope="module")
def client(app):
    return app.test_client()


@pytest.fixture(scope="module")
def court(client) -> CourtHouse:
    return new_court(client, "yuyao")


@pytest.fixture(scope="module")
def other_court(client) -> CourtHouse:
    return new_court(client, "cixi")


@pytest.fixture(scope="module")
def bank(client) -> SigningBank:
    return new_bank(client, "icbc")


@pytest.fixture(scope="module")
def other_bank(client) -> SigningBank:
    return new_bank(client, "ccb")
