"""The audit chains: one for each account, case, bank and court, each event linked to the one before by its hash."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, select, text

from livefreeze.base.clock import format_instant
from livefreeze.store.append import append
from livefreeze.store.engine import locking
from livefreeze.store.tables import audit_chain, audit_event

BEFORE_THE_FIRST = bytes(32)

_canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


class Head(NamedTuple):
    """The last event of a chain; also the receipt that a signed answer carries."""

    chain: str
    seq: int
    hash: bytes

    def receipt(self) -> dict:
        """As it stands in an answer: whoever keeps it can prove later that nothing before it was altered."""
        return {"chain": self.chain, "seq": self.seq, "hash": self.hash.hex()}


PLATFORM_CHAIN = "platform"
"""The chain of what operators of the service do outside all courts and banks."""


def account_chain(account_id: str) -> str:
    """The chain of an account's movements."""
    return f"account:{account_id}"


def case_chain(case_id: str) -> str:
    """The chain of what a court did in a case, apart from its accounts."""
    return f"case:{case_id}"


def bank_chain(bank_code: str) -> str:
    """The chain of what a bank sent, apart from its accounts."""
    return f"bank:{bank_code}"


def court_chain(court_code: str) -> str:
    """The chain of what a court did outside its cases."""
    return f"court:{court_code}"


def link(head: Head, kind: str, detail: Mapping[str, object], *, actor: str, recorded_at: datetime,
         authority: str | None = None) -> tuple[dict, Head]:
    """The next event of a chain, as a row of audit_event, and the head it makes.

    `detail` holds ids and amounts, never names or numbers of people and accounts; `actor` is a staff id, a
    bank or a job; `authority` the notice number under which it was done. The document is canonical JSON and
    its SHA-256 is the hash, so that anyone can check it without our code.
    """
    seq = head.seq + 1
    document = _canonical(
        {"chain": head.chain, "seq": seq, "prev": head.hash.hex(), "kind": kind, "actor": actor, "authority": authority,
         "recorded_at": format_instant(recorded_at), "detail": detail}
    )
    digest = hashlib.sha256(document.encode()).digest()
    row = {"chain": head.chain, "seq": seq, "prev_hash": head.hash, "hash": digest, "document": document,
           "recorded_at": recorded_at}
    return row, Head(head.chain, seq, digest)


def begin_chain(connection: Connection, chain: str) -> None:
    """Make a chain where there is none yet."""
    row = {"chain": chain, "seq": 0, "hash": BEFORE_THE_FIRST}
    connection.execute(
        text("INSERT INTO audit_chain (chain, seq, hash) VALUES (:chain, :seq, :hash) ON CONFLICT DO NOTHING"), row
    )


def lock_heads(connection: Connection, chains: Iterable[str]) -> dict[str, Head]:
    """The heads of these chains, locked in sorted order. Lock pools and accounts before."""
    wanted = sorted(set(chains))
    query = select(audit_chain).where(audit_chain.c.chain.in_(wanted)).order_by(audit_chain.c.chain)
    return {row.chain: Head(row.chain, row.seq, row.hash) for row in connection.execute(locking(query))}


def record(connection: Connection, chain: str, kind: str, detail: Mapping[str, object], *, actor: str,
           recorded_at: datetime, authority: str | None = None) -> Head:
    """Append one event to a chain and return its receipt; the chain is made where there is none yet."""
    begin_chain(connection, chain)
    head = lock_heads(connection, [chain])[chain]
    row, after = link(head, kind, detail, actor=actor, authority=authority, recorded_at=recorded_at)
    append(connection, {audit_event: [row]})
    return after
