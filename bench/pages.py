"""`python -m bench.pages`: the server's time for each page at few and at many accounts, in the same run.

Both databases stand beside one another, and each page is asked of them in turn, so that whatever else the machine does
slows both. What is measured is the whole answer, from the address to the bytes, without a network.
"""

import argparse
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

from flask import Flask
from rich.console import Console
from rich.table import Table
from sqlalchemy import Engine, text

from bench import world
from bench.engines import POSTGRES_SETTINGS
from bench.pages_world import ROLES, Desks, furnish
from livefreeze.app import BLUEPRINTS
from livefreeze.base import clock, master_keys
from livefreeze.base.access import ENDPOINTS
from livefreeze.demo.postgres import PostgresServer
from livefreeze.flows import transaction
from livefreeze.process import open_process
from livefreeze.settings import Settings
from livefreeze.store import engine as store_engine
from livefreeze.web import shell
from livefreeze.web.pages.admission import TOKEN

AREAS = ("console.", "counter.", "debtor.", "operator.")
TIMES_MAX = 3  # many accounts may take so many times as long as few
ROUNDS = 11
WARM_UP = 2


class Filled(NamedTuple):
    """A database full of accounts, and who looks at it."""

    engine: Engine
    desks: Desks


class Times(NamedTuple):
    """The median time of a page, in milliseconds."""

    page: str
    few_ms: float
    many_ms: float

    @property
    def ratio(self) -> float:
        """How many times as long the page takes with many accounts."""
        return self.many_ms / self.few_ms


def main() -> int:
    """Measure and print; 0 when every page stays within the bound, else 1."""
    options = _options()
    console, notes = Console(width=110), Console(stderr=True)
    with tempfile.TemporaryDirectory(prefix="livefreeze-pages-") as folder, ExitStack() as stack:
        key_file = Path(folder) / "keys.json"
        master_keys.create(key_file)
        filled = []
        for count in (options.few, options.many):
            notes.print(f"{count:,} accounts")
            url = stack.enter_context(_database(options.engine, Path(folder) / f"{count}.db"))
            filled.append(_fill(url, key_file, count))
            stack.callback(filled[-1].engine.dispose)
        app = shell.build(BLUEPRINTS, is_ready=lambda: True, is_https=False, cookie_secret=b"of this run alone")
        results = list(_measure(app, *filled))
    table = Table("page", f"ms, {options.few:,}", f"ms, {options.many:,}", "times", title=f"Pages on {options.engine}")
    for times in sorted(results, key=lambda each: -each.ratio):
        table.add_row(times.page, f"{times.few_ms:.1f}", f"{times.many_ms:.1f}", f"{times.ratio:.1f}")
    console.print(table)
    return int(any(times.ratio > TIMES_MAX for times in results))


@contextmanager
def _database(kind: str, file: Path) -> Iterator[str]:
    if kind == "sqlite":
        yield f"sqlite:///{file}"
        return
    with PostgresServer(**POSTGRES_SETTINGS) as server:
        yield server.socket_url()


def _fill(url: str, key_file: Path, count: int) -> Filled:
    store_engine.upgrade(url)
    engine = open_process(Settings(database_url=url, master_key_file=key_file))
    world.fill(count)
    desks = furnish()
    with engine.connect() as connection:
        connection.execute(text("ANALYZE"))
        connection.commit()
    return Filled(engine, desks)


def _measure(app: Flask, few: Filled, many: Filled) -> Iterator[Times]:
    for endpoint, rule, arguments in sorted(
        (each.endpoint, each.rule, tuple(each.arguments)) for each in app.url_map.iter_rules()
        if each.endpoint.startswith(AREAS) and "GET" in each.methods
    ):
        if not all(name in few.desks.things for name in arguments):
            continue
        role = next((role for role in ROLES if role in ENDPOINTS[endpoint]), None)
        if role is None:  # a page for strangers
            continue
        seconds: dict[int, list[float]] = {0: [], 1: []}
        for turn in range(WARM_UP + ROUNDS):
            for place, filled in enumerate((few, many)):
                took = _one(app, filled, rule, role)
                if turn >= WARM_UP:
                    seconds[place].append(took)
        yield Times(rule, *(statistics.median(seconds[place]) * 1000 for place in (0, 1)))


def _one(app: Flask, filled: Filled, rule: str, role: str) -> float:
    transaction.use(filled.engine)
    address = rule
    for name, value in filled.desks.things.items():
        address = address.replace(f"<{name}>", value)
    client = app.test_client()
    with client.session_transaction() as session:
        session[TOKEN] = filled.desks.tokens[role]
    began = clock.stopwatch_s()
    answer = client.get(address)
    took = clock.stopwatch_s() - began
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answers {answer.status_code}")
    return took


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.pages", description=__doc__)
    parser.add_argument("--few", type=int, default=1_000, help="accounts of the small database (default 1,000)")
    parser.add_argument("--many", type=int, default=100_000, help="accounts of the large one (default 100,000)")
    parser.add_argument("--engine", choices=("postgresql", "sqlite"), default="postgresql")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
