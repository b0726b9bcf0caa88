"""Show a name or number in full, once, to a person who asks for it: each time an audit event."""

import json
from hashlib import sha256

from livefreeze.base.access import Principal
from livefreeze.base.crypto import normalise_account
from livefreeze.base.errors import Problem
from livefreeze.flows.transaction import transaction
from livefreeze.store import accounts, audit, cases, debtors, evidence
from livefreeze.store import engine as store_engine


def parties_of_case(case_id: str, *, principal: Principal) -> dict:
    """The creditor, and name and ID number of every debtor of the court's case. Raises Problem NOT_FOUND."""
    with transaction() as connection:
        case = cases.of_court(connection, principal.court_id, case_id)
        if case is None:
            raise Problem("NOT_FOUND")
        people = [debtors.by_id(connection, debtor_id) for debtor_id in cases.debtors(connection, case_id)]
        detail = {"case": case_id, "debtors": [person.id for person in people], "creditor": case.creditor is not None}
        audit.record(connection, audit.case_chain(case_id), "personal_data.shown", detail, actor=principal.actor,
                     authority=case.case_number, recorded_at=store_engine.now(connection))
    return {
        "creditor": case.creditor,
        "debtors": {person.id: {"name": person.name, "id_number": person.id_number} for person in people},
    }


def account_number(account_id: str, *, principal: Principal) -> dict:
    """The account's number and the name of its holder. Raises Problem NOT_FOUND."""
    with transaction() as connection:
        found = accounts.of_court(connection, principal.court_id, [account_id]).get(account_id)
        if found is None:
            raise Problem("NOT_FOUND")
        holder = debtors.by_id(connection, found.debtor_id)
        detail = {"account": account_id, "debtor": holder.id}
        _of_account(connection, account_id, "personal_data.shown", detail, principal)
    return {"number": found.number, "name": holder.name}


def message(account_id: str, message_id: str, *, principal: Principal) -> dict:
    """A signed message that told of something on this account, with its signature.

    Of a batch only what it says of this account is shown: the rest is of other people. `message_id` is our id of it.
    Raises Problem NOT_FOUND, also for a message that tells nothing of the account.
    """
    with transaction() as connection:
        found = accounts.of_court(connection, principal.court_id, [account_id]).get(account_id)
        letter = found and evidence.message(connection, message_id, bank_id=found.bank_id)
        if letter is None or not evidence.tells_of(connection, account_id, letter.message_id):
            raise Problem("NOT_FOUND")
        detail = {"account": account_id, "inbound_message": message_id}
        _of_account(connection, account_id, "message.opened", detail, principal)
    shown, others = _about(letter.body, found.number)
    return {
        "id": letter.id, "message_id": letter.message_id, "signed_at": letter.signed_at, "bank": found.bank_code,
        "signature": letter.signature, "recorded_at": letter.recorded_at, "digest": sha256(letter.body).hexdigest(),
        "size_bytes": len(letter.body), "text": shown, "others": others,
    }


def _about(body: bytes, number: str) -> tuple[str, int]:
    """What a body says of this account, as text, and how many events of other accounts are left out."""
    told = json.loads(body)
    events = told.get("events")
    if events is None:
        return body.decode(), 0
    own = [event for event in events if normalise_account(str(event.get("account"))) == normalise_account(number)]
    return json.dumps({**told, "events": own}, ensure_ascii=False, indent=2), len(events) - len(own)


def _of_account(connection, account_id: str, kind: str, detail: dict, principal: Principal) -> None:
    audit.record(connection, audit.account_chain(account_id), kind, detail, actor=principal.actor,
                 recorded_at=store_engine.now(connection))
