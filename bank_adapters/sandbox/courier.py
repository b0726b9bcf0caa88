"""Carries stored messages to the service and stores what it answered, with what follows from the answer."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bank_adapters.sandbox import authorisations, faults, identifiers, outbox, payments, receipts, withdrawals
from bank_adapters.sandbox.bank import Bank
from bank_adapters.sandbox.faults import Faults
from bank_adapters.sandbox.link import Answer, Link, NoAnswer
from bank_adapters.sandbox.outbox import Message

# What follows from an answer, in the transaction that stores it. From an answer to events nothing follows.
_AFTER: dict[str, Callable[[sqlite3.Connection, Bank, Message, Answer], None]] = {
    "authorise": authorisations.decided,
    "capture": payments.captured,
    "void": authorisations.voided,
}


class Courier:
    """Sends one message at a time for whoever asks; the same message never twice at once."""

    def __init__(self, bank: Bank, link: Link) -> None:
        self._bank = bank
        self._link = link
        self._lock = threading.Lock()
        self._in_hand: set[int] = set()

    def attempt(self, message: Message, *, after_events_s: float = 0) -> bool:
        """Send the message once, unless another thread is sending it; whether this brought its end.

        Before, wait as long as said for the events stored earlier to arrive, so that the service knows what
        the bank knows.
        """
        with self._taken(message) as is_mine:
            if not is_mine:
                return False
            self._bank.changed.wait_until(lambda: not self._are_events_waiting(message), after_events_s)
            is_answered = self._attempt(message)
        self._bank.changed.ring()
        return is_answered

    def is_in_hand(self, message: Message) -> bool:
        """Whether a thread is sending it now; it rings `changed` when it is through."""
        with self._lock:
            return message.position in self._in_hand

    @contextmanager
    def _taken(self, message: Message) -> Iterator[bool]:
        with self._lock:
            is_mine = message.position not in self._in_hand
            self._in_hand.add(message.position)
        try:
            yield is_mine
        finally:
            if is_mine:
                with self._lock:
                    self._in_hand.discard(message.position)

    def _attempt(self, message: Message) -> bool:
        with self._bank.database.reading() as connection:
            if not outbox.is_waiting(connection, message.position):
                return True
            present = faults.current(connection)
        try:
            answer = self._send(message, present)
        except NoAnswer as error:
            with self._bank.database.transaction() as connection:
                outbox.postpone(connection, message, str(error))
                if message.kind == "authorise":
                    authorisations.unanswered(connection, self._bank, message)
            return False
        with self._bank.database.transaction() as connection:
            outbox.close(connection, message, status=answer.status, answer=answer.document)
            receipts.keep(connection, answer.document)
            if message.kind in _AFTER:
                _AFTER[message.kind](connection, self._bank, message, answer)
        return True

    def _send(self, message: Message, present: Faults) -> Answer:
        path = message.path(self._bank.code)
        answer = self._link.call(path, message.webhook_id, message.body)
        if message.kind == "events" and present.duplicate_events:
            self._link.call(path, message.webhook_id, message.body)
            self._link.call(path, identifiers.new("msg"), message.body)
        if message.kind == "authorise" and self._is_answer_lost(message, present):
            raise NoAnswer("the answer was lost on its way, as the fault lose_answers has it")
        return answer

    def _are_events_waiting(self, message: Message) -> bool:
        with self._bank.database.reading() as connection:
            return outbox.are_events_waiting(connection, message.position)

    def _is_answer_lost(self, message: Message, present: Faults) -> bool:
        if not present.lose_answers or message.attempts:
            return False
        with self._bank.database.reading() as connection:
            return withdrawals.find(connection, message.reference).serial % present.lose_answers == 0
