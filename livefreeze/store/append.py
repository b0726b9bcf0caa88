"""Append rows to several tables: one statement on PostgreSQL, whatever the number of tables and rows."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import count
from operator import itemgetter

from psycopg.types.numeric import Int8
from sqlalchemy import BigInteger, Boolean, Connection, Integer, LargeBinary, Table

from livefreeze.store import direct
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
        statement = f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
        for row in rows:
            direct.run(connection, statement, [_sqlite_value(row[column]) for column in columns])


def _sqlite_value(value: object) -> object:
    return instant_to_text(value) if isinstance(value, datetime) else value


def _append_postgres(connection: Connection, batches: Mapping[Table, Rows]) -> None:
    statement, columns = _prepared(tuple((table, tuple(rows[0]), len(rows) == 1) for table, rows in batches.items()))
    values: list[object] = []
    for rows, (pick, wraps) in zip(batches.values(), columns, strict=True):
        cells = [
            [cell if wrap is None or cell is None else wrap(cell) for cell, wrap in zip(pick(row), wraps, strict=True)]
            for row in rows
        ]
        values += cells[0] if len(rows) == 1 else map(list, zip(*cells, strict=True))
    direct.run(connection, statement, values)


@lru_cache(maxsize=256)
def _prepared(shape: tuple[tuple[Table, tuple[str, ...], bool], ...]) -> tuple[str, list]:
    """The statement for rows of this shape, and for each table what picks a row's values and how they are wrapped.

    A whole number is sent as the type of its column, not of its size: else each size is prepared anew.
    """
    numbers = count(1)
    inserts = [_insert(table, columns, is_single, numbers) for table, columns, is_single in shape]
    named = ", ".join(f"appended_{n} AS ({insert})" for n, insert in enumerate(inserts[:-1]))
    of_tables = [
        (itemgetter(*columns), [Int8 if isinstance(table.c[column].type, BigInteger) else None for column in columns])
        for table, columns, _ in shape
    ]
    return f"WITH {named} {inserts[-1]}" if named else inserts[-1], of_tables


def _insert(table: Table, columns: tuple[str, ...], is_single: bool, numbers: Iterator[int]) -> str:
    names = ", ".join(columns)
    casts = [f"${next(numbers)}::{_cast(table.c[column].type)}" for column in columns]
    if is_single:
        return f"INSERT INTO {table.name} ({names}) VALUES ({', '.join(casts)})"
    # WITH ORDINALITY keeps the order of the rows: audit events of one chain must follow one another.
    arrays = ", ".join(f"{cast}[]" for cast in casts)
    rows = f"unnest({arrays}) WITH ORDINALITY AS r({names}, row_) ORDER BY row_"
    return f"INSERT INTO {table.name} ({names}) SELECT {names} FROM {rows}"


def _cast(column_type: object) -> str:
    if isinstance(column_type, BigInteger):
        return "bigint"
    return next((cast for kind, cast in _CASTS if isinstance(column_type, kind)), "text")
