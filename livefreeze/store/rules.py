"""Freeze rules as courts put them in force: documents that never change once written."""

import json

from sqlalchemy import Connection, select

from livefreeze.store.tables import rule


def document(connection: Connection, rule_id: str) -> dict:
    """The rule's document. Raises LookupError for an unknown id."""
    text = connection.scalar(select(rule.c.document).where(rule.c.id == rule_id))
    if text is None:
        raise LookupError(f"no rule {rule_id}")
    return json.loads(text)
