"""The one place where work on the database begins and is committed."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine

from livefreeze.base.errors import NotDecided
from livefreeze.store import engine as store_engine
from livefreeze.store.errors import Busy

_engine: Engine | None = None


def use(engine: Engine) -> None:
    """Work on this database from now on; called once, at the start of the process."""
    global _engine
    _engine = engine


def engine() -> Engine:
    """The database of the process. Raises RuntimeError before `use` was called."""
    if _engine is None:
        raise RuntimeError("no database: call flows.transaction.use first")
    return _engine


@contextmanager
def transaction() -> Iterator[Connection]:
    """Everything in the block commits together or not at all.

    Raises NotDecided where the database stays locked by others or is away: nothing was written, the caller
    may ask again.
    """
    try:
        with store_engine.writing(engine()) as connection:
            yield connection
    except Busy:
        raise NotDecided from None


@contextmanager
def reading() -> Iterator[Connection]:
    """One consistent picture; the database itself refuses to write. Raises NotDecided where it is away."""
    try:
        with store_engine.reading(engine()) as connection:
            yield connection
    except Busy:
        raise NotDecided from None
