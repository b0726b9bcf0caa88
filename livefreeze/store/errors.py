"""What the database says no with, so that nobody else needs to know SQLAlchemy's words for it."""

from sqlalchemy.exc import IntegrityError

#: A key was taken, or a CHECK, FOREIGN KEY or trigger refused a row.
Refused = IntegrityError


class Busy(Exception):
    """Others held the lock for too long, or the database is away. Nothing was written; the same may be tried again."""
