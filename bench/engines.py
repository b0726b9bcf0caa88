"""The service on each of its two engines, each beside its own reference."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import rounds, world
from bench.r5 import R5
from bench.rounds import Measured, Plan, Requests
from bench.service import Service, Shape
from livefreeze.app import open_process
from livefreeze.base import master_keys
from livefreeze.demo.postgres import PostgresServer
from livefreeze.settings import Settings
from livefreeze.store import engine as store_engine

# What a server with this much to do is given. fsync, synchronous_commit and full_page_writes stay on.
POSTGRES_SETTINGS = {
    "shared_buffers": "1GB", "max_wal_size": "8GB", "checkpoint_timeout": "30min", "jit": "off",
}
RAW_LOOP_TIMEOUT_S = 120


class Miscounted(Exception):
    """The database does not hold what the generator was told."""


def postgresql(folder: Path, generator: Path, plan: Plan, shape: Shape, accounts: int, say: Callable) -> Measured:
    """Against R5 by pgbench, in the same database."""
    say("PostgreSQL: server and accounts")
    with PostgresServer(**POSTGRES_SETTINGS) as server:
        url = server.socket_url()
        with _filled(url, folder, accounts) as filled:
            r5 = R5(server, url, accounts=accounts)
            r5.prepare()
            r5.settle()
            with Service(shape, database_url=url, master_key_file=folder / "keys.json", folder=folder) as service:
                trees = {"python": service.process_id, "database": server.process_id}
                requests = Requests(generator, folder, filled, service, plan)
                measured = rounds.alternate(
                    plan, requests, lambda seconds: r5.run(clients=plan.clients, seconds=seconds), trees, say
                )
            _compare(measured)
    return measured


def sqlite(folder: Path, generator: Path, plan: Plan, shape: Shape, accounts: int, say: Callable) -> Measured:
    """Against a loop of one process over Python's sqlite3, on a file of its own."""
    say("SQLite: file and accounts")
    url = f"sqlite:///{folder / 'livefreeze.db'}"
    with _filled(url, folder, accounts) as filled:
        with Service(shape, database_url=url, master_key_file=folder / "keys.json", folder=folder) as service:
            requests = Requests(generator, folder, filled, service, plan)
            loop = [sys.executable, "-m", "bench.raw_sqlite", str(folder / "raw.db"), str(accounts)]
            measured = rounds.alternate(
                plan, requests,
                lambda seconds: rounds.subprocess_reference([*loop, str(seconds)], timeout_s=RAW_LOOP_TIMEOUT_S),
                {"python": service.process_id}, say,
            )
        _compare(measured)
    return measured


@contextmanager
def _filled(url: str, folder: Path, accounts: int) -> Iterator[world.World]:
    """The migrated database with its accounts; this process works on it until the block ends."""
    key_file = folder / "keys.json"
    master_keys.create(key_file)
    store_engine.upgrade(url)
    engine = open_process(Settings(database_url=url, master_key_file=key_file))
    try:
        yield world.fill(accounts)
    finally:
        engine.dispose()


def _compare(measured: Measured) -> None:
    """The proof that the figures are of withdrawals: each 2xx is one approval in the database, and none else."""
    stored = world.withdrawals_by_status()
    if stored != {"authorised": measured.answered_ok}:
        raise Miscounted(f"{measured.answered_ok} answers with 2xx, but the database holds {stored}")
