"""Withdrawals at the counter, and transfers to the case fund."""

import sqlite3
from collections.abc import Callable

from flask import Blueprint

from bank_adapters import errors
from bank_adapters.sandbox import transfers
from bank_adapters.sandbox.api import requests
from bank_adapters.sandbox.bank import Bank
from bank_adapters.sandbox.refused import Refused
from bank_adapters.sandbox.running import Running

SEVERAL_COUNT_MAX = 1_000

counter = Blueprint("counter", __name__)


@counter.post("/withdrawals")
def withdraw():
    """Serve a debtor: 201 paid or kept for later, 200 declined, 503 not decided and so not paid."""
    shown = requests.running().counter.withdraw(requests.document())
    if shown["state"] == "declined":
        return shown, 200
    return shown, 503 if shown["state"] in ("asked", "voiding", "voided") else 201


@counter.post("/withdrawals/several")
def withdraw_several():
    """Serve several debtors one after another; each result is as of one, or why the bank itself refused it."""
    fields, running = requests.fields(), requests.running()
    asked = fields.list("withdrawals")
    fields.refuse_unknown()
    if len(asked) > SEVERAL_COUNT_MAX or not all(isinstance(each, dict) for each in asked):
        raise Refused("FIELD_INVALID", field="withdrawals", wanted=f"at most {SEVERAL_COUNT_MAX} objects")
    return {"withdrawals": [_served(running, each) for each in asked]}


@counter.get("/withdrawals/<reference>")
def show_withdrawal(reference: str):
    """A withdrawal as the teller's screen shows it."""
    return requests.running().counter.show(reference)


@counter.post("/withdrawals/<reference>/capture")
def capture(reference: str):
    """Pay a kept withdrawal, all or `amount`."""
    return requests.running().counter.capture(reference, requests.document())


@counter.post("/withdrawals/<reference>/void")
def void(reference: str):
    """Give a kept withdrawal up."""
    return requests.running().counter.void(reference)


@counter.post("/withdrawals/<reference>/reverse")
def reverse(reference: str):
    """Take the money of a captured withdrawal back."""
    return requests.running().counter.reverse(reference)


@counter.get("/transfers")
def show_transfers():
    """Every transfer that the service instructed."""
    with requests.running().bank.database.reading() as connection:
        return {"transfers": transfers.all_of(connection)}


@counter.post("/transfers/<name>/settle")
def settle(name: str):
    """Carry a transfer out now, also one reported as failed."""
    return _transfer(lambda connection, bank: transfers.settle(connection, bank, name))


@counter.post("/transfers/<name>/fail")
def fail(name: str):
    """Report a transfer as failed instead of carrying it out."""
    why = requests.fields().text("why", default="The payee's bank refused it")
    return _transfer(lambda connection, bank: transfers.fail(connection, bank, name, why))


@counter.post("/transfers/<name>/return")
def give_back(name: str):
    """Bring a settled transfer back."""
    why = requests.fields().text("why", default="The payee's bank sent it back")
    return _transfer(lambda connection, bank: transfers.give_back(connection, bank, name, why))


def _served(running: Running, document: dict) -> dict:
    try:
        return running.counter.withdraw(document)
    except errors.Refused as refused:
        return {"state": "refused", "code": refused.code, "reason": refused.reason, "reason_zh": refused.reason_zh}


def _transfer(act: Callable[[sqlite3.Connection, Bank], None]) -> tuple[dict, int]:
    bank = requests.running().bank
    with bank.database.transaction() as connection:
        act(connection, bank)
    reported = requests.reported(requests.REPORTED_WITHIN_S)
    with bank.database.reading() as connection:
        return {"transfers": transfers.all_of(connection), "reported": reported}, 200
