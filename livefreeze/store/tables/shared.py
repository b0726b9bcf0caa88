"""What all tables share: their metadata, and the columns and checks that many have."""

from sqlalchemy import CheckConstraint, Column, MetaData, Text

from livefreeze.store.columns import identifier

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def key(name: str = "id") -> Column:
    """The id by which a row is named."""
    return identifier(name, primary_key=True)


def one_of(column: str, *values: str) -> CheckConstraint:
    """The column holds one of these values."""
    return CheckConstraint(f"{column} IN ({', '.join(repr(str(v)) for v in values)})", name=f"{column}_known")


def words(name: str, nullable: bool = False, **options) -> Column:
    """Text of any length."""
    return Column(name, Text, nullable=nullable, **options)
