"""One world for each engine and test process, emptied before each test: building one takes longer than most tests.

The application, its engine and its compiled statements stay; the database is as after its migrations, the clock as at
the beginning, and no bank of an earlier test is left.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, make_url

from livefreeze.store.tables import metadata
from tests.support.databases import ENGINES, shared_database
from tests.support.world import World


class SqliteFile:
    """A database file, and a copy of it as it was."""

    def __init__(self, url: str) -> None:
        self._file = Path(make_url(url).database)
        self._empty = self._file.with_suffix(".empty")
        shutil.copyfile(self._file, self._empty)

    def empty(self, engine: Engine) -> None:
        engine.dispose()  # the last connection takes the write-ahead log with it
        # Who still has one from before keeps the old file: written over, the new one would mix with its log.
        for ending in ("", "-wal", "-shm"):
            self._file.with_name(self._file.name + ending).unlink(missing_ok=True)
        shutil.copyfile(self._empty, self._file)
        if not event.contains(engine, "connect", _wait_for_no_disk):
            event.listen(engine, "connect", _wait_for_no_disk)


def _wait_for_no_disk(connection, _) -> None:
    """As on PostgreSQL: nothing here outlives the process, and tests/crash has databases of its own."""
    connection.execute("PRAGMA synchronous=OFF")


class PostgresDatabase:
    """A database whose guards a superuser passes by, or its owner lifts for the moment, which takes thrice as long."""

    def __init__(self, url: str) -> None:
        self._tables = [table.name for table in reversed(metadata.sorted_tables)]

    def empty(self, engine: Engine) -> None:
        with engine.begin() as connection:
            driver = connection.connection.driver_connection
            (is_superuser,) = driver.execute("SHOW is_superuser").fetchone()
            driver.execute(";".join(self._passing_by() if is_superuser == "on" else self._lifting()), prepare=False)

    def _passing_by(self) -> list[str]:
        return ["SET LOCAL session_replication_role = replica", *(f"DELETE FROM {table}" for table in self._tables)]

    def _lifting(self) -> list[str]:
        return [
            *(f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in self._tables),
            *(f"DELETE FROM {table}" for table in self._tables),
            *(f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in self._tables),
        ]


KINDS = dict(zip(ENGINES, (SqliteFile, PostgresDatabase), strict=True))


@pytest.fixture(scope="session", params=ENGINES)
def kept_world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple]:
    folder = tmp_path_factory.mktemp("world")
    with shared_database(request, request.param, folder) as url:
        database = KINDS[request.param](url)
        world = World(url, folder)
        yield world, database
        world.close()


@pytest.fixture
def world(kept_world) -> Iterator[World]:
    """A service on each engine, with nothing in it."""
    kept, database = kept_world
    database.empty(kept.engine)
    kept.begins_anew()
    yield kept
    kept.ends()
