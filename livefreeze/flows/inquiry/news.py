"""What the court that asked has to look at: alerts of its inquiry."""

import json

from livefreeze.base import ids
from livefreeze.store import tables as t
from livefreeze.store.inquiries import Inquiry
from livefreeze.store.record import Record


def alert(record: Record, inquiry: Inquiry, kind: str, bank_code: str, **detail: object) -> None:
    """Show this to the court; ids and codes only, nothing of what was answered."""
    told = {"inquiry": inquiry.id, "bank": bank_code, "case": inquiry.case_id, **detail}
    record.add(t.alert, {
        "id": ids.new("alr"), "court_id": inquiry.court_id, "bank_id": None, "account_id": None, "kind": kind,
        "document": json.dumps(told, sort_keys=True), "recorded_at": record.recorded_at,
    })
