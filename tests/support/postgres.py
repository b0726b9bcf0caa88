"""PostgreSQL for the tests: a server named by LIVEFREEZE_TEST_DATABASE_URL, or our own from the wheel.

Each test gets its own database, copied inside the server from one that was migrated once. Where no server
can be had, the tests fail; they are never skipped.
"""

import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from livefreeze.demo.postgres import PostgresServer

NAMED_SERVER = "LIVEFREEZE_TEST_DATABASE_URL"  # its user must be allowed to create databases


class Cluster:
    """A running server and the databases that tests borrow. `migrate` brings one to the newest schema."""

    def __init__(self, url: str, migrate: Callable[[str], None]) -> None:
        self._url = make_url(url).set(drivername="postgresql+psycopg")
        self._migrate = migrate
        self._template: str | None = None

    def new_database(self) -> str:
        """The URL of a fresh, migrated database."""
        if self._template is None:
            template = self.new_empty_database()
            self._migrate(template)
            self._template = template
        return self._create(template=make_url(self._template).database)

    def new_empty_database(self) -> str:
        """The URL of a database without any table."""
        return self._create(template="template0")

    def drop(self, url: str) -> None:
        """Remove a database, whoever is still connected to it."""
        self._execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", make_url(url).database)

    def close(self) -> None:
        """Remove what this cluster made for itself: a server that is not ours is left as it was."""
        if self._template is not None:
            self.drop(self._template)

    def _create(self, *, template: str) -> str:
        name = f"livefreeze_test_{uuid.uuid4().hex}"
        self._execute("CREATE DATABASE {} TEMPLATE {}", name, template)
        return self._url.set(database=name).render_as_string(hide_password=False)

    def _execute(self, statement: str, *names: str) -> None:
        server = self._url.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextmanager
def running(migrate: Callable[[str], None]) -> Iterator[Cluster]:
    """A server for as long as the block lasts. Raises PostgresMissing where there is none."""
    named = os.environ.get(NAMED_SERVER)
    if named:
        cluster = Cluster(named, migrate)
        yield cluster
        cluster.close()
    else:
        # Nothing outlives this server, and a process that is killed loses no page the system holds.
        with PostgresServer(fsync="off") as server:
            yield Cluster(server.url(), migrate)
