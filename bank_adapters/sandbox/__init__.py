"""A small but real bank: own process, database, keys and books, for trying and testing the service."""
