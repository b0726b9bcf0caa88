"""Messages to banks: a dead letter is replayed, the text of one is read."""

from sqlalchemy import Connection

from livefreeze.base import clock
from livefreeze.base.access import Principal
from livefreeze.base.errors import Problem
from livefreeze.flows.operator.drafts import Approval, Asked, Draft, Kind
from livefreeze.flows.transaction import transaction
from livefreeze.store import audit, banks, outbox
from livefreeze.store import engine as store_engine


def replay(message_id: str, *, actor: str) -> None:
    """Let a dead letter be delivered again, at once: its lane goes on. For whoever may run commands on the machine.

    Raises Problem MESSAGE_NOT_DEAD.
    """
    with transaction() as connection:
        _replay(connection, message_id, {}, actor=actor, recorded_at=store_engine.now(connection))


def read(message_id: str, *, principal: Principal) -> str:
    """The exact text of a message, names and numbers unmasked; that it was read is written down.

    Raises Problem NOT_FOUND.
    """
    with transaction() as connection:
        bank_id = outbox.bank_of(connection, message_id)
        if bank_id is None:
            raise Problem("NOT_FOUND")
        chain = audit.bank_chain(banks.code(connection, bank_id))
        audit.record(connection, chain, "message.read", {"message": message_id}, actor=principal.actor,
                     recorded_at=store_engine.now(connection))
        return outbox.body(connection, message_id).decode()


def _draft(connection: Connection, _: Principal, asked: Asked) -> Draft:
    letter = outbox.dead_letter(connection, asked["message"])
    if letter is None:
        raise Problem("MESSAGE_NOT_DEAD")
    document = {"message": letter.id, "bank": banks.code(connection, letter.bank_id), "account": letter.lane,
                "type": letter.type, "given_up_at": clock.format_instant(letter.dead_at)}
    return Draft(document, subject_id=letter.id, bank_id=letter.bank_id)


def _act(connection: Connection, approval: Approval) -> None:
    _replay(connection, approval.proposal.subject_id, approval.detail(), actor=approval.actor,
            recorded_at=approval.recorded_at)


def _replay(connection: Connection, message_id: str, under: dict, *, actor: str, recorded_at) -> None:
    letter = outbox.dead_letter(connection, message_id)
    if letter is None:
        raise Problem("MESSAGE_NOT_DEAD")
    outbox.replay(connection, letter.id)
    detail = {"message": letter.id, "account": letter.lane, **under}
    audit.record(connection, audit.bank_chain(banks.code(connection, letter.bank_id)), "message.replayed", detail,
                 actor=actor, recorded_at=recorded_at)


KINDS = {"message.replay": Kind(_draft, _act)}
