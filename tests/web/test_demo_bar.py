"""The demonstration's bar: it moves the clock to what comes next, and is nowhere but in a demonstration."""

import re
from datetime import UTC, datetime

import pytest

from livefreeze import app as web_process
from livefreeze.base import clock, master_keys
from livefreeze.settings import Settings
from tests.support.world import World

PRODUCTION = {"environment": "production", "public_url": "https://freeze.court"}


@pytest.fixture(autouse=True)
def hurry(monkeypatch):
    """No banks and no worker run here, so nobody waits for them."""
    monkeypatch.setattr("livefreeze.web.demo.steps.BANKS_LOOK_S", 0)
    monkeypatch.setattr("livefreeze.web.demo.steps.CAUGHT_UP_S_MAX", 0.3)


@pytest.fixture
def frozen(database_url, tmp_path):
    """An account whose salary came on 10 March, in a world that stands at that morning; the sweep is on the 12th."""
    world = World(database_url, tmp_path)
    yield world.freezes(), world, tmp_path, database_url
    world.close()


@pytest.fixture
def client(frozen):
    """A browser on pages with the bar, over the same database."""
    _, world, folder, database_url = frozen
    settings = Settings(environment="development", database_url=database_url, clock_file=world.clock.file,
                        master_key_file=folder / "master-keys.json", demo_bar=True)
    return web_process.create_app(settings).test_client()


def moves(client, to: str, back: str = "/components"):
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/").text)[1]
    return client.post("/demo/move", data={"to": to, "back": back, "csrf_token": token})


@pytest.mark.parametrize(
    ("to", "then"),
    [
        ("day", "2026-03-11T09:00+08:00"),
        ("payday", "2026-04-10T09:05+08:00"),
        ("sweep", "2026-03-12T09:00+08:00"),
        ("period", "2026-04-10T00:01+08:00"),
    ],
)
def test_it_goes_to_what_comes_next_and_back_to_the_page(client, to, then):
    answer = moves(client, to)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/components")
    assert 0 <= (clock.now() - datetime.fromisoformat(then)).total_seconds() < 120


def test_what_is_quiet_for_months_has_a_next_period_too(client, frozen):
    frozen[1].clock.moves_to("2026-06-20T12:00:00+08:00")
    moves(client, "period")
    assert 0 <= (clock.now() - datetime.fromisoformat("2026-07-10T00:01+08:00")).total_seconds() < 120


def test_without_any_freeze_nothing_is_to_come(sqlite_url, tmp_path):
    master_keys.create(tmp_path / "keys.json")
    clock.write_clock_file(tmp_path / "clock", datetime(2026, 3, 9, tzinfo=UTC))
    client = web_process.create_app(Settings(
        environment="development", database_url=sqlite_url, clock_file=tmp_path / "clock", demo_bar=True,
        master_key_file=tmp_path / "keys.json",
    )).test_client()  # fmt: skip
    before = clock.now()
    assert [moves(client, to).status_code for to in ("payday", "sweep", "period")] == [303] * 3
    assert (clock.now() - before).total_seconds() < 60
    clock.set_clock_file(None)


def test_it_stands_on_every_page_and_says_what_time_it_is(client):
    text = client.get("/components").text
    assert 'class="demo-bar"' in text and "2026" in text.split("demo-now")[1][:200]


def test_it_leads_to_no_other_site(client):
    assert moves(client, "day", back="https://evil.example/").headers["Location"] == "/"


@pytest.mark.parametrize("data", [{"to": "day"}, {"to": "day", "csrf_token": "x"}])
def test_another_site_s_form_moves_nothing(client, data):
    before = clock.now()
    assert client.post("/demo/move", data=data).status_code >= 400
    assert (clock.now() - before).total_seconds() < 60


def test_a_step_that_is_none_is_not_found(client):
    assert moves(client, "century").status_code == 404


@pytest.mark.parametrize("where", [PRODUCTION, {"environment": "development"}], ids=["production", "no clock file"])
def test_it_is_nowhere_else(sqlite_url, tmp_path, where):
    master_keys.create(tmp_path / "keys.json")
    settings = Settings(**where, database_url=sqlite_url, master_key_file=tmp_path / "keys.json", demo_bar=True)
    client = web_process.create_app(settings).test_client()
    assert "demo-bar" not in client.get("/").text
    assert client.post("/demo/move", data={"to": "day"}).status_code == 404
