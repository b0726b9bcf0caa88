"""A fresh service on each engine, for the tests of what the flows do together."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.world import World

SWEEP_DAY = "2026-03-12T09:00:00+08:00"


@pytest.fixture
def world(database_url: str, tmp_path: Path) -> Iterator[World]:
    opened = World(database_url, tmp_path)
    yield opened
    opened.close()
