"""Column types that mean the same on both engines: instants, money, ids and sealed personal data."""

from datetime import UTC, datetime

from sqlalchemy import BigInteger, Column, LargeBinary, Text
from sqlalchemy.types import DateTime, String, TypeDecorator

SQLITE_INSTANT = "%Y-%m-%dT%H:%M:%S.%fZ"  # fixed width, so that the order of the text is the order of time


def instant_to_text(value: datetime) -> str:
    """An aware instant as SQLite keeps it: UTC, microseconds, sortable."""
    if value.tzinfo is None:
        raise ValueError("an instant needs a zone")
    return value.astimezone(UTC).strftime(SQLITE_INSTANT)


def instant_from_text(text: str) -> datetime:
    """The aware UTC instant that instant_to_text wrote."""
    return datetime.strptime(text, SQLITE_INSTANT).replace(tzinfo=UTC)


class Instant(TypeDecorator):
    """An aware instant: timestamptz on PostgreSQL, sortable text on SQLite, which has no type for it."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect):
        return dialect.type_descriptor(String(27) if dialect.name == "sqlite" else DateTime(timezone=True))

    def process_bind_param(self, value, dialect):
        if value is None or dialect.name != "sqlite":
            return value
        return instant_to_text(value)

    def process_result_value(self, value, dialect):
        if value is None or dialect.name != "sqlite":
            return value if value is None else value.astimezone(UTC)
        return instant_from_text(value)


def identifier(name: str, **options) -> Column:
    """A prefixed, sortable id, or a reference to one."""
    return Column(name, Text, nullable=options.pop("nullable", False), **options)


def money(name: str, *, counter: bool = False, **options) -> Column:
    """An amount in minor units. A counter starts at nil and is moved by triggers only."""
    if counter:
        options["server_default"] = "0"
    return Column(name, BigInteger, nullable=False, **options)


def sealed(name: str, *, nullable: bool = False) -> Column:
    """Personal data or a message body, encrypted by base.crypto before it gets here."""
    return Column(name, LargeBinary, nullable=nullable)


def instant(name: str, *, nullable: bool = False) -> Column:
    """An aware instant."""
    return Column(name, Instant, nullable=nullable)
