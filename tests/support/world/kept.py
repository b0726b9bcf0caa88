"""One world for each engine and test process, emptied before each test: building one takes longer than most tests.

The application, its engine and its compiled statements stay; the database is as after its migrations, the clock as at
the beginning, and no bank of an earlier test is left.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, make_url

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
        shutil.copyfile(self._empty, self._file)


class PostgresDatabase:
    """A database whose guards its owner can lift for the moment."""

    def __init__(self, url: str) -> None:
        tables = [table.name for table in metadata.sorted_tables]
        self._statements = [
            *(f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in tables),
            *(f"DELETE FROM {table}" for table in reversed(tables)),
            *(f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in tables),
        ]

    def empty(self, engine: Engine) -> None:
        with engine.begin() as connection:
            connection.connection.driver_connection.execute(";".join(self._statements), prepare=False)


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
