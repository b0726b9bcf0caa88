"""How often the database is asked."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from livefreeze.flows import transaction


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that the block sends to the database."""
    statements: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        statements.append(statement)

    engine = transaction.engine()
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)


def questions(statements: list[str]) -> int:
    """How many of them ask something: not those that begin a transaction or note that somebody was here."""
    return sum(not statement.startswith(("BEGIN", "PRAGMA", "UPDATE")) for statement in statements)
