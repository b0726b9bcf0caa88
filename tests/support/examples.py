"""The messages of docs/bank-messages.md: what we tell banks is what the tests send."""

import json
import re
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "bank-messages.md"

DOCUMENTS: list[dict] = [
    json.loads(block) for block in re.findall(r"^```json\n(.*?)^```", PAGE.read_text("utf-8"), re.DOTALL | re.MULTILINE)
]
"""Every example of the page, in its order."""


def example(type_: str, **changes: object) -> dict:
    """The first example of this type, by itself or in a batch, with other values; `...` leaves a field out."""
    batched = [event for document in DOCUMENTS for event in document.get("events", [])]
    found = next(document for document in batched + DOCUMENTS if document["type"] == type_)
    return {name: value for name, value in {**found, **changes}.items() if value is not ...}
