"""The statements of the counter's path, run by the driver itself on the connection and in the transaction at hand.

SQLAlchemy's own execution costs several times what the driver's does; on two statements a withdrawal that is most
of the time. Errors come out as SQLAlchemy's, so that nobody else needs to know the difference.
"""

from collections.abc import Sequence

import psycopg
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from livefreeze.store.engine import is_sqlite


def fetch(connection: Connection, statement: str, values: Sequence[object]) -> list[tuple]:
    """Run a statement that returns rows. Placeholders are the driver's: `?` on SQLite, `$1` on PostgreSQL.

    On PostgreSQL it is prepared once a connection, so write it with a cast for each placeholder.
    """
    return _execute(connection, statement, values, returns_rows=True)


def run(connection: Connection, statement: str, values: Sequence[object]) -> None:
    """Run a statement that returns nothing; the rest as `fetch`."""
    _execute(connection, statement, values, returns_rows=False)


def _execute(connection: Connection, statement: str, values: Sequence[object], *, returns_rows: bool) -> list[tuple]:
    driver = connection.connection.driver_connection
    try:
        if is_sqlite(connection):
            cursor = driver.execute(statement, values)
        else:
            cursor = psycopg.RawCursor(driver).execute(statement, values, prepare=True, binary=True)
        return cursor.fetchall() if returns_rows else []
    except connection.dialect.loaded_dbapi.Error as error:
        if getattr(driver, "closed", False):  # the server went away: what else the pool keeps is as dead
            connection.invalidate(error)
            connection.engine.dispose(close=False)
        raise DBAPIError.instance(
            statement, None, error, connection.dialect.loaded_dbapi.Error, hide_parameters=True,
            dialect=connection.dialect,
        ) from error
