"""Append rows to several tables: one statement on PostgreSQL, whatever the number of tables and rows."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache

from psycopg.types.numeric import Int8
from sqlalchemy import BigInteger, Boolean, Connection, Integer, LargeBinary, Table

from livefreeze.store.columns import Instant, instant_to_text
from livefreeze.store.engine import is_sqlite

Rows = Sequence[Mapping[str, object]]

#: The type of a parameter on PostgreSQL, so that each statement is prepared once whatever the values.
_CASTS = ((Instant, "timestamptz"), (Boolean, "boolean"), (Integer, "int"), (LargeBinary, "bytea"))


def append(connection: Connection, batches: Mapping[Table, Rows]) -> None:
    """Insert the rows of each table, in the order given. All rows of one table have the same columns.

    This is the writing statement of a movement: on PostgreSQL one common table expression, prepared once,
    because a round trip costs more than the rows it carries. Raises sqlalchemy.exc.IntegrityError where a
    key is taken or a CHECK, FOREIGN KEY or trigger refuses.
    """
    batches = {table: rows for table, rows in batches.items() if rows}
    if batches:
        (_append_sqlite if is_sqlite(connection) else _append_postgres)(connection, batches)


def _append_sqlite(connection: Connection, batches: Mapping[Table, Rows]) -> None:
    for table, rows in batches.items():
        columns = tuple(rows[0])
        names = ", ".join(columns)
        statement = f"INSERT INTO {table.name} ({names}) VALUES ({', '.join('?' * len(columns))})"
        values = [tuple(_sqlite_value(row[column]) for column in columns) for row in rows]
        connection.exec_driver_sql(statement, values if len(values) > 1 else values[0])


def _sqlite_value(value: object) -> object:
    return instant_to_text(value) if isinstance(value, datetime) else value


def _append_postgres(connection: Connection, batches: Mapping[Table, Rows]) -> None:
    shape = tuple((table, tuple(rows[0]), len(rows) == 1) for table, rows in batches.items())
    values: list[object] = []
    for (table, columns, is_single), rows in zip(shape, batches.values(), strict=True):
        for column in columns:
            wrap = Int8 if isinstance(table.c[column].type, BigInteger) else _unchanged
            cells = [None if row[column] is None else wrap(row[column]) for row in rows]
            values.append(cells[0] if is_single else cells)
    connection.exec_driver_sql(_statement(shape), tuple(values))


def _unchanged(value: object) -> object:
    return value


@lru_cache(maxsize=256)
def _statement(shape: tuple[tuple[Table, tuple[str, ...], bool], ...]) -> str:
    inserts = [_insert(table, columns, is_single) for table, columns, is_single in shape]
    named = ", ".join(f"appended_{n} AS ({insert})" for n, insert in enumerate(inserts[:-1]))
    return f"WITH {named} {inserts[-1]}" if named else inserts[-1]


def _insert(table: Table, columns: tuple[str, ...], is_single: bool) -> str:
    names = ", ".join(columns)
    casts = [_cast(table.c[column].type) for column in columns]
    if is_single:
        source = f"VALUES ({', '.join(f'%s::{cast}' for cast in casts)})"
    else:
        # WITH ORDINALITY keeps the order of the rows: audit events of one chain must follow one another.
        arrays = ", ".join(f"%s::{cast}[]" for cast in casts)
        source = f"SELECT {names} FROM unnest({arrays}) WITH ORDINALITY AS r({names}, row_) ORDER BY row_"
    return f"INSERT INTO {table.name} ({names}) {source}"


def _cast(column_type: object) -> str:
    if isinstance(column_type, BigInteger):
        return "bigint"
    return next((cast for kind, cast in _CASTS if isinstance(column_type, kind)), "text")
