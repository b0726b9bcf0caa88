"""Alembic's entry: runs the migrations on the engine that livefreeze.store.engine hands over."""

from alembic import context

from livefreeze.store.tables import metadata

with context.config.attributes["engine"].connect() as connection:
    context.configure(connection=connection, target_metadata=metadata, transaction_per_migration=True)
    with context.begin_transaction():
        context.run_migrations()
