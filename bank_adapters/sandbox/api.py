"""The HTTP API by which a person or a test plays customer, employer, teller or trouble. Loopback only, no log-in."""

from typing import Any

from flask import Blueprint, current_app, request

from bank_adapters import strict_json
from bank_adapters.sandbox import (
    books,
    charges,
    faults,
    freezes,
    identifiers,
    messages,
    outbox,
    payroll,
    receipts,
    statements,
    transfers,
)
from bank_adapters.sandbox.clock import format_instant
from bank_adapters.sandbox.fields import Fields
from bank_adapters.sandbox.refused import Refused
from bank_adapters.sandbox.running import Running

REPORTED_WITHIN_S = 5.0  # how long a payroll waits for the service to take its events, unless `wait_s` says else
QUIET_WITHIN_S_MAX = 60.0

api = Blueprint("api", __name__, url_prefix="/api")


@api.post("/accounts")
def open_account():
    """Open a customer's account, with an opening balance paid in from outside."""
    fields, bank = _fields(), _running().bank
    currency = fields.text("currency", default="CNY")
    number = fields.text("account", default=None, pattern=r"[0-9A-Za-z]{6,34}")
    now = format_instant(bank.clock.now())
    opening_minor = fields.amount("opening_balance", currency, default=0, least=0)
    account = {
        "number": number or identifiers.new_account_number(),
        "kind": fields.choice("kind", ("salary", "case_fund"), default="salary"),
        "name": fields.text("name"),
        "id_number": fields.text("id_number", default=""),
        "branch": fields.text("branch", default="main"),
        "currency": currency,
        "opened_at": now,
    }
    fields.refuse_unknown()
    with bank.database.transaction() as connection:
        books.open_account(connection, **account)
        if opening_minor:
            books.book(
                connection,
                kind="opening",
                debit=books.own(connection, "correspondent", currency, now),
                credit=account["number"],
                amount_minor=opening_minor,
                happened_at=now,
                recorded_at=now,
            )
        return statements.of_account(connection, account["number"]), 201


@api.get("/accounts/<number>")
def show_account(number: str):
    """One account with its entries, orders and what is promised out of it."""
    with _running().bank.database.reading() as connection:
        return statements.of_account(connection, number)


@api.post("/accounts/<number>/prior-holds")
def add_prior_hold(number: str):
    """Note a hold of somebody outside the service, which receipts name from now on."""
    fields = _fields()
    with _running().bank.database.transaction() as connection:
        account = books.customer(connection, number)
        holder, amount_minor = fields.text("holder"), fields.amount("amount", account.currency)
        fields.refuse_unknown()
        freezes.add_prior_hold(connection, account, holder, amount_minor)
        return statements.of_account(connection, number), 201


@api.post("/payroll")
def pay_salaries():
    """Pay one account, or with `all` every salary account of the currency, as their employers do."""
    fields, running = _fields(), _running()
    wait_s = fields.number("wait_s", default=REPORTED_WITHIN_S)
    bank = running.bank
    happened_at = format_instant(fields.happened_at(bank.clock))
    is_for_all = fields.flag("all")
    number = None if is_for_all else fields.text("account")
    with bank.database.transaction() as connection:
        if is_for_all:
            currency = fields.text("currency", default="CNY")
            accounts = [a for a in books.accounts(connection) if (a.kind, a.currency) == ("salary", currency)]
        else:
            accounts = [books.customer(connection, number)]
            currency = accounts[0].currency
        amount_minor = fields.amount("amount", currency)
        income = fields.choice("income", payroll.INCOMES, default="salary")
        payer = fields.text("payer", default=None)
        fields.refuse_unknown()
        entries = payroll.pay(
            connection, bank, accounts, amount_minor, income=income, payer=payer, happened_at=happened_at
        )
    return {"entries": [entry.with_balance() for entry in entries], "reported": _reported(running, wait_s)}, 201


@api.post("/payroll/recall")
def recall_salary():
    """Take a credit back, such as a salary paid by mistake."""
    fields, running = _fields(), _running()
    wait_s = fields.number("wait_s", default=REPORTED_WITHIN_S)
    happened_at = format_instant(fields.happened_at(running.bank.clock))
    with running.bank.database.transaction() as connection:
        account = books.customer(connection, fields.text("account"))
        reference = fields.text("transaction_reference")
        fields.refuse_unknown()
        entry = payroll.recall(connection, running.bank, account, reference, happened_at)
    return {"entry": entry.with_balance(), "reported": _reported(running, wait_s)}, 201


@api.post("/charges")
def charge():
    """Debit an account by other ways than a withdrawal."""
    fields, running = _fields(), _running()
    wait_s = fields.number("wait_s", default=REPORTED_WITHIN_S)
    happened_at = format_instant(fields.happened_at(running.bank.clock))
    with running.bank.database.transaction() as connection:
        account = books.customer(connection, fields.text("account"))
        amount_minor = fields.amount("amount", account.currency)
        kind = fields.choice("kind", tuple(charges.KINDS), default="bank_charge")
        fields.refuse_unknown()
        entry = charges.charge(connection, running.bank, account, amount_minor, kind=kind, happened_at=happened_at)
    return {"entry": entry.with_balance(), "reported": _reported(running, wait_s)}, 201


