"""A message acts once: asked again it gets its first answer, whatever stands in its way by then."""

from collections.abc import Callable

from livefreeze.base.errors import MessageReused, Problem
from livefreeze.flows import facts
from livefreeze.flows.transaction import reading, transaction
from livefreeze.store import engine, messages
from livefreeze.store.errors import Refused
from livefreeze.store.messages import Inbound


def once(inbound: Inbound, act: Callable[[], bytes]) -> bytes:
    """Return the answer of `act`, which claims the message's id in its own transaction, or the first answer.

    Raises MessageReused where another body used the id, and whatever refuses a new message.
    """
    try:
        return act()
    except (Refused, Problem):  # DEADLINE_PASSED too: a lost answer is asked for again after its deadline
        answer = first_answer(inbound)
        if answer is None:
            raise
        return answer


def first_answer(inbound: Inbound) -> bytes | None:
    """The answer this message got before, if any. Raises MessageReused, with an alert."""
    try:
        with reading() as connection:
            return messages.first_answer(connection, inbound)
    except MessageReused:
        with transaction() as connection:
            facts.alert_of_bank(connection, inbound.bank_id, "MESSAGE_REUSED", {"message": inbound.message_id},
                                recorded_at=engine.now(connection))
        raise
