"""What notices tell debtors, as their telephones would show it."""

import re

from livefreeze.flows.transaction import reading
from livefreeze.store.queries import notices


def messages() -> list[str]:
    """All that was told so far, newest first."""
    with reading() as connection:
        return [notice["text"] for notice in notices.latest(connection, count_max=50)]


def code() -> str:
    """The newest code, as it is typed."""
    return re.search(r"[0-9]{4} [0-9]{4}", messages()[0])[0]
