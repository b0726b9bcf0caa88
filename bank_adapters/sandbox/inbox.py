"""Messages from the service: stored once under their id, acknowledged, then acted on in their order."""

import hashlib
import sqlite3
from collections.abc import Mapping

from bank_adapters import contract, errors, signing, strict_json
from bank_adapters.sandbox import authorisations, freezes, inquiries, keys, transfers
from bank_adapters.sandbox.bank import Bank
from bank_adapters.sandbox.clock import format_instant
from bank_adapters.sandbox.refused import Refused


def receive(connection: sqlite3.Connection, bank: Bank, body: bytes, headers: Mapping[str, str]) -> None:
    """Verify and store a message; one that came before is stored already.

    Raises SignatureInvalid, NotJson, MessageInvalid, Refused (MESSAGE_MISDIRECTED, MESSAGE_REUSED).
    """
    verified = signing.verify(body, headers, keys.trusted(connection), bank.clock.wall())
    notice = contract.parse(strict_json.loads(body), *contract.NOTICES)
    if notice.bank != bank.code:
        raise Refused("MESSAGE_MISDIRECTED")
    digest = hashlib.sha256(body).hexdigest()
    kept = connection.execute("SELECT digest FROM message_in WHERE webhook_id = ?", (verified.message_id,)).fetchone()
    if kept is not None and kept["digest"] != digest:
        raise Refused("MESSAGE_REUSED")
    connection.execute(
        "INSERT OR IGNORE INTO message_in (webhook_id, digest, type, body, state, received_at)"
        " VALUES (?, ?, ?, ?, 'waiting', ?)",
        (verified.message_id, digest, notice.type, body, format_instant(bank.clock.wall())),
    )


def waiting(connection: sqlite3.Connection) -> list[int]:
    """The positions of the messages not yet acted on, oldest first."""
    rows = connection.execute("SELECT position FROM message_in WHERE state = 'waiting' ORDER BY position")
    return [row["position"] for row in rows]


def act(connection: sqlite3.Connection, bank: Bank, position: int) -> None:
    """Do what the message asks for. In the same transaction the message is done."""
    body = connection.execute("SELECT body FROM message_in WHERE position = ?", (position,)).fetchone()["body"]
    _do(connection, bank, contract.parse(strict_json.loads(body), *contract.NOTICES), body)
    connection.execute("UPDATE message_in SET state = 'done' WHERE position = ?", (position,))


def refuse(connection: sqlite3.Connection, position: int, refused: errors.Refused) -> None:
    """Set a message aside that the bank cannot do, with the reason, so that the next ones go on."""
    connection.execute(
        "UPDATE message_in SET state = 'refused', problem = ? WHERE position = ?", (refused.code, position)
    )


def _do(connection: sqlite3.Connection, bank: Bank, notice: contract.Struct, body: bytes) -> None:
    match notice:
        case contract.FreezePlaced():
            freezes.place(connection, bank, notice)
        case contract.FreezeAmended():
            freezes.amend(connection, notice)
        case contract.FreezeReleased():
            freezes.release(connection, notice)
        case contract.WithdrawalQueried():
            authorisations.answer_query(connection, bank, notice.reference, notice.account)
        case contract.TransferInstructed():
            for transfer in notice.transfers:
                transfers.instruct(connection, transfer)
        case contract.InquiryRequested():
            inquiries.ask(connection, notice, body)
        case contract.InquiryReminded():
            inquiries.remind(connection, notice)
        case contract.InquiryEnded():
            inquiries.end(connection, notice)
