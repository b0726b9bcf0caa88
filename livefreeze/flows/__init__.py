"""Flows do: one file per movement. Open the transaction, lock, ask the rule, write, enqueue the message."""
