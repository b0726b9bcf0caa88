"""Which rows an administrator sees: an operator those of everybody, others those of their own court or bank."""

from sqlalchemy import ColumnElement, Table, and_, true

from livefreeze.base.access import Principal


def within(table: Table, principal: Principal) -> ColumnElement[bool]:
    """The condition for a table with court_id and bank_id."""
    if principal.court_id is None and principal.bank_id is None:
        return true()
    return and_(
        table.c.court_id == principal.court_id if principal.court_id else table.c.court_id.is_(None),
        table.c.bank_id == principal.bank_id if principal.bank_id else table.c.bank_id.is_(None),
    )
