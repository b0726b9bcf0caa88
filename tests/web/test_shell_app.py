"""Starting the web process: settings, keys and database, and what it says of its health."""

import pytest

from livefreeze import app as web_process
from livefreeze.base import clock, crypto, master_keys
from livefreeze.flows import transaction
from livefreeze.settings import Settings, SettingsInvalid


@pytest.fixture
def settings(tmp_path, sqlite_url):
    master_keys.create(tmp_path / "keys.json")
    yield Settings(environment="development", database_url=sqlite_url, master_key_file=tmp_path / "keys.json")
    clock.set_clock_file(None)


def test_a_started_process_is_alive_and_ready(settings):
    client = web_process.create_app(settings).test_client()
    assert client.get("/health").json == {"status": "alive"}
    assert client.get("/ready").json == {"status": "ready"}


def test_flows_work_on_the_settings_database_vault_and_clock(settings, tmp_path):
    (tmp_path / "clock").write_text("3600")
    moved = Settings(
        **{name: getattr(settings, name) for name in Settings.__slots__} | {"clock_file": tmp_path / "clock"}
    )
    web_process.create_app(moved)
    assert str(transaction.engine().url) == settings.database_url
    assert clock.offset().total_seconds() == 3600
    assert crypto.vault().decrypt_text(crypto.vault().encrypt("x", table="t", column="c", row="r"),
                                       table="t", column="c", row="r") == "x"  # fmt: skip


def test_a_database_that_is_not_there_leaves_it_alive_but_not_ready(settings, tmp_path):
    lost = Settings(
        environment="development",
        database_url=f"sqlite:///{tmp_path / 'no' / 'such.db'}",
        master_key_file=settings.master_key_file,
    )
    client = web_process.create_app(lost).test_client()
    assert client.get("/health").status_code == 200
    answer = client.get("/ready")
    assert (answer.status_code, answer.json["code"], answer.headers["Retry-After"]) == (503, "NOT_READY", "5")


def test_an_empty_database_is_not_ready(settings, empty_database_url):
    empty = Settings(
        environment="development", database_url=empty_database_url, master_key_file=settings.master_key_file
    )
    assert web_process.create_app(empty).test_client().get("/ready").status_code == 503


def test_without_settings_it_reads_the_environment_and_says_what_is_wrong(monkeypatch):
    monkeypatch.setenv("LIVEFREEZE_ENVIRONMENT", "nowhere")
    with pytest.raises(SettingsInvalid, match="LIVEFREEZE_ENVIRONMENT"):
        web_process.create_app()


def test_without_master_keys_it_does_not_start(settings, tmp_path):
    keyless = Settings(
        environment="development", database_url=settings.database_url, master_key_file=tmp_path / "none.json"
    )
    with pytest.raises(master_keys.MasterKeysInvalid, match="livefreeze init"):
        web_process.create_app(keyless)
