"""Look at what banks answered, for the court and the case that asked: each look is an audit event."""

import json
from typing import NamedTuple

from livefreeze.base.access import Principal
from livefreeze.base.content_key import ContentKey
from livefreeze.base.crypto import mask_account
from livefreeze.base.errors import Problem
from livefreeze.base.money import format_amount
from livefreeze.flows.transaction import reading, transaction
from livefreeze.store import audit, engine, inquiries
from livefreeze.store import inquiry_answers as stored
from livefreeze.store.inquiry_answers import Position, StoredAccount, StoredLine


class LinesAsked(NamedTuple):
    """Which part of an account's bookings: how many at most, and after which one."""

    limit: int
    after: Position | None = None


def accounts(inquiry_id: str, *, principal: Principal) -> list[dict]:
    """The accounts that banks named, with balance and freezes. Raises Problem NOT_FOUND, INQUIRY_DELETED."""
    key = opened(inquiry_id, {"what": "accounts"}, principal=principal)
    with reading() as connection:
        return [_account(account) for account in stored.accounts(connection, inquiry_id, key)]


def account_number(inquiry_id: str, account_id: str, *, principal: Principal) -> str:
    """The number of an account in full; it is written down who looked. Raises Problem NOT_FOUND, INQUIRY_DELETED."""
    detail = {"what": "number", "account": account_id}
    key = opened(inquiry_id, detail, principal=principal, account_id=account_id)
    with reading() as connection:
        return stored.number(connection, account_id, key)


def refusals(inquiry_id: str, *, principal: Principal) -> dict[str, str]:
    """Why banks refused to answer, by their codes. Raises Problem NOT_FOUND, INQUIRY_DELETED."""
    key = opened(inquiry_id, {"what": "refusals"}, principal=principal)
    with reading() as connection:
        bodies = stored.refused_bodies(connection, inquiry_id, key)
    return {bank: _event(body)["why"] for bank, body in bodies}


def transactions(inquiry_id: str, account_id: str, asked: LinesAsked, *, principal: Principal) -> dict:
    """The bookings of one account, by sequence. Raises Problem NOT_FOUND, INQUIRY_DELETED."""
    detail = {"what": "transactions", "account": account_id, "after": asked.after and asked.after[0]}
    key = opened(inquiry_id, detail, principal=principal, account_id=account_id)
    with reading() as connection:
        found = stored.lines(connection, account_id, key, after=asked.after, count_max=asked.limit + 1)
    shown = found[: asked.limit]
    return {"transactions": [_line(line) for line in shown],
            "next": position_text(shown[-1]) if len(found) > asked.limit else None}


def evidence(inquiry_id: str, answer_id: str, *, principal: Principal) -> dict:
    """The signed message of an answer as it came, with its signature. Raises Problem NOT_FOUND, INQUIRY_DELETED."""
    key = opened(inquiry_id, {"what": "evidence", "answer": answer_id}, principal=principal)
    with reading() as connection:
        found = stored.evidence(connection, inquiry_id, answer_id, key)
    if found is None:
        raise Problem("NOT_FOUND")
    return {
        "id": found.id, "message_id": found.message_id, "signed_at": found.signed_at, "signature": found.signature,
        "digest": f"sha256:{found.digest.hex()}", "recorded_at": found.recorded_at, "text": found.body.decode(),
    }


def opened(inquiry_id: str, detail: dict, *, principal: Principal, account_id: str | None = None) -> ContentKey:
    """The key of the answers, for one look that is written down first.

    Raises Problem: NOT_FOUND for an inquiry of another court or an account that was not named in it, INQUIRY_DELETED.
    """
    with transaction() as connection:
        inquiry = inquiries.of_court(connection, principal.court_id, inquiry_id)
        if inquiry is None:
            raise Problem("NOT_FOUND")
        key = inquiries.key(connection, inquiry_id)
        if key is None:
            raise Problem("INQUIRY_DELETED")
        if account_id is not None and not stored.is_account_of(connection, inquiry_id, account_id):
            raise Problem("NOT_FOUND")
        audit.record(connection, audit.case_chain(inquiry.case_id), "inquiry.looked_at",
                     {"inquiry": inquiry_id, **detail}, actor=principal.actor, recorded_at=engine.now(connection))
        return key


def position_text(line: StoredLine) -> str:
    """After which booking the next page begins."""
    return f"{line.sequence}:{line.answer_id}:{line.line}"


def _event(body: bytes) -> dict:
    told = json.loads(body)  # an answer stands alone in its message, with or without an envelope
    return told["events"][0] if "events" in told else told


def _account(account: StoredAccount) -> dict:
    said = account.said or {}
    currency, balance_minor = said.get("currency"), said.get("balance_minor")
    flags = list(said.get("flags", ()))
    if currency is not None and set(account.currencies) - {currency}:
        flags.append("OTHER_CURRENCY")  # bookings in a currency in which the account is not held
    if not said:
        flags.append("NOT_NAMED")  # bookings of an account that no part has named
    return {
        "id": account.id, "bank": account.bank, "bank_name": account.bank_name, "account": mask_account(account.number),
        "kind": said.get("kind"), "currency": currency or next(iter(account.currencies), None),
        "balance": None if balance_minor is None else format_amount(balance_minor, currency),
        "opened_on": said.get("opened_on"), "branch": said.get("branch"), "owners": said.get("owners"),
        "as_of": said.get("as_of"), "lines": account.lines, "flags": flags,
        "freezes": [
            {"rank": freeze["rank"], "amount": format_amount(freeze["amount_minor"], currency),
             "authority": freeze["authority"]}
            for freeze in said.get("freezes", ())
        ],
    }


def _line(line: StoredLine) -> dict:
    balance = line.balance_after_minor
    return {
        "sequence": line.sequence, "date": line.day, "currency": line.currency,
        "amount": format_amount(line.amount_minor, line.currency),
        "balance_after": None if balance is None else format_amount(balance, line.currency),
        "counterparty": line.counterparty, "text": line.text, "income": line.income, "flags": list(line.flags),
        "counterparty_account": None if line.counterparty_account is None else mask_account(line.counterparty_account),
    }
