"""Service, worker, banks and database are killed under load, and nothing is lost or doubled (docs/architecture.md).

`make faults` kills more often: LIVEFREEZE_FAULTS says how many times on each engine. A run that failed is played
again with its seed in LIVEFREEZE_FAULTS_SEED; which requests meet the kill differs all the same.
"""

import os
import random
from pathlib import Path

import pytest

from livefreeze.demo.postgres import PostgresServer
from tests.crash import town
from tests.crash.databases import Postgres, ServiceDatabase, SqliteFile
from tests.crash.killer import Killer

FAULTS = os.environ.get("LIVEFREEZE_FAULTS")
DIFFERENCES_SHOWN = 50
SEED = int(os.environ.get("LIVEFREEZE_FAULTS_SEED") or random.randrange(1_000_000))


@pytest.fixture
def seed() -> int:
    print(f"LIVEFREEZE_FAULTS_SEED={SEED}")  # pytest shows it with a failure
    return SEED


@pytest.mark.slow
def test_killed_on_postgres(tmp_path, seed):
    with PostgresServer() as server:  # with fsync, as in production
        kill_and_count(Postgres(server), tmp_path, seed, kills=int(FAULTS or 20))


@pytest.mark.slow
def test_killed_on_sqlite(tmp_path, seed):
    kill_and_count(SqliteFile(f"sqlite:///{tmp_path / 'livefreeze.db'}"), tmp_path, seed, kills=int(FAULTS or 10))


def kill_and_count(database: ServiceDatabase, folder: Path, seed: int, *, kills: int) -> None:
    with town.running(database, folder) as busy:
        killer = Killer(busy, seed)
        differences = killer.run(kills)
    if differences:
        told = [f"seed {seed}, killed {dict(killer.killed)}, {len(differences)} differences; logs and books: {folder}"]
        pytest.fail("\n".join(told + differences[:DIFFERENCES_SHOWN]), pytrace=False)
