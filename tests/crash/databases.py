"""The database of a town on each engine: where it is, and in which ways it can be killed."""

import os
import signal
from contextlib import suppress
from random import Random
from typing import Protocol

import psycopg

from livefreeze.demo.postgres import PostgresServer
from tests.crash.processes import wait_until

READY_WITHIN_S = 30


class Kill(Protocol):
    """One way to kill something that then comes back; where there is a choice, chance makes it."""

    def __call__(self, chance: Random) -> None: ...


class ServiceDatabase(Protocol):
    """What a town needs to know of its database."""

    url: str

    def kills(self) -> dict[str, Kill]: ...


class SqliteFile:
    """One file, which dies with nobody."""

    def __init__(self, url: str) -> None:
        self.url = url

    def kills(self) -> dict[str, Kill]:
        return {}


class Postgres:
    """A server that may lose its postmaster, or one process that serves a connection."""

    def __init__(self, server: PostgresServer) -> None:
        self._server = server
        self.url = server.url()

    def kills(self) -> dict[str, Kill]:
        return {"database": self._power_cut, "database process": self._kill_a_process}

    def _power_cut(self, chance: Random) -> None:
        self._server.kill()
        self._server.start()

    def _kill_a_process(self, chance: Random) -> None:
        """PostgreSQL then ends all others and recovers by itself, as after an out-of-memory kill."""
        assert wait_until(self._answers, READY_WITHIN_S), "the database has not recovered from an earlier kill"
        if serving := self._serving():
            with suppress(ProcessLookupError):  # its client has just left
                os.kill(chance.choice(serving), signal.SIGKILL)

    def _answers(self) -> bool:
        try:
            self._serving()
        except psycopg.OperationalError:
            return False
        return True

    def _serving(self) -> list[int]:
        query = "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
        with psycopg.connect(self.url.replace("+psycopg", "")) as connection:
            return [pid for (pid,) in connection.execute(f"{query} ORDER BY pid")]
