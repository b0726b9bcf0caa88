"""A teller's talk with the service: ask, wait for the answer, pay, say that it was paid."""

import os
import signal
import sqlite3
import time

from bank_adapters.sandbox import authorisations, books, freezes, money, payments, screens, withdrawals
from bank_adapters.sandbox.bank import Bank
from bank_adapters.sandbox.clock import format_instant
from bank_adapters.sandbox.courier import Courier
from bank_adapters.sandbox.fields import Fields
from bank_adapters.sandbox.outbox import Message
from bank_adapters.sandbox.refused import Refused
from bank_adapters.sandbox.withdrawals import Wish, Withdrawal

EVENTS_FIRST_S = 3.0  # how long a question waits for what the bank had to report before


class Counter:
    """Every counter, cash machine and card of the bank."""

    def __init__(self, bank: Bank, courier: Courier) -> None:
        self._bank = bank
        self._courier = courier

    def withdraw(self, document: dict) -> dict:
        """Serve one withdrawal to its end, or until the debtor has waited long enough.

        Fields: account, amount, branch, teller, channel, identified_by, happened_at or on; `is_kept`
        (authorise now, pay later), `is_stand_in` (pay without asking), `crash_before_capture` (the process
        kills itself between paying and saying so). Raises Refused, MessageInvalid.
        """
        fields = Fields(document)
        crash_before_capture = fields.flag("crash_before_capture")
        is_stand_in = fields.flag("is_stand_in")
        with self._bank.database.transaction() as connection:
            wish = self._wish(connection, fields)
            question = None
            if is_stand_in or not freezes.is_frozen(connection, wish.account.number):
                is_stand_in = is_stand_in and freezes.is_frozen(connection, wish.account.number)
                reference = payments.pay_unasked(connection, self._bank, wish, is_stand_in=is_stand_in)
            else:
                question = authorisations.ask(connection, self._bank, wish)
                reference = question.reference
        self._bank.changed.ring()
        if question is not None:
            self._ask(question)
            if self._state(reference) == "approved" and not wish.is_kept:
                self._pay(reference, crash_before_capture=crash_before_capture)
        return self.show(reference)

    def capture(self, reference: str, document: dict) -> dict:
        """Pay a kept withdrawal: all of it, or `amount`, which may be less or more. Raises Refused."""
        fields = Fields(document)
        with self._bank.database.transaction() as connection:
            currency = withdrawals.find(connection, reference).currency
            amount_minor = fields.amount("amount", currency, default=None)
            fields.refuse_unknown()
            message = payments.pay(connection, self._bank, reference, amount_minor)
        self._courier.attempt(message)
        return self.show(reference)

    def void(self, reference: str) -> dict:
        """Give a kept withdrawal up. Raises Refused (WITHDRAWAL_STATE)."""
        with self._bank.database.transaction() as connection:
            message = authorisations.give_up(connection, self._bank, reference)
        self._courier.attempt(message)
        return self.show(reference)

    def reverse(self, reference: str) -> dict:
        """Take back the money of a captured withdrawal. Raises Refused (WITHDRAWAL_STATE)."""
        with self._bank.database.transaction() as connection:
            payments.reverse(connection, self._bank, reference)
        self._bank.changed.ring()
        return self.show(reference)

    def show(self, reference: str) -> dict:
        """The withdrawal as the teller's screen shows it."""
        with self._bank.database.reading() as connection:
            withdrawal = withdrawals.find(connection, reference)
            return as_document(connection, withdrawal)

    def _wish(self, connection: sqlite3.Connection, fields: Fields) -> Wish:
        account = books.customer(connection, fields.text("account"))
        wish = Wish(
            account=account,
            amount_minor=fields.amount("amount", account.currency),
            channel=fields.text("channel", default="counter"),
            identified_by=fields.text("identified_by", default="identity_card"),
            branch=fields.text("branch", default="main", pattern=r"[\w -]{1,40}"),
            teller=fields.text("teller", default="1", pattern=r"[\w -]{1,40}"),
            is_kept=fields.flag("is_kept"),
            happened_at=format_instant(fields.happened_at(self._bank.clock)),
        )
        fields.refuse_unknown()
        return wish

    def _ask(self, question: Message) -> None:
        """Ask, and wait for the answer as long as a debtor does; then what comes is voided by itself."""
        deadline = time.monotonic() + self._bank.patience.total_seconds()
        self._courier.attempt(question, after_events_s=EVENTS_FIRST_S)
        self._bank.changed.wait_until(lambda: self._state(question.reference) != "asked", deadline - time.monotonic())
        with self._bank.database.transaction() as connection:
            if withdrawals.find(connection, question.reference).state == "asked":
                authorisations.teller_leaves(connection, self._bank, question.reference)

    def _pay(self, reference: str, *, crash_before_capture: bool) -> None:
        try:
            with self._bank.database.transaction() as connection:
                message = payments.pay(connection, self._bank, reference)
        except Refused:  # the balance fell meanwhile, or the service asked and was told that nothing was paid
            with self._bank.database.transaction() as connection:
                authorisations.teller_leaves(connection, self._bank, reference)
            self._bank.changed.ring()
            return
        if crash_before_capture:
            os.kill(os.getpid(), signal.SIGKILL)
        self._courier.attempt(message)

    def _state(self, reference: str) -> str:
        with self._bank.database.reading() as connection:
            return withdrawals.find(connection, reference).state


def as_document(connection: sqlite3.Connection, withdrawal: Withdrawal) -> dict:
    """A withdrawal as the API shows it; `decision` is null while the service was not asked or is silent."""
    decision = withdrawal.decision or {}
    account = books.account(connection, withdrawal.account)
    return {
        "reference": withdrawal.reference,
        "account": withdrawal.account,
        "amount": money.format_minor(withdrawal.amount_minor, withdrawal.currency),
        "currency": withdrawal.currency,
        "channel": withdrawal.channel,
        "branch": withdrawal.branch,
        "teller": withdrawal.teller,
        "state": withdrawal.state,
        "decision": decision.get("decision"),
        "reason": decision.get("reason") or decision.get("code"),
        "allowance_left": decision.get("allowance_left"),
        "spendable": decision.get("spendable"),
        "expires_at": decision.get("expires_at"),
        "answer": withdrawal.decision,
        "paid_amount": (
            None if withdrawal.paid_minor is None else money.format_minor(withdrawal.paid_minor, withdrawal.currency)
        ),
        "transaction_reference": withdrawal.transaction_reference,
        "balance": money.format_minor(account.balance_minor, account.currency),
        "screen": screens.of(withdrawal),
    }
