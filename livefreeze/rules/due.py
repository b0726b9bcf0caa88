"""By when something should be done, and how pressing it is: green, yellow, red."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple


class Level(StrEnum):
    """How pressing something is."""

    GREEN = "green"  # there is time
    YELLOW = "yellow"  # within a day
    RED = "red"  # late


class Matter(StrEnum):
    """What waits for a person of the court."""

    APPROVAL = "approval"  # another wrote it, and it does nothing until it is approved
    REFUSED_RECEIPT = "refused_receipt"  # a bank refused an order
    RECEIPT = "receipt"  # an order was served, and its bank has not answered
    QUERIED_WITHDRAWAL = "queried_withdrawal"  # the bank has not told whether it paid, and the money stays held
    FAILED_SWEEP = "failed_sweep"  # the money did not arrive in the case fund, and was not sent again
    SILENT_BANK = "silent_bank"  # a bank takes our messages no longer
    ALERT = "alert"  # something does not fit


#: How long each may wait.
WITHIN: dict[Matter, timedelta] = {
    Matter.APPROVAL: timedelta(days=2),
    Matter.REFUSED_RECEIPT: timedelta(days=2),
    Matter.RECEIPT: timedelta(days=3),
    Matter.QUERIED_WITHDRAWAL: timedelta(days=1),
    Matter.FAILED_SWEEP: timedelta(days=2),
    Matter.SILENT_BANK: timedelta(hours=4),
    Matter.ALERT: timedelta(days=5),
}

#: From when on it is yellow.
SOON = timedelta(days=1)


class Due(NamedTuple):
    """By when, and how pressing that is now."""

    at: datetime
    level: Level


def due(matter: Matter, *, since: datetime, now: datetime) -> Due:
    """By when a matter that waits since this instant should be done. Both instants are aware."""
    at = since + WITHIN[matter]
    if now >= at:
        return Due(at, Level.RED)
    return Due(at, Level.YELLOW if at - now <= SOON else Level.GREEN)
