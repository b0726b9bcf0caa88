"""Banks as an operator adds them, their keys, and what the bank link needs to know of one."""

import hashlib
from collections.abc import Mapping
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

Approved = Mapping[str, object]
"""Under which proposal something is done, as its audit event says it; nothing on the command line."""

KEYS_SHOWN_MAX = 50
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
    check(code, name)
    key = parse_verifying_key(their_key)
    with transaction() as connection:
        return add_within(connection, code, name, url, key, actor=actor, recorded_at=store_engine.now(connection))


def check(code: str, name: str) -> None:
    """Raise Problem TEXT_INVALID for a code or name that no bank may have."""
    shaped(vocabulary.BankCode, code, "/code")
    shaped(vocabulary.Name, name, "/name")


def add_within(connection: Connection, code: str, name: str, url: str, their_key: VerifyingKey, *, actor: str,
               recorded_at: datetime, approval: Approved | None = None) -> Added:
    """The same within a transaction that has begun; `approval` says in the audit events under what it is done."""
    new = banks.Bank(ids.new("bnk"), code, name, url)
    if not banks.insert(connection, new, recorded_at=recorded_at):
        raise Problem("ALREADY_EXISTS", "/code")
    detail = {"bank": new.id, "code": code, "url": url, **(approval or {})}
    audit.record(connection, audit.bank_chain(code), "bank.added", detail, actor=actor, recorded_at=recorded_at)
    return Added(new.id, _keep_pair(connection, new, their_key, approval, actor=actor, recorded_at=recorded_at))


def add_key(code: str, *, their_key: str, actor: str) -> Added:
    """Add a key beside those that a bank has, with one of ours, so that old and new overlap.

    Raises Problem NOT_FOUND, bank_adapters.keys.KeyInvalid.
    """
    key = parse_verifying_key(their_key)
    with transaction() as connection:
        added = add_key_within(connection, code, key, actor=actor, recorded_at=store_engine.now(connection))
    forget(code)
    return added


def add_key_within(connection: Connection, code: str, their_key: VerifyingKey, *, actor: str, recorded_at: datetime,
                   approval: Approved | None = None) -> Added:
    """The same within a transaction that has begun; `forget` the bank once it is committed. Raises Problem NOT_FOUND.
    """
    bank = _known(connection, code)
    return Added(bank.id, _keep_pair(connection, bank, their_key, approval, actor=actor, recorded_at=recorded_at))


def retire_key(code: str, key_id: str, *, actor: str) -> None:
    """Take a key out of use, theirs or ours. Raises Problem NOT_FOUND."""
    with transaction() as connection:
        retire_key_within(connection, code, key_id, actor=actor, recorded_at=store_engine.now(connection))
    forget(code)


def retire_key_within(connection: Connection, code: str, key_id: str, *, actor: str, recorded_at: datetime,
                      approval: Approved | None = None) -> None:
    """The same within a transaction that has begun; `forget` the bank once it is committed. Raises Problem NOT_FOUND.
    """
    bank = _known(connection, code)
    if not banks.retire_key(connection, bank.id, key_id, at=recorded_at):
        raise Problem("NOT_FOUND")
    detail = {"bank": bank.id, "key": key_id, **(approval or {})}
    audit.record(connection, audit.bank_chain(code), "bank.key_retired", detail, actor=actor, recorded_at=recorded_at)


def forget(code: str) -> None:
    """Read this bank anew when it is asked for next, because its keys have changed."""
    _kept.pop(code, None)


class KeyShown(NamedTuple):
    """A key as people see it: by its public half or, of a shared secret, by its fingerprint alone."""

    id: str
    direction: str
    scheme: str
    public_key: str | None
    fingerprint: str
    recorded_at: datetime
    retired_at: datetime | None


def keys_shown(code: str) -> list[KeyShown]:
    """The keys of a bank, theirs and ours, those in use first, and the last that were retired.

    Raises Problem NOT_FOUND.
    """
    with reading() as connection:
        records = banks.every_key(connection, _known(connection, code).id, count_max=KEYS_SHOWN_MAX)
    return [_shown(record) for record in records]


def fingerprint_of(key_text: str) -> str:
    """Sixteen digits by which two people compare a key on the telephone: of SHA-256 over its text, in fours."""
    digits = hashlib.sha256(key_text.encode()).hexdigest()[:16]
    return " ".join(digits[start : start + 4] for start in range(0, 16, 4))


def _shown(record: banks.KeyRecord) -> KeyShown:
    key = record.key
    public_key = None
    if key.scheme == PrivateKey.scheme:
        is_ours = key.direction == "outbound"
        public_key = PrivateKey.parse(key.text).public_key.text() if is_ours else key.text
    return KeyShown(key.id, key.direction, key.scheme, public_key, fingerprint_of(public_key or key.text),
                    record.recorded_at, record.retired_at)


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


def _keep_pair(connection: Connection, bank: banks.Bank, their_key: VerifyingKey, approval: Approved | None, *,
               actor: str, recorded_at: datetime) -> str:
    """Keep the bank's key and a new one of ours of the same scheme; return what the bank checks ours with."""
    our_key = PrivateKey.generate() if isinstance(their_key, PublicKey) else SharedSecret.generate()
    pair = (
        banks.Key(ids.new("key"), "inbound", their_key.scheme, their_key.text()),
        banks.Key(ids.new("key"), "outbound", our_key.scheme, our_key.text()),
    )
    for key in pair:
        banks.insert_key(connection, bank.id, key, recorded_at=recorded_at)
        detail = {"bank": bank.id, "key": key.id, "direction": key.direction, "scheme": key.scheme,
                  **(approval or {})}
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
