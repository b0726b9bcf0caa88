"""Settings: good ones load, and each mistake stops the start with a sentence that says how to mend it."""

from pathlib import Path

import pytest

from livefreeze import settings
from livefreeze.settings import SettingsInvalid

GOOD = {
    "LIVEFREEZE_ENVIRONMENT": "production",
    "LIVEFREEZE_PUBLIC_URL": "https://freeze.court",
    "LIVEFREEZE_DATABASE_URL": "postgresql://freeze:secret@db/freeze",
    "LIVEFREEZE_MASTER_KEY_FILE": "/etc/livefreeze/keys.json",
}
DEVELOPMENT = {"LIVEFREEZE_ENVIRONMENT": "development"}


def mistakes(environ):
    with pytest.raises(SettingsInvalid) as caught:
        settings.load(environ)
    return caught.value.mistakes


def test_good_settings_load():
    assert settings.load(GOOD) == settings.Settings(
        environment="production",
        public_url="https://freeze.court",
        database_url="postgresql://freeze:secret@db/freeze",
        master_key_file=Path("/etc/livefreeze/keys.json"),
    )


def test_development_needs_nothing_more():
    assert settings.load(DEVELOPMENT) == settings.Settings(environment="development")


def test_development_may_move_the_clock():
    assert settings.load(DEVELOPMENT | {"LIVEFREEZE_CLOCK_FILE": "clock"}).clock_file == Path("clock")


def test_a_count_is_read_as_a_number():
    assert settings.load(GOOD | {"LIVEFREEZE_DELIVERY_ATTEMPTS_MAX": "12"}).delivery_attempts_max == 12


def test_what_is_not_ours_is_not_looked_at():
    others = {"PATH": "/bin", "LIVEFREEZE_TEST_DATABASE_URL": "postgresql://x", "LIVEFREEZE_FAULTS": "200"}
    assert settings.load(DEVELOPMENT | others) == settings.load(DEVELOPMENT)


def test_settings_do_not_show_the_databases_password():
    assert "secret" not in repr(settings.load(GOOD))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        pytest.param({"LIVEFREEZE_DATABASE": "x"}, "is LIVEFREEZE_DATABASE_URL meant?", id="unknown name"),
        pytest.param({"LIVEFREEZE_ENVIRONMENT": "prod"}, "development or production", id="environment"),
        pytest.param({"LIVEFREEZE_DATABASE_URL": "mysql://x"}, "sqlite:///", id="other database"),
        pytest.param({"LIVEFREEZE_DATABASE_URL": "postgres://x"}, "postgresql://", id="old name of PostgreSQL"),
        pytest.param({"LIVEFREEZE_DATABASE_URL": "sqlite:///:memory:"}, "name a file", id="database in memory"),
        pytest.param({"LIVEFREEZE_PUBLIC_URL": "http://freeze.court"}, "https", id="plain http in production"),
        pytest.param({"LIVEFREEZE_PUBLIC_URL": "freeze.court"}, "such as https://", id="no scheme"),
        pytest.param({"LIVEFREEZE_PUBLIC_URL": "https://freeze.court:x"}, "such as https://", id="port"),
        pytest.param({"LIVEFREEZE_PUBLIC_URL": "https://freeze.court/"}, "no slash", id="path"),
        pytest.param({"LIVEFREEZE_PUBLIC_URL": "https://me@freeze.court"}, "no slash, path or user", id="user"),
        pytest.param({"LIVEFREEZE_CLOCK_FILE": "clock"}, "unset it", id="movable clock in production"),
        pytest.param({"LIVEFREEZE_DELIVERY_ATTEMPTS_MAX": "many"}, "whole number", id="count"),
        pytest.param({"LIVEFREEZE_DELIVERY_ATTEMPTS_MAX": "0"}, "whole number", id="no attempt at all"),
        pytest.param({"LIVEFREEZE_DEMO_BAR": "true"}, "everybody move the clock", id="demo bar in production"),
        pytest.param({"LIVEFREEZE_DEMO_BAR": "please"}, "true or false", id="flag"),
        pytest.param({"LIVEFREEZE_WAIT_FOR_DISK": "false"}, "may lose what was", id="commits that may be lost"),
        pytest.param({"LIVEFREEZE_SETTINGS": "/no/such/file"}, "cannot be read", id="missing file"),
    ],
)
def test_a_mistake_says_how_to_mend_it(changed, said):
    (sentence,) = mistakes(GOOD | changed)
    assert said in sentence


def test_whoever_forgets_the_environment_is_treated_as_production():
    (sentence,) = mistakes({})
    assert "LIVEFREEZE_PUBLIC_URL" in sentence and "LIVEFREEZE_ENVIRONMENT=development" in sentence


def test_all_mistakes_are_said_at_once():
    assert len(mistakes({"LIVEFREEZE_ENVIRONMENT": "x", "LIVEFREEZE_DATABASE_URL": "y", "LIVEFREEZE_Z": "z"})) == 4


def test_a_file_gives_settings_and_the_environment_wins(tmp_path):
    file = tmp_path / "settings"
    file.write_text(
        "# of our court\n\nLIVEFREEZE_PUBLIC_URL = https://freeze.court\nLIVEFREEZE_DATABASE_URL=postgresql://a=b\n"
    )
    loaded = settings.load({"LIVEFREEZE_SETTINGS": str(file), "LIVEFREEZE_DATABASE_URL": "sqlite:///x.db"})
    assert (loaded.public_url, loaded.database_url) == ("https://freeze.court", "sqlite:///x.db")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("LIVEFREEZE_PUBLIC_URL", "line 1"),
        ("PUBLIC_URL=https://x", "line 1"),
        ("LIVEFREEZE_PUBLIC_URL=https://a\nLIVEFREEZE_PUBLIC_URL=https://b", "line 2"),
        ("LIVEFREEZE_PUBLIK_URL=https://x", "is LIVEFREEZE_PUBLIC_URL meant?"),
    ],
)
def test_a_mistake_in_the_file_is_named(tmp_path, text, said):
    file = tmp_path / "settings"
    file.write_text(text)
    (sentence,) = mistakes(GOOD | {"LIVEFREEZE_SETTINGS": str(file)})
    assert said in sentence
