"""Deliver the outbox: lease, send, record. At least once, in the order of each lane, under the same id each time."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

from bank_adapters import signing
from bank_adapters.addresses import Policy
from bank_adapters.send import Delivery, send
from livefreeze.base import clock
from livefreeze.flows import banks
from livefreeze.flows.transaction import reading, transaction
from livefreeze.store import delivery_attempts, outbox
from livefreeze.store.delivery_attempts import Attempt
from livefreeze.store.outbox import Leased

SENDERS = 16
SENDERS_A_BANK = 4  # so many of them may one bank keep waiting, not all
LEASED_MAX = 8
DEADLINE_S = 10
SLOW_S = 1  # who takes longer for a message gets its next one in another run, so that this one comes to its end
FIRST_RETRY_S = 0.2
RETRY_MAX_S = 300
ATTEMPTS_MAX = 900  # about three days; then a person has to look
FAILURES_BEFORE_PAUSE = 5
PAUSE_MAX_S = 60


def run(*, policy: Policy, attempts_max: int = ATTEMPTS_MAX) -> int:
    """Deliver what is due, each message so often at most; return how many were tried.

    Several runs at once share the work.
    """
    with reading() as connection:
        waiting = outbox.waiting_banks(connection)
    if not waiting:
        return 0
    with ThreadPoolExecutor(SENDERS) as senders:
        deliver = partial(_deliver_to, policy=policy, attempts_max=attempts_max)
        return sum(senders.map(deliver, waiting * SENDERS_A_BANK))


def _deliver_to(bank_id: str, *, policy: Policy, attempts_max: int) -> int:
    """Deliver to one bank until nothing is due, it is slow, or it takes no more over; return how many were tried."""
    tried = 0
    while True:
        with transaction() as connection:
            leased = outbox.lease(connection, bank_id, count_max=LEASED_MAX)
        if not leased:
            return tried
        # Committed: now we may talk. Each is recorded as soon as the bank has answered.
        for number, message in enumerate(leased):
            is_ours = clock.wall() < message.leased_until  # else another worker may have it by now
            tried += is_ours
            began_s = clock.stopwatch_s()
            is_taken = is_ours and _deliver(message, policy, attempts_max)
            if not is_taken or clock.stopwatch_s() - began_s > SLOW_S:
                with transaction() as connection:
                    outbox.give_back(connection, leased[number + is_ours :])
                return tried


def _deliver(message: Leased, policy: Policy, attempts_max: int) -> bool:
    """Send one message and record what came of it: did the bank take it over?"""
    attempt = _send(message, policy)
    is_dead = message.attempts >= attempts_max
    with transaction() as connection:
        now = clock.wall()
        if attempt.error is None:
            outbox.delivered(connection, message)
            delivery_attempts.note(connection, message, attempt, "delivered", ended_at=now)
            return True
        outbox.failed(connection, message, attempt.error, retry_at=now + _wait(message.attempts), is_dead=is_dead)
        delivery_attempts.note(connection, message, attempt, "dead" if is_dead else "failed", ended_at=now)
        failures = outbox.count_failure(connection, message.bank_id)
        if failures >= FAILURES_BEFORE_PAUSE:
            pause_s = min(PAUSE_MAX_S, FIRST_RETRY_S * 2 ** min(failures - FAILURES_BEFORE_PAUSE, 16))
            outbox.close_bank(connection, message.bank_id, until=now + timedelta(seconds=pause_s))
        return False


def _send(message: Leased, policy: Policy) -> Attempt:
    """What came of one attempt; no error where the bank has taken it over, and nothing of the message in it."""
    began_s = clock.stopwatch_s()
    link = banks.link(message.bank_code)
    if not link.signing_keys:
        return Attempt(None, "no key to sign with", 0)
    headers = signing.sign(message.body, message_id=message.id, at=clock.wall(), keys=link.signing_keys)
    headers["Content-Type"] = "application/json"
    delivery = send(link.url, message.body, headers, policy=policy, deadline_s=DEADLINE_S)
    error = None if delivery.is_acknowledged else _error(delivery)
    return Attempt(delivery.status, error, int((clock.stopwatch_s() - began_s) * 1000))


def _error(delivery: Delivery) -> str:
    status = "no answer" if delivery.status is None else f"HTTP {delivery.status}"
    return status if delivery.error_code is None else f"{status}, {delivery.error_code}"


def _wait(attempts: int) -> timedelta:
    """Twice as long each time, up to a limit, and never in step with others."""
    longest_s = min(RETRY_MAX_S, FIRST_RETRY_S * 2 ** min(attempts, 16))
    return timedelta(seconds=longest_s * random.uniform(0.5, 1))
