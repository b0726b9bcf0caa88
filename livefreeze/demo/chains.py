"""The audit chains, verified by somebody who trusts nobody: from the documents alone, with SHA-256 and nothing else."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from livefreeze.demo.client import Client

BEFORE_THE_FIRST = bytes(32).hex()


class Receipt(NamedTuple):
    """What a signed answer said about the head of a chain; the bank keeps it."""

    chain: str
    seq: int
    hash: str


class Verified(NamedTuple):
    """A chain recomputed: the hash of each event by its number, and what is wrong with it."""

    hashes: Mapping[int, str]
    mistakes: tuple[str, ...]


def read(auditor: Client, chain: str) -> tuple[list[dict], dict]:
    """All events of a chain by its pages, and the head that the service says it has."""
    events: list[dict] = []
    after = 0
    while after is not None:
        page = auditor.get("/court/v1/audit", chain=chain, after=str(after))
        events += page["events"]
        after = page["next"]
    return events, page["head"]


def verify(chain: str, events: Iterable[dict], head: Mapping[str, object]) -> Verified:
    """Recompute every link: each document names the hash before it, and its own SHA-256 is the next one's."""
    hashes: dict[int, str] = {}
    mistakes = []
    seq, previous = 0, BEFORE_THE_FIRST
    for event in events:
        seq += 1
        document = json.loads(event["document"])
        if (document["chain"], document["seq"], document["prev"]) != (chain, seq, previous):
            mistakes.append(f"{chain} {seq}: does not follow the event before it")
        previous = hashlib.sha256(event["document"].encode()).hexdigest()
        if event["hash"] != previous:
            mistakes.append(f"{chain} {seq}: its document was changed")
        hashes[seq] = previous
    if (head["seq"], head["hash"]) != (seq, previous):
        mistakes.append(f"{chain}: events are missing at its end")
    return Verified(hashes, tuple(mistakes))


def contradictions(receipts: Iterable[Receipt], verified: Mapping[str, Verified]) -> list[str]:
    """Which receipts speak against the chains: nothing that was promised may be gone or changed."""
    return [
        f"{receipt.chain} {receipt.seq}: the bank holds another receipt"
        for receipt in receipts
        if receipt.chain not in verified or verified[receipt.chain].hashes.get(receipt.seq) != receipt.hash
    ]
