"""Deliver the outbox: lease, send, record. At least once, in the order of each lane, under the same id each time."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from bank_adapters import signing
from bank_adapters.addresses import Policy
from bank_adapters.send import Delivery, send
from livefreeze.base import clock
from livefreeze.flows import banks
from livefreeze.flows.transaction import transaction
from livefreeze.store import outbox
from livefreeze.store.outbox import Leased

AT_A_TIME_MAX = 64
SENDERS = 8  # a slow bank keeps one of them, not all
DEADLINE_S = 10
FIRST_RETRY_S = 0.2
RETRY_MAX_S = 300
ATTEMPTS_MAX = 900  # about three days; then a person has to look
FAILURES_BEFORE_PAUSE = 5
PAUSE_MAX_S = 60


def run(*, policy: Policy) -> int:
    """Deliver what is due until nothing is; return how many messages were tried."""
    tried = 0
    with ThreadPoolExecutor(SENDERS) as senders:
        while True:
            with transaction() as connection:
                leased = outbox.lease(connection, count_max=AT_A_TIME_MAX)
            if not leased:
                return tried
            # Committed: now we may talk. Each is recorded as soon as its bank has answered.
            list(senders.map(lambda message: _deliver(message, policy), leased))
            tried += len(leased)


def _deliver(message: Leased, policy: Policy) -> None:
    link = banks.link(message.bank_code)
    headers = signing.sign(message.body, message_id=message.id, at=clock.wall(), keys=link.signing_keys)
    headers["Content-Type"] = "application/json"
    delivery = send(link.url, message.body, headers, policy=policy, deadline_s=DEADLINE_S)
    with transaction() as connection:
        if delivery.is_acknowledged:
            outbox.delivered(connection, message)
            return
        outbox.failed(connection, message, _error(delivery), retry_at=clock.wall() + _wait(message.attempts),
                      is_dead=message.attempts >= ATTEMPTS_MAX)
        failures = outbox.count_failure(connection, message.bank_id)
        if failures >= FAILURES_BEFORE_PAUSE:
            pause_s = min(PAUSE_MAX_S, FIRST_RETRY_S * 2 ** min(failures - FAILURES_BEFORE_PAUSE, 16))
            outbox.close_bank(connection, message.bank_id, until=clock.wall() + timedelta(seconds=pause_s))


def _error(delivery: Delivery) -> str:
    status = "no answer" if delivery.status is None else f"HTTP {delivery.status}"
    return status if delivery.error_code is None else f"{status}, {delivery.error_code}"


def _wait(attempts: int) -> timedelta:
    """Twice as long each time, up to a limit, and never in step with others."""
    longest_s = min(RETRY_MAX_S, FIRST_RETRY_S * 2 ** min(attempts, 16))
    return timedelta(seconds=longest_s * random.uniform(0.5, 1))
