"""Fixtures for every room: a fresh database on each engine, made from a template that was migrated once."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from hypothesis import HealthCheck, settings

from livefreeze.base import passwords
from tests.support import postgres, sqlite

# A property is right or wrong, not slow; and the same submission must meet the same examples each time.
settings.register_profile("default", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("default"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")


passwords.use(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))  # here nobody guesses for real


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long begins first: else one process is left with it when the other has nothing to do any more."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def _migrate(url: str) -> None:
    from livefreeze.store import engine  # here, so that tests of pure rules do not load a database layer

    engine.upgrade(url)


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[postgres.Cluster]:
    """One PostgreSQL for each test process, started by the first test that needs it."""
    with postgres.running(_migrate) as cluster:
        yield cluster


@pytest.fixture(scope="session")
def sqlite_files(tmp_path_factory: pytest.TempPathFactory) -> sqlite.Files:
    return sqlite.Files(tmp_path_factory.mktemp("sqlite"), _migrate)


@pytest.fixture
def sqlite_url(sqlite_files: sqlite.Files, tmp_path: Path) -> str:
    """A fresh, migrated SQLite database."""
    return sqlite_files.new_database(tmp_path)


@pytest.fixture
def postgres_url(postgres_cluster: postgres.Cluster) -> Iterator[str]:
    """A fresh, migrated PostgreSQL database."""
    url = postgres_cluster.new_database()
    yield url
    postgres_cluster.drop(url)


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh, migrated database; the test runs once on each engine."""
    return request.getfixturevalue(f"{request.param}_url")


@pytest.fixture(params=["sqlite", "postgres"])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without any table, on each engine, for tests of the migrations."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
    else:
        cluster = request.getfixturevalue("postgres_cluster")
        url = cluster.new_empty_database()
        yield url
        cluster.drop(url)
