"""Another bank, and its keys. Through the web only public keys: a shared secret is made and shown on the machine."""

from urllib.parse import urlsplit

from sqlalchemy import Connection

from bank_adapters.keys import KeyInvalid, PublicKey, parse_verifying_key
from livefreeze.base.access import Principal
from livefreeze.base.errors import FieldError, Problem, invalid_fields
from livefreeze.flows import banks
from livefreeze.flows.operator.drafts import Approval, Asked, Draft, Kind
from livefreeze.store import banks as stored
from livefreeze.store.banks import Bank


def is_deliverable(url: str, *, allow_loopback_http: bool) -> bool:
    """Could messages ever be delivered there: https, or, in development, http to this machine?"""
    try:
        parts = urlsplit(url)
        hostname = parts.hostname
    except ValueError:
        return False
    if parts.scheme == "https":
        return bool(hostname)
    return allow_loopback_http and parts.scheme == "http" and hostname in ("127.0.0.1", "::1", "localhost")


def _draft_bank(connection: Connection, _: Principal, asked: Asked) -> Draft:
    banks.check(asked["code"], asked["name"])
    if stored.by_code(connection, asked["code"]) is not None:
        raise Problem("ALREADY_EXISTS", "/code")
    key = _public_key(asked["public_key"])
    return Draft({"code": asked["code"], "name": asked["name"], "url": asked["url"], "public_key": key.text()})


def _add_bank(connection: Connection, approval: Approval) -> None:
    document = approval.proposal.document
    banks.add_within(connection, document["code"], document["name"], document["url"],
                     PublicKey.parse(document["public_key"]), actor=approval.actor,
                     recorded_at=approval.recorded_at, approval=approval.detail())


def _draft_key(connection: Connection, _: Principal, asked: Asked) -> Draft:
    bank = _known(connection, asked["bank"])
    key = _public_key(asked["public_key"])
    if any(each.text == key.text() for each in stored.keys(connection, bank.id)):
        raise Problem("ALREADY_EXISTS", "/public_key")
    return Draft({"bank": bank.code, "public_key": key.text()}, bank_id=bank.id)


def _add_key(connection: Connection, approval: Approval) -> None:
    document = approval.proposal.document
    banks.add_key_within(connection, document["bank"], PublicKey.parse(document["public_key"]), actor=approval.actor,
                         recorded_at=approval.recorded_at, approval=approval.detail())


def _draft_retirement(connection: Connection, _: Principal, asked: Asked) -> Draft:
    bank = _known(connection, asked["bank"])
    found = next((key for key in stored.keys(connection, bank.id) if key.id == asked["key"]), None)
    if found is None:
        raise Problem("NOT_FOUND")
    document = {"bank": bank.code, "key": found.id, "direction": found.direction, "scheme": found.scheme}
    return Draft(document, subject_id=found.id, bank_id=bank.id)


def _retire_key(connection: Connection, approval: Approval) -> None:
    document = approval.proposal.document
    banks.retire_key_within(connection, document["bank"], document["key"], actor=approval.actor,
                            recorded_at=approval.recorded_at, approval=approval.detail())


def _public_key(text: str) -> PublicKey:
    try:
        key = parse_verifying_key(text)
    except KeyInvalid as invalid:
        raise invalid_fields([
            FieldError("/public_key", "KEY_REFUSED", invalid.reason, invalid.reason_zh)
        ]) from None
    if not isinstance(key, PublicKey):
        raise Problem("KEY_REFUSED", "/public_key")
    return key


def _known(connection: Connection, code: str) -> Bank:
    bank = stored.by_code(connection, code)
    if bank is None:
        raise Problem("NOT_FOUND")
    return bank


KINDS = {
    "bank.add": Kind(_draft_bank, _add_bank),
    "bank_key.add": Kind(_draft_key, _add_key),
    "bank_key.retire": Kind(_draft_retirement, _retire_key),
}
