"""For whom a query reads, and what all lists share: their order and their pages."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, Row, Select, exists, select

from livefreeze.store import tables as t


class Viewer(NamedTuple):
    """The court whose member of staff is asking; what is another's does not exist for it."""

    court_id: str


class PageAsked(NamedTuple):
    """Which part of a list: how many entries at most, and after which id."""

    limit: int
    after: str | None = None


def read_page_newest(
    connection: Connection, query: Select, key, asked: PageAsked
) -> tuple[Sequence[Row], str | None]:
    """The rows of a page, newest first, and the id after which the next, older page begins."""
    if asked.after is not None:
        query = query.where(key < asked.after)
    rows = connection.execute(query.order_by(key.desc()).limit(asked.limit + 1)).all()
    page = rows[: asked.limit]
    return page, page[-1].id if len(rows) > asked.limit else None


def read_page(connection: Connection, query: Select, key, asked: PageAsked) -> tuple[Sequence[Row], str | None]:
    """The rows of a page, oldest first, and the id after which the next page begins; None where there is none."""
    if asked.after is not None:
        query = query.where(key > asked.after)
    rows = connection.execute(query.order_by(key).limit(asked.limit + 1)).all()
    page = rows[: asked.limit]
    return page, page[-1].id if len(rows) > asked.limit else None


def knows(court_id: str, debtor_id) -> ColumnElement[bool]:
    """Has the court named the debtor of this column?

    Asked row by row: a list of all the court's debtors would be made anew for each page, and they may be many.
    """
    d = t.court_debtor.c
    return exists(select(1).where(d.court_id == court_id, d.debtor_id == debtor_id).correlate_except(t.court_debtor))