@api.post("/withdrawals")
def withdraw():
    """Serve a debtor: 201 paid or kept for later, 200 declined, 503 not decided and so not paid."""
    shown = _running().counter.withdraw(_document())
    if shown["state"] == "declined":
        return shown, 200
    return shown, 503 if shown["state"] in ("asked", "voiding", "voided") else 201


@api.get("/withdrawals/<reference>")
def show_withdrawal(reference: str):
    """A withdrawal as the teller's screen shows it."""
    return _running().counter.show(reference)


@api.post("/withdrawals/<reference>/capture")
def capture(reference: str):
    """Pay a kept withdrawal, all or `amount`."""
    return _running().counter.capture(reference, _document())


@api.post("/withdrawals/<reference>/void")
def void(reference: str):
    """Give a kept withdrawal up."""
    return _running().counter.void(reference)


@api.post("/withdrawals/<reference>/reverse")
def reverse(reference: str):
    """Take the money of a captured withdrawal back."""
    return _running().counter.reverse(reference)


@api.get("/transfers")
def show_transfers():
    """Every transfer that the service instructed."""
    with _running().bank.database.reading() as connection:
        return {"transfers": transfers.all_of(connection)}


@api.post("/transfers/<name>/settle")
def settle(name: str):
    """Carry a transfer out now, also one reported as failed."""
    return _transfer(lambda connection, bank: transfers.settle(connection, bank, name))


@api.post("/transfers/<name>/fail")
def fail(name: str):
    """Report a transfer as failed instead of carrying it out."""
    why = _fields().text("why", default="The payee's bank refused it")
    return _transfer(lambda connection, bank: transfers.fail(connection, bank, name, why))


@api.post("/transfers/<name>/return")
def give_back(name: str):
    """Bring a settled transfer back."""
    why = _fields().text("why", default="The payee's bank sent it back")
    return _transfer(lambda connection, bank: transfers.give_back(connection, bank, name, why))


@api.get("/books")
def show_books():
    """All accounts and the trial balance, to be compared with the service's books."""
    bank = _running().bank
    with bank.database.reading() as connection:
        return statements.books_of(connection, bank)


@api.get("/messages")
def show_messages():
    """What came from and went to the service, without the bodies."""
    with _running().bank.database.reading() as connection:
        return messages.both_ways(connection)


@api.get("/receipts")
def show_receipts():
    """The service's audit receipts."""
    with _running().bank.database.reading() as connection:
        return {"receipts": receipts.all_kept(connection)}


@api.get("/faults")
def show_faults():
    """The faults switched on."""
    with _running().bank.database.reading() as connection:
        return faults.current(connection).as_document()


@api.put("/faults")
def replace_faults():
    """Switch on exactly these faults."""
    document = _document()
    with _running().bank.database.transaction() as connection:
        return faults.replace(connection, document).as_document()


@api.post("/events/raw")
def send_raw_events():
    """Send any events, signed, once and at once, past outbox and books; shows the service's answer unverified."""
    fields, running = _fields(), _running()
    message_id = fields.text("webhook_id", default=None) or identifiers.new("msg")
    events = fields.list("events")
    fields.refuse_unknown()
    body = outbox.events_body(running.bank, events)
    delivery = running.link.exchange(f"/bank/v1/{running.bank.code}/events", message_id, body)
    if delivery.error_code is not None:
        raise Refused("SERVICE_SILENT", why=delivery.error_code)
    return {
        "webhook_id": message_id,
        "status": delivery.status,
        "answer": strict_json.loads(delivery.body) if delivery.body else None,
    }


@api.get("/quiet")
def wait_until_quiet():
    """Wait until nothing is left to do for the bank's own threads; says how much is left if it takes too long."""
    bank = _running().bank
    timeout_s = min(QUIET_WITHIN_S_MAX, request.args.get("timeout_s", default=10.0, type=float))
    is_quiet = bank.changed.wait_until(lambda: not any(_waiting().values()), timeout_s)
    return {"quiet": is_quiet, "waiting": _waiting()}


@api.get("/health")
def health():
    """Whether the bank is up, and how much is left to do."""
    bank = _running().bank
    return {"bank": bank.code, "public_key": bank.signing_key.public_key.text(), "waiting": _waiting()}


def _running() -> Running:
    return current_app.extensions["sandbox"]


def _waiting() -> dict[str, int]:
    with _running().bank.database.reading() as connection:
        return messages.waiting(connection)


def _document() -> dict[str, Any]:
    if not request.data:
        return {}
    if request.mimetype != "application/json":
        raise Refused("NOT_JSON_TYPE")
    document = strict_json.loads(request.data)
    if not isinstance(document, dict):
        raise Refused("NOT_AN_OBJECT")
    return document


def _fields() -> Fields:
    return Fields(_document())


def _reported(running: Running, wait_s: float) -> bool:
    """Wake the worker, and wait a while for the service to take the events; whether it has taken them all."""
    bank = running.bank

    def is_taken() -> bool:
        with bank.database.reading() as connection:
            return not outbox.are_events_waiting(connection)

    bank.changed.ring()
    return bank.changed.wait_until(is_taken, wait_s)


def _transfer(act: Any) -> tuple[dict, int]:
    running = _running()
    with running.bank.database.transaction() as connection:
        act(connection, running.bank)
    reported = _reported(running, REPORTED_WITHIN_S)
    with running.bank.database.reading() as connection:
        return {"transfers": transfers.all_of(connection), "reported": reported}, 200
