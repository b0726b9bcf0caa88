"""Recompute every audit chain, and hold it against receipts that others keep."""

import hashlib
import json
from collections.abc import Callable, Iterable
from typing import NamedTuple

from livefreeze.flows.transaction import reading
from livefreeze.store.audit import BEFORE_THE_FIRST
from livefreeze.store.queries import audit
from livefreeze.store.queries.audit import StoredEvent

TOLD_EVERY = 1000
MISTAKES_COUNT_MAX = 100  # after these, more would say nothing new


class Receipt(NamedTuple):
    """What a signed answer said about the head of a chain at that time."""

    chain: str
    seq: int
    hash: str


class Report(NamedTuple):
    """What was read, and each thing that is wrong as a sentence; none means that nothing was altered."""

    chains: int
    events: int
    mistakes: tuple[str, ...]


def verify(receipts: Iterable[Receipt], *, told: Callable[[int, int], None] = lambda done, total: None) -> Report:
    """Read all chains from one picture of the database; `told` hears how many of how many events are read.

    An altered, removed or inserted event breaks its chain; a whole chain written anew contradicts a receipt.
    """
    promised: dict[str, dict[int, str]] = {}
    for receipt in receipts:
        promised.setdefault(receipt.chain, {})[receipt.seq] = receipt.hash
    checker = _Checker()
    with reading() as connection:
        heads = audit.every_head(connection)
        total = sum(seq for seq, _ in heads.values())
        for event in audit.every_event(connection):
            checker.take(event)
            if checker.count % TOLD_EVERY == 0:
                told(checker.count, total)
            kept = promised.get(event.chain, {}).pop(event.seq, None)
            if kept is not None and kept != event.hash.hex():
                checker.mistakes.append(f"{event.chain} {event.seq}: somebody holds a receipt for another event")
    for chain, missing in promised.items():
        checker.mistakes += [f"{chain} {seq}: somebody holds a receipt, but there is no such event" for seq in missing]
    for chain, head in heads.items():
        if checker.ends.pop(chain, (0, BEFORE_THE_FIRST)) != head:
            checker.mistakes.append(f"{chain}: its head is not its last event")
    checker.mistakes += [f"{chain}: events without a chain" for chain in checker.ends]
    return Report(len(heads), checker.count, tuple(checker.mistakes[:MISTAKES_COUNT_MAX]))


class _Checker:
    def __init__(self) -> None:
        self.count = 0
        self.ends: dict[str, tuple[int, bytes]] = {}
        self.mistakes: list[str] = []

    def take(self, event: StoredEvent) -> None:
        """Hold one event against the one before it and against its own document."""
        self.count += 1
        seq, previous = self.ends.get(event.chain, (0, BEFORE_THE_FIRST))
        digest = hashlib.sha256(event.document.encode()).digest()
        if digest != event.hash or not _says(event, seq=seq + 1, previous=previous):
            self.mistakes.append(f"{event.chain} {event.seq}: does not follow the event before it, or was changed")
        self.ends[event.chain] = (event.seq, digest)


def _says(event: StoredEvent, *, seq: int, previous: bytes) -> bool:
    """Whether columns and document name the same place in the chain."""
    document = json.loads(event.document)
    named = (document["chain"], document["seq"], document["prev"])
    return named == (event.chain, event.seq, previous.hex()) and (event.seq, event.prev_hash) == (seq, previous)
