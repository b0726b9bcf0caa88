"""The database engine: SQLite embedded, PostgreSQL in production. All their differences live in this file."""

import logging
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

import alembic.command
import alembic.config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, Select, create_engine, event, text
from sqlalchemy.exc import OperationalError

from livefreeze.base import clock
from livefreeze.store.errors import Busy

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"
LOCK_TIMEOUT_MS = 1_000  # then a teller is told "not decided" rather than kept waiting, and a run tries again later
SQLITE_BUSY_MS = 10_000
CONNECTIONS_MAX = 20
PREPARED_MAX = 1_000  # statements of a connection; psycopg keeps 100, fewer than we have, and prepares them ever anew
_LOCKED = {"55P03", "40P01"}  # lock time-out, deadlock
_LOG = logging.getLogger("livefreeze.store")

# On SQLite one writer at a time in the process queues fairly; SQLite's own busy back-off, which sleeps, does not.
# Taken again by the same thread it lets it pass, to where SQLite says that the database is locked.
_WRITER = threading.RLock()


def connect(url: str, *, waits_for_disk: bool = True) -> Engine:
    """An engine for the URL, with the settings that the flows rely on. Opens no connection yet.

    Where SQLite does not wait for the disk, what a killed process committed is kept, what a power cut met is not.
    """
    if url.startswith("sqlite"):
        engine = create_engine(
            url, pool_size=CONNECTIONS_MAX, hide_parameters=True, connect_args={"check_same_thread": False}
        )
        _prepare_sqlite(engine, "FULL" if waits_for_disk else "NORMAL")
    else:
        settings = {"prepare_threshold": 0, "options": f"-c timezone=UTC -c lock_timeout={LOCK_TIMEOUT_MS}"}
        engine = create_engine(url, pool_size=CONNECTIONS_MAX, hide_parameters=True, connect_args=settings)
        event.listen(engine, "connect", _keep_statements)
    return engine


def _keep_statements(connection, _) -> None:
    connection.prepared_max = PREPARED_MAX


def _prepare_sqlite(engine: Engine, synchronous: str) -> None:
    @event.listens_for(engine, "connect")
    def on_connect(connection, _):
        connection.isolation_level = None  # the driver begins nothing by itself
        connection.execute(f"PRAGMA busy_timeout={SQLITE_BUSY_MS}")
        for pragma in ("journal_mode=WAL", f"synchronous={synchronous}", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def on_begin(connection):
        # A writer takes the write lock first and reads after it, or two withdrawals would both be
        # decided on the same balance.
        reads_only = bool(connection.get_execution_options().get("read_only"))
        # Only when it changes: this PRAGMA makes SQLite compile every prepared statement, triggers and all, anew.
        if connection.info.get("reads_only") != reads_only:
            connection.exec_driver_sql(f"PRAGMA query_only={'ON' if reads_only else 'OFF'}")
            connection.info["reads_only"] = reads_only
        connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")


def is_sqlite(bind: Engine | Connection) -> bool:
    """Is this the embedded engine?"""
    return bind.dialect.name == "sqlite"


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction that writes: committed at the end of the block, rolled back whole on any error.

    Raises Busy where others hold the lock for too long or the database is away. What goes wrong with the commit
    itself is raised as it is: whether anything was written is then not known.
    """
    is_committing = False
    try:
        with _WRITER if is_sqlite(engine) else nullcontext(), engine.begin() as connection:
            yield connection
            is_committing = True
    except OperationalError as error:
        if not is_committing and _is_passing(error):
            raise Busy from error
        raise


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction that the database itself keeps from writing; one consistent picture on both engines.

    Raises Busy where the database is away.
    """
    options = {"read_only": True}
    if not is_sqlite(engine):
        options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    try:
        with engine.connect().execution_options(**options) as connection, connection.begin():
            yield connection
    except OperationalError as error:
        if _is_passing(error):
            raise Busy from error
        raise


def now(connection: Connection) -> datetime:
    """The instant of recording: the database's clock on PostgreSQL, so that all machines agree."""
    if is_sqlite(connection):
        return clock.now()
    return connection.execute(text("SELECT clock_timestamp()")).scalar_one() + clock.offset()


def locking(query: Select) -> Select:
    """The query with its rows locked until the transaction ends; references to them may still be written.

    SQLAlchemy leaves the clause out on SQLite, whose writer holds the whole database already.
    """
    return query.with_for_update(key_share=True)


def skip_locked(connection: Connection, of: str) -> str:
    """The clause that locks rows and passes over those that another movement holds: a run makes no teller wait."""
    return "" if is_sqlite(connection) else f"FOR NO KEY UPDATE OF {of} SKIP LOCKED"


def _is_passing(error: OperationalError) -> bool:
    """Does it say nothing about what was asked, so that the same may succeed in a moment?

    On SQLite a busy database. On PostgreSQL whatever psycopg calls operational: a lock held for too long, a
    deadlock, too many connections, a server that stops, starts or is gone.
    """
    if isinstance(error.orig, sqlite3.Error):
        return "database is locked" in str(error.orig)
    if getattr(error.orig, "sqlstate", None) not in _LOCKED:
        _LOG.warning("the database is away", extra={"fields": {"sqlstate": getattr(error.orig, "sqlstate", None)}})
    return True


def _alembic(engine: Engine) -> alembic.config.Config:
    config = alembic.config.Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["engine"] = engine
    return config


def upgrade(url: str) -> None:
    """Create the database or bring it to the newest schema; each migration is one transaction."""
    if url.startswith("sqlite:///"):
        Path(url.removeprefix("sqlite:///")).absolute().parent.mkdir(parents=True, exist_ok=True)
    engine = connect(url)
    try:
        alembic.command.upgrade(_alembic(engine), "head")
    finally:
        engine.dispose()


def may_exist(url: str) -> bool:
    """Is the file there that the URL names? To connect would make it. A server must be asked instead."""
    return not url.startswith("sqlite:///") or Path(url.removeprefix("sqlite:///")).exists()


def has_schema(url: str) -> bool:
    """Was this database ever migrated, however long ago? A database that is not there was not."""
    if not may_exist(url):
        return False
    engine = connect(url)
    try:
        with reading(engine) as connection:
            return MigrationContext.configure(connection).get_current_revision() is not None
    finally:
        engine.dispose()


def is_at_head(engine: Engine) -> bool:
    """Does the database have the newest schema?"""
    with reading(engine) as connection:
        return MigrationContext.configure(connection).get_current_revision() == _head()


@lru_cache
def _head() -> str:
    return ScriptDirectory(str(MIGRATIONS)).get_current_head()


def lease_until(seconds: int) -> datetime:
    """The end of a lease that begins now. Leases are kept in real time, never in the demo's."""
    return clock.wall() + timedelta(seconds=seconds)
