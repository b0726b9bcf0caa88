"""`python -m bench`: withdrawals a second over signed HTTP, as a ratio to a reference in the same run."""

import argparse
import os
import sys
import tempfile
from pathlib import Path

from rich.console import Console

from bench import engines, generator, report
from bench.rounds import Plan
from bench.service import Shape
from livefreeze.base import clock
from livefreeze.demo.postgres import PostgresMissing

CORES = os.cpu_count() or 1


def main() -> int:
    """Measure and print; 0 when done, 1 when something is missing or the counts differ."""
    options = _options()
    console, notes = Console(width=100), Console(stderr=True)
    started = clock.wall()
    plan = Plan(options.rounds, options.seconds, options.clients)
    measures = {
        "PostgreSQL": (engines.postgresql, Shape(options.workers, options.threads)),
        "SQLite": (engines.sqlite, Shape(1, options.sqlite_threads)),
    }
    results = {}
    with tempfile.TemporaryDirectory(prefix="livefreeze-bench-") as folder:
        try:
            program = generator.build(Path(folder))
            for name, (measure, shape) in measures.items():
                if options.only not in (None, name.lower()):
                    continue
                own = Path(folder) / name.lower()
                own.mkdir()
                results[name] = measure(own, program, plan, shape, options.accounts, lambda text: notes.print(text))
                report.show(console, _title(name, shape, options), results[name])
        except (generator.GeneratorMissing, PostgresMissing, engines.Miscounted) as error:
            notes.print(f"[red]{error}[/red]")
            return 1
    path = report.write(started, vars(options), results)
    notes.print(f"Written to {os.path.relpath(path)}, after {(clock.wall() - started).total_seconds():.0f} s")
    return 0


def _title(name: str, shape: Shape, options: argparse.Namespace) -> str:
    return f"Withdrawals on {name}: {options.accounts:,} accounts, {options.clients} clients, gunicorn {shape}"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--accounts", type=int, default=20_000, help="how many accounts there are (default 20,000)")
    parser.add_argument("--clients", type=int, default=16, help="connections at once, on both sides (default 16)")
    parser.add_argument("--rounds", type=int, default=5, help="how often service and reference take turns")
    parser.add_argument("--seconds", type=int, default=4, help="how long each turn takes")
    parser.add_argument("--workers", type=int, default=2 * CORES, help="processes of gunicorn on PostgreSQL")
    parser.add_argument("--threads", type=int, default=1, help="threads of each (1: the sync worker)")
    parser.add_argument("--sqlite-threads", type=int, default=1, help="threads of the one process on SQLite")
    parser.add_argument("--only", choices=("postgresql", "sqlite"), help="leave the other engine out")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
