"""Do a bank and the service say the same: of every message, withdrawal, transfer, booking and balance?"""

import hashlib
import json
from collections.abc import Iterator

from bank_adapters import strict_json
from tests.crash.books import BankBooks, ServiceBooks
from tests.crash.town import Account

# How a withdrawal stands at the service once it stands so at the bank; None: never heard of.
SAME_END = {
    "captured": ("captured",),
    "paid": ("captured",),  # the answer to a query told of the payment before the capture did
    "reversed": ("reversed",),
    "declined": ("declined",),
    "voided": ("voided", "declined", None),  # given up for want of an answer, whatever that was
    "stand_in": (None,),
}
TOO_LATE = "DEADLINE_PASSED"  # asked again after a kill, too late for a decision: there is none, and nothing is paid
LATE = ("WITHDRAWAL_STATE", "NOT_FOUND")  # a capture or void of what has ended, or never began, here


def on_account(account: Account, bank: BankBooks, service: ServiceBooks) -> Iterator[str]:
    """I9 for one account, and every booking since its receipt: there once, under its name, with its amount."""
    row, balance = service.accounts[account.id], bank.accounts[account.number]["balance_minor"]
    parts = (row.balance_minor, row.held_minor, row.in_transit_minor)
    if sum(parts) != balance:
        yield f"the bank has {balance}, we have {' + '.join(map(str, parts))}"
    theirs, ours = bank.sums(account, after=row.opening_sequence), service.sums(account)
    for booking in sorted(theirs.keys() | ours.keys()):
        if theirs[booking] != ours[booking]:
            yield f"{' '.join(booking)}: the bank has {theirs[booking]}, we have {ours[booking]}"


def with_bank(bank: BankBooks, service: ServiceBooks) -> Iterator[str]:
    """Everything else that both sides know of."""
    if bank.trial_balance:
        yield f"its own books are out by {bank.trial_balance}"
    yield from _withdrawals(bank, service)
    yield from _transfers(bank, service)
    yield from _messages_to_us(bank, service)
    yield from _messages_from_us(bank, service)
    yield from _receipts(bank, service)


def _withdrawals(bank: BankBooks, service: ServiceBooks) -> Iterator[str]:
    never_decided = {strict_json.loads(row["body"])["reference"] for row in bank.left.values() if _came_too_late(row)}
    for reference, row in bank.withdrawals.items():
        ours = service.withdrawals.get((bank.code, reference))
        status = None if ours is None else ours.status
        if row["state"] == "declined" and status is None and reference in never_decided:
            continue
        if status not in SAME_END.get(row["state"], ()):
            yield f"withdrawal {reference} is {row['state']} there and {status} here"
        decision = json.loads(row["decision"] or "{}")
        if "decision" in decision and (ours is None or ours.id != decision["id"]):
            yield f"withdrawal {reference} was {decision['decision']} as {decision['id']}, which is not here"
    for code, reference in service.withdrawals:
        if code == bank.code and reference not in bank.withdrawals:
            yield f"withdrawal {reference} is only here"


def _transfers(bank: BankBooks, service: ServiceBooks) -> Iterator[str]:
    for name, row in bank.transfers.items():
        ours = service.sweeps.get(name)
        if ours is None or (ours.status, ours.amount_minor) != (row["state"], row["amount_minor"]):
            yield f"transfer {name} is {row['state']} there and {ours and ours.status} here"


def _messages_to_us(bank: BankBooks, service: ServiceBooks) -> Iterator[str]:
    for message_id, row in bank.left.items():
        claim = service.message_claims.get((bank.code, message_id))
        if claim is not None and bytes(claim.digest) != hashlib.sha256(row["body"]).digest():
            yield f"message {message_id} is claimed here by another body"
        if row["state"] == "answered" and (claim is None or claim.answer_sealed is None):
            yield f"message {message_id} ({row['kind']}) was answered and is not here"
        if _came_too_late(row):
            if claim is not None:
                yield f"message {message_id} was refused as too late and is decided here"
        elif row["state"] == "refused" and (row["kind"] == "authorise" or row["problem"] not in LATE):
            yield f"message {message_id} ({row['kind']}) was refused: {row['problem']}"
        for event in strict_json.loads(row["body"]).get("events", ()):
            found = service.event_claims.get((bank.code, event["event_id"]))
            if found is None or found.outcome != "applied":
                yield f"event {event['event_id']} ({event['type']}) was not applied: {found and found.problem}"


def _came_too_late(message) -> bool:
    return message["state"] == "refused" and message["kind"] == "authorise" and message["problem"] == TOO_LATE


def _messages_from_us(bank: BankBooks, service: ServiceBooks) -> Iterator[str]:
    for (code, message_id), row in service.outbound.items():
        came = bank.came.get(message_id)
        if code == bank.code and (came is None or came["state"] != "done"):
            yield f"our message {message_id} ({row.type}) is {came and came['state']} there"
    for message_id in bank.came:
        if (bank.code, message_id) not in service.outbound:
            yield f"our message {message_id} is only there"


def _receipts(bank: BankBooks, service: ServiceBooks) -> Iterator[str]:
    """The receipts in our answers lie on the chains: nothing that was promised is gone."""
    for receipt in bank.receipts:
        if service.hashes.get((receipt["chain"], receipt["seq"])) != receipt["hash"]:
            yield f"the receipt {receipt['chain']} {receipt['seq']} is not on the chain"
    replied_to = {receipt["in_reply_to"] for receipt in bank.receipts}
    for message_id, row in bank.left.items():
        if row["state"] == "answered" and message_id not in replied_to:
            yield f"message {message_id} ({row['kind']}) was answered without a receipt"
