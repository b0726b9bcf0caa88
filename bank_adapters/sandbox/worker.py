"""The bank's one background thread: acts on messages that came, carries out transfers, sends what waits.

All that is left to do is read from the database, so a bank that was killed goes on where it stood.
"""

import logging
import sqlite3
import threading
import time

from bank_adapters import errors
from bank_adapters.sandbox import answers, employments, faults, inbox, inquiries, outbox, transfers
from bank_adapters.sandbox.bank import Bank
from bank_adapters.sandbox.clock import wall_s
from bank_adapters.sandbox.courier import Courier
from bank_adapters.sandbox.outbox import Message

PAUSE_AFTER_ERROR_S = 1.0
LOOK_EVERY_S = 0.25
TOGETHER_MAX = 200  # in one transaction, whose events leave in one message

_log = logging.getLogger(__name__)


class Worker(threading.Thread):
    """Works whenever something changed or falls due, until it is stopped."""

    def __init__(self, bank: Bank, courier: Courier) -> None:
        super().__init__(name="sandbox-worker", daemon=True)
        self._bank = bank
        self._courier = courier
        self._is_stopping = False

    def run(self) -> None:
        """Work, then wait for a change or for what is due next."""
        while not self._is_stopping:
            seen = self._bank.changed.count
            try:
                pause_s = self.work()
            except Exception:
                _log.exception("the sandbox bank's worker stumbled; it goes on")
                pause_s = PAUSE_AFTER_ERROR_S
            self._bank.changed.wait_after(seen, pause_s)

    def stop(self) -> None:
        """Stop after the present piece of work and wait for that."""
        self._is_stopping = True
        self._bank.changed.ring()
        self.join()

    def work(self) -> float | None:
        """One round: what came in, what is due, what must go out; returns the seconds until more is due."""
        self._act_on_messages()
        self._carry_out_transfers()
        self._answer_inquiries()
        self._pay_salaries()
        due_at = [at for at in (self._send(), *self._next_due(), self._look_again_at()) if at is not None]
        return max(0.0, min(due_at) - wall_s()) if due_at else None

    def _act_on_messages(self) -> None:
        with self._bank.database.reading() as connection:
            positions = inbox.waiting(connection)
        for first in range(0, len(positions), TOGETHER_MAX):
            with self._bank.database.transaction() as connection, outbox.gathered(connection, self._bank):
                for position in positions[first : first + TOGETHER_MAX]:
                    self._act_on(connection, position)
            self._bank.changed.ring()

    def _act_on(self, connection: sqlite3.Connection, position: int) -> None:
        try:
            with self._bank.database.attempt():
                inbox.act(connection, self._bank, position)
        except errors.Refused as refused:
            inbox.refuse(connection, position, refused)

    def _carry_out_transfers(self) -> None:
        with self._bank.database.reading() as connection:
            names = transfers.due(connection)
        for first in range(0, len(names), TOGETHER_MAX):
            with self._bank.database.transaction() as connection, outbox.gathered(connection, self._bank):
                for name in names[first : first + TOGETHER_MAX]:
                    transfers.carry_out(connection, self._bank, name)
            self._bank.changed.ring()

    def _answer_inquiries(self) -> None:
        with self._bank.database.reading() as connection:
            names = inquiries.due(connection)
        for name in names:
            answers.answer(self._bank, name)
            self._bank.changed.ring()

    def _pay_salaries(self) -> None:
        with self._bank.database.reading() as connection:
            is_payday = employments.count_due(connection, self._bank) > 0
        while is_payday:
            with self._bank.database.transaction() as connection:
                is_payday = employments.pay_due(connection, self._bank) > 0
            self._bank.changed.ring()

    def _look_again_at(self) -> float | None:
        """Paydays go by a clock that may be moved at any moment, so it is looked at again and again."""
        with self._bank.database.reading() as connection:
            return wall_s() + LOOK_EVERY_S if employments.are_kept(connection) else None

    def _send(self) -> float | None:
        """Send what is due and in nobody's hand, up to the first failure; returns when the next message is due."""
        with self._bank.database.reading() as connection:
            is_reordering = faults.current(connection).reorder_events
        messages = self._next_to_leave(newest_event_first=is_reordering)
        if is_reordering and messages:
            time.sleep(faults.GATHERING_S)
            messages = self._next_to_leave(newest_event_first=True)
        later = [message.next_attempt_at for message in messages if message.next_attempt_at > wall_s()]
        for message in messages:
            if message.next_attempt_at <= wall_s() and not self._courier.attempt(message):
                break  # a service that hangs must not hold up events behind a row of calls
        return min(later, default=None)

    def _next_to_leave(self, *, newest_event_first: bool) -> list[Message]:
        with self._bank.database.reading() as connection:
            messages = outbox.next_to_leave(connection, newest_event_first=newest_event_first)
        return [message for message in messages if not self._courier.is_in_hand(message)]

    def _next_due(self) -> tuple[float | None, float | None]:
        with self._bank.database.reading() as connection:
            return transfers.next_due_at(connection), inquiries.next_due_at(connection)
