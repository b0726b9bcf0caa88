"""Reference R5: PostgreSQL's own pgbench, with as many clients, on tables of its own in the same database."""

import os
import re
import resource
import subprocess
from pathlib import Path

from sqlalchemy import make_url

from bench.reference import Reference
from livefreeze.demo.postgres import PostgresServer

TABLES = Path(__file__).with_name("r5_tables.sql")
SCRIPT = Path(__file__).with_name("r5.sql")
TIMEOUT_S = 120


class R5:
    """The reference on one database."""

    def __init__(self, server: PostgresServer, database_url: str, *, accounts: int) -> None:
        url = make_url(database_url)
        self._server = server
        self._accounts = accounts
        self._environment = os.environ | {
            "PGHOST": url.query["host"], "PGPORT": url.query["port"], "PGUSER": url.username,
            "PGDATABASE": url.database,
        }

    def prepare(self) -> None:
        """Make and fill its tables."""
        options = ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-v", f"accounts={self._accounts}", "-f", TABLES]
        self._run("psql", options)

    def settle(self) -> None:
        """Let the server tidy up after bulk inserts, so that no run has to; both sides' tables."""
        self._run("psql", ["-X", "-q", "-c", "VACUUM ANALYZE", "-c", "CHECKPOINT"])

    def run(self, *, clients: int, seconds: int) -> Reference:
        """Run it for so many seconds. Raises RuntimeError where transactions fail."""
        options = ["-n", "-M", "prepared", "-c", str(clients), "-j", "1", "-T", str(seconds), "-f", SCRIPT]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        report = self._run("pgbench", [*options, "-D", f"accounts={self._accounts}"])
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        failed = _number(r"number of failed transactions: (\d+)", report)
        if failed:
            raise RuntimeError(f"{failed:.0f} transactions of R5 failed:\n{report}")
        return Reference(
            transactions=int(_number(r"actually processed: (\d+)", report)),
            per_s=_number(r"tps = ([\d.]+)", report),
            cpu_s=after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
        )

    def _run(self, program: str, options: list) -> str:
        done = subprocess.run(
            [self._server.program(program), *options], env=self._environment, capture_output=True, text=True,
            timeout=TIMEOUT_S,
        )
        if done.returncode != 0:
            raise RuntimeError(f"{program} failed:\n{done.stderr[-2000:]}")
        return done.stdout


def _number(pattern: str, report: str) -> float:
    return float(re.search(pattern, report)[1])
