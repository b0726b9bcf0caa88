"""The demo's clock: moved forward only, and not there at all where it must not be."""

from datetime import UTC, datetime

import pytest

from livefreeze import app as web_process
from livefreeze.base import clock, master_keys
from livefreeze.settings import Settings

LATER = "2031-01-01T00:00:00+00:00"


@pytest.fixture
def settings(tmp_path, sqlite_url):
    master_keys.create(tmp_path / "keys.json")
    yield {"database_url": sqlite_url, "master_key_file": tmp_path / "keys.json"}
    clock.set_clock_file(None)


@pytest.fixture
def client(settings, tmp_path):
    """A service in development, whose clock stands at the beginning of 2030."""
    clock.write_clock_file(tmp_path / "clock", datetime(2030, 6, 1, tzinfo=UTC))
    made = web_process.create_app(Settings(environment="development", clock_file=tmp_path / "clock", **settings))
    return made.test_client()


def test_it_shows_the_time_and_that_nothing_is_left_to_do(client):
    shown = client.get("/demo/clock").json
    assert shown["now"].startswith("2030-06-01T00:0")
    assert shown["left"] == {"sweeps": 0, "queries": 0, "messages": 0}


def test_it_moves_forward(client):
    assert client.put("/demo/clock", json={"now": LATER}).json["now"].startswith("2031-01-01T00:0")
    assert clock.now().year == 2031


@pytest.mark.parametrize("now", ["2030-05-31T23:59:00+00:00", "2032-06-01T00:00:00+00:00"])
def test_it_moves_neither_back_nor_years_ahead(client, now):
    answer = client.put("/demo/clock", json={"now": now})
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "/now")
    assert clock.now().year == 2030


@pytest.mark.parametrize(
    "where",
    [
        pytest.param({"environment": "production", "public_url": "https://freeze.court"}, id="production"),
        pytest.param({"environment": "development"}, id="no clock file"),
    ],
)
def test_it_is_not_there(settings, where):
    client = web_process.create_app(Settings(**where, **settings)).test_client()
    assert client.get("/demo/clock").status_code == 404
    assert client.put("/demo/clock", json={"now": LATER}).status_code == 404
