"""Freeze rules as courts put them in force: documents that never change once written."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import Connection, select

from livefreeze.base import ids
from livefreeze.store.insert import insert_new
from livefreeze.store.tables import rule


def keep(connection: Connection, court_id: str, document: Mapping[str, object], *, recorded_at: datetime) -> str:
    """The id of the court's rule of exactly this document, written if it is new."""
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digest = hashlib.sha256(text.encode()).digest()
    row = {"id": ids.new("rul"), "court_id": court_id, "digest": digest, "document": text, "recorded_at": recorded_at}
    insert_new(connection, rule, row)
    return connection.scalar(select(rule.c.id).where(rule.c.court_id == court_id, rule.c.digest == digest))


def document(connection: Connection, rule_id: str) -> dict:
    """The rule's document. Raises LookupError for an unknown id."""
    text = connection.scalar(select(rule.c.document).where(rule.c.id == rule_id))
    if text is None:
        raise LookupError(f"no rule {rule_id}")
    return json.loads(text)


def documents(connection: Connection, rule_ids: Iterable[str]) -> dict[str, dict]:
    """The documents of these rules, by id: one query."""
    wanted = sorted(set(rule_ids))
    if not wanted:
        return {}
    rows = connection.execute(select(rule.c.id, rule.c.document).where(rule.c.id.in_(wanted)))
    return {row.id: json.loads(row.document) for row in rows}
