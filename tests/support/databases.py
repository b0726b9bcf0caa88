"""A database that several tests share, where making one for each would take longer than the tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ENGINES = ("sqlite", "postgres")


@contextmanager
def shared_database(request: pytest.FixtureRequest, engine: str, folder: Path) -> Iterator[str]:
    """The URL of a fresh, migrated database on one of ENGINES, for as long as the block lasts."""
    if engine == "sqlite":
        yield request.getfixturevalue("sqlite_files").new_database(folder)
        return
    cluster = request.getfixturevalue("postgres_cluster")
    url = cluster.new_database()
    yield url
    cluster.drop(url)
