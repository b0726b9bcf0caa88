"""The store remembers: the only SQLAlchemy of ours. It takes a connection, never commits, never decides."""
