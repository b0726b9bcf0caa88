"""Banks as an operator adds them, their keys, and what the bank link needs to know of one."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, Engine

from bank_adapters.contract import vocabulary
from bank_adapters.keys import (
    PrivateKey,
    PublicKey,
    SharedSecret,
    SigningKey,
    VerifyingKey,
    parse_signing_key,
    parse_verifying_key,
)
from livefreeze.base import clock, ids
from livefreeze.base.errors import Problem
from livefreeze.flows.shapes import shaped
from livefreeze.flows.transaction import engine, reading, transaction
from livefreeze.store import audit, banks
from livefreeze.store import engine as store_engine

LINK_KEPT_S = 2  # a retired key works no longer than this in other processes; in this one it ends at once


class Added(NamedTuple):
    """What the other side needs to verify what we send."""

    bank_id: str
    our_key: str  # our public key; a shared secret where the bank cannot do better


@dataclass(frozen=True, slots=True)
class BankLink:
    """A bank as messages see it: its address, the keys that check what it sends, those that sign what we send."""

    bank_id: str
    code: str
    url: str
    verifying_keys: tuple[VerifyingKey, ...]
    signing_keys: tuple[SigningKey, ...]


class _Kept(NamedTuple):
    link: BankLink
    read_at_s: float
    engine: Engine  # a process that goes over to another database must not remember this one's banks


_kept: dict[str, _Kept] = {}


def add(code: str, name: str, url: str, *, their_key: str, actor: str) -> Added:
    """Add a bank with the key that checks its messages, and make the key with which we sign ours.

    `their_key` is its public key (`whpk_…`), or a secret that both know (`whsec_…`) for a bank that cannot
    sign; ours is of the same scheme. Raises Problem: ALREADY_EXISTS, TEXT_INVALID; bank_adapters.keys.KeyInvalid.
    """
    shaped(vocabulary.BankCode, code, "/code")
    shaped(vocabulary.Name, name, "/name")
    key = parse_verifying_key(their_key)
    with transaction() as connection:
        now = store_engine.now(connection)
        new = banks.Bank(ids.new("bnk"), code, name, url)
        if not banks.insert(connection, new, recorded_at=now):
            raise Problem("ALREADY_EXISTS", "/code")
        audit.record(connection, audit.bank_chain(code), "bank.added", {"bank": new.id, "code": code, "url": url},
                     actor=actor, recorded_at=now)
        our_key = _keep_pair(connection, new, key, actor=actor, recorded_at=now)
    return Added(new.id, our_key)


def add_key(code: str, *, their_key: str, actor: str) -> Added:
    """Add a key beside those that a bank has, with one of ours, so that old and new overlap.

    Raises Problem NOT_FOUND, bank_adapters.keys.KeyInvalid.
    """
    key = parse_verifying_key(their_key)
    with transaction() as connection:
        bank = _known(connection, code)
        our_key = _keep_pair(connection, bank, key, actor=actor, recorded_at=store_engine.now(connection))
    _kept.pop(code, None)
    return Added(bank.id, our_key)


def retire_key(code: str, key_id: str, *, actor: str) -> None:
    """Take a key out of use, theirs or ours. Raises Problem NOT_FOUND."""
    with transaction() as connection:
        now = store_engine.now(connection)
        bank = _known(connection, code)
        if not banks.retire_key(connection, bank.id, key_id, at=now):
            raise Problem("NOT_FOUND")
        audit.record(connection, audit.bank_chain(code), "bank.key_retired", {"bank": bank.id, "key": key_id},
                     actor=actor, recorded_at=now)
    _kept.pop(code, None)


def keys(code: str) -> list[banks.Key]:
    """The keys of a bank that are in use, theirs and ours, oldest first. Raises Problem NOT_FOUND."""
    with reading() as connection:
        return banks.keys(connection, _known(connection, code).id)


def link(code: str) -> BankLink | None:
    """The bank of this code, read anew every few seconds; None for an unknown one."""
    now_s, database = clock.stopwatch_s(), engine()
    kept = _kept.get(code)
    if kept is not None and now_s - kept.read_at_s < LINK_KEPT_S and kept.engine is database:
        return kept.link
    with reading() as connection:
        found = _read_link(connection, code)
    if found is None:  # not remembered: whoever asks for unknown banks would fill our memory
        _kept.pop(code, None)
    else:
        _kept[code] = _Kept(found, now_s, database)
    return found


def our_public_keys() -> list[dict[str, str]]:
    """With which public keys our messages to each bank can be checked now. Secrets are not among them."""
    with reading() as connection:
        return [
            {"bank": code, "key": PrivateKey.parse(key.text).public_key.text()}
            for code, key in banks.own_keys(connection)
            if key.scheme == PrivateKey.scheme
        ]


def _known(connection: Connection, code: str) -> banks.Bank:
    bank = banks.by_code(connection, code)
    if bank is None:
        raise Problem("NOT_FOUND")
    return bank


def _keep_pair(connection: Connection, bank: banks.Bank, their_key: VerifyingKey, *, actor: str,
               recorded_at: datetime) -> str:
    """Keep the bank's key and a new one of ours of the same scheme; return what the bank checks ours with."""
    our_key = PrivateKey.generate() if isinstance(their_key, PublicKey) else SharedSecret.generate()
    pair = (
        banks.Key(ids.new("key"), "inbound", their_key.scheme, their_key.text()),
        banks.Key(ids.new("key"), "outbound", our_key.scheme, our_key.text()),
    )
    for key in pair:
        banks.insert_key(connection, bank.id, key, recorded_at=recorded_at)
        detail = {"bank": bank.id, "key": key.id, "direction": key.direction, "scheme": key.scheme}
        audit.record(connection, audit.bank_chain(bank.code), "bank.key_added", detail, actor=actor,
                     recorded_at=recorded_at)
    return our_key.public_key.text() if isinstance(our_key, PrivateKey) else our_key.text()


def _read_link(connection: Connection, code: str) -> BankLink | None:
    bank = banks.by_code(connection, code)
    if bank is None:
        return None
    in_use = banks.keys(connection, bank.id)
    return BankLink(
        bank.id, bank.code, bank.url,
        tuple(parse_verifying_key(key.text) for key in in_use if key.direction == "inbound"),
        tuple(parse_signing_key(key.text) for key in in_use if key.direction == "outbound"),
    )
