"""Customers' accounts: open them, pay salaries into them, charge them, and show the books."""

import sqlite3

from flask import Blueprint

from bank_adapters.sandbox import (
    books,
    charges,
    employments,
    freezes,
    histories,
    identifiers,
    inquiries,
    payroll,
    statements,
)
from bank_adapters.sandbox.api import pasts, requests
from bank_adapters.sandbox.clock import format_instant
from bank_adapters.sandbox.employments import Employment
from bank_adapters.sandbox.fields import Fields
from bank_adapters.sandbox.payroll import Credit
from bank_adapters.sandbox.refused import Refused

EMPLOYMENTS_COUNT_MAX = 1_000

customers = Blueprint("customers", __name__)


@customers.post("/accounts")
def open_account():
    """Open a customer's account, with an opening balance paid in from outside, or with a `past` of some years."""
    fields, bank = requests.fields(), requests.running().bank
    currency = fields.text("currency", default="CNY")
    number = fields.text("account", default=None, pattern=r"[0-9A-Za-z]{6,34}")
    now = format_instant(bank.clock.now())
    opening_minor = fields.amount("opening_balance", currency, default=None, least=0)
    plan = pasts.read(fields, bank, currency, ends_at_minor=opening_minor)
    account = {
        "number": number or identifiers.new_account_number(),
        "kind": fields.choice("kind", ("salary", "case_fund"), default="salary"),
        "name": fields.text("name"),
        "id_number": fields.text("id_number", default=""),
        "branch": fields.text("branch", default="main"),
        "currency": currency,
    }
    fields.refuse_unknown()
    with bank.database.transaction() as connection:
        if plan is not None:
            histories.open_with_past(connection, bank, plan, **account)
        else:
            _open_today(connection, account, opening_minor, now)
        inquiries.tell_opened(connection, bank, account["number"])
    bank.changed.ring()
    with bank.database.reading() as connection:
        return statements.of_account(connection, account["number"]), 201


@customers.get("/accounts/<number>")
def show_account(number: str):
    """One account with its entries, orders and what is promised out of it."""
    with requests.running().bank.database.reading() as connection:
        return statements.of_account(connection, number)


@customers.post("/accounts/<number>/prior-holds")
def add_prior_hold(number: str):
    """Note a hold of somebody outside the service, which receipts name from now on."""
    fields = requests.fields()
    with requests.running().bank.database.transaction() as connection:
        account = books.customer(connection, number)
        holder, amount_minor = fields.text("holder"), fields.amount("amount", account.currency)
        fields.refuse_unknown()
        freezes.add_prior_hold(connection, account, holder, amount_minor)
        return statements.of_account(connection, number), 201


@customers.post("/payroll")
def pay_salaries():
    """Pay one account, or with `all` every salary account of the currency, as their employers do."""
    fields, bank = requests.fields(), requests.running().bank
    wait_s = requests.wait_s_of(fields)
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
        credits = [
            Credit(account=account, amount_minor=amount_minor, income=income, payer=payer) for account in accounts
        ]
        entries = payroll.pay(connection, bank, credits, happened_at=happened_at)
    return {"entries": [entry.with_balance() for entry in entries], "reported": requests.reported(wait_s)}, 201


@customers.post("/employments")
def employ():
    """Let accounts be paid every month from the next payday on; one that is paid already is paid so instead."""
    fields, bank = requests.fields(), requests.running().bank
    asked = fields.list("employments")
    fields.refuse_unknown()
    if len(asked) > EMPLOYMENTS_COUNT_MAX or not all(isinstance(each, dict) for each in asked):
        raise Refused("FIELD_INVALID", field="employments", wanted=f"at most {EMPLOYMENTS_COUNT_MAX} objects")
    with bank.database.transaction() as connection:
        now = bank.clock.now()
        for document in asked:
            employments.write(connection, bank, _employment(connection, Fields(document)), after=now)
    bank.changed.ring()
    return {"employments": len(asked)}, 201


@customers.post("/payroll/recall")
def recall_salary():
    """Take a credit back, such as a salary paid by mistake."""
    fields, bank = requests.fields(), requests.running().bank
    wait_s = requests.wait_s_of(fields)
    happened_at = format_instant(fields.happened_at(bank.clock))
    with bank.database.transaction() as connection:
        account = books.customer(connection, fields.text("account"))
        reference = fields.text("transaction_reference")
        fields.refuse_unknown()
        entry = payroll.recall(connection, bank, account, reference, happened_at)
    return {"entry": entry.with_balance(), "reported": requests.reported(wait_s)}, 201


@customers.post("/charges")
def charge():
    """Debit an account by other ways than a withdrawal."""
    fields, bank = requests.fields(), requests.running().bank
    wait_s = requests.wait_s_of(fields)
    happened_at = format_instant(fields.happened_at(bank.clock))
    with bank.database.transaction() as connection:
        account = books.customer(connection, fields.text("account"))
        amount_minor = fields.amount("amount", account.currency)
        kind = fields.choice("kind", tuple(charges.KINDS), default="bank_charge")
        fields.refuse_unknown()
        entry = charges.charge(connection, bank, account, amount_minor, kind=kind, happened_at=happened_at)
    return {"entry": entry.with_balance(), "reported": requests.reported(wait_s)}, 201


@customers.get("/books")
def show_books():
    """All accounts and the trial balance, to be compared with the service's books."""
    bank = requests.running().bank
    with bank.database.reading() as connection:
        return statements.books_of(connection, bank)


def _open_today(connection: sqlite3.Connection, account: dict, opening_minor: int | None, now: str) -> None:
    books.open_account(connection, opened_at=now, **account)
    if opening_minor:
        books.book(
            connection,
            kind="opening",
            debit=books.own(connection, "correspondent", account["currency"], now),
            credit=account["number"],
            amount_minor=opening_minor,
            happened_at=now,
            recorded_at=now,
        )


def _employment(connection: sqlite3.Connection, fields: Fields) -> Employment:
    account = books.customer(connection, fields.text("account"))
    employment = Employment(
        account=account.number,
        amount_minor=fields.amount("amount", account.currency),
        income=fields.choice("income", payroll.INCOMES, default="salary"),
        payer=fields.text("payer", default=None),
        day=fields.day_of_month("day"),
    )
    fields.refuse_unknown()
    return employment
