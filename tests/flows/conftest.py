"""A fresh service on each engine, for the tests of what the flows do together."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.world import World


@pytest.fixture
def world(database_url: str, tmp_path: Path) -> Iterator[World]:
    opened = World(database_url, tmp_path)
    yield opened
    opened.close()
