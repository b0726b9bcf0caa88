"""Insert a row unless its key is taken: how two requests for the same thing end with one of it."""

from collections.abc import Mapping

from sqlalchemy import Connection, Table, literal
from sqlalchemy.dialects import postgresql, sqlite

from livefreeze.store.engine import is_sqlite


def insert_new(connection: Connection, table: Table, row: Mapping[str, object]) -> bool:
    """Say whether the row was new. Where one of its keys is taken, nothing is written; read what stands there."""
    dialect = sqlite if is_sqlite(connection) else postgresql
    insert = dialect.insert(table).values(**row).on_conflict_do_nothing().returning(literal(1))
    return connection.scalar(insert) is not None
