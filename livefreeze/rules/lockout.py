"""After how many wrong passwords one has to wait, and for how long."""

from collections.abc import Sequence
from datetime import datetime, timedelta

OF_LOGIN, OF_ADDRESS = 5, 30  # so many wrong ones are free; many people may share one address
LOOKED_BACK = timedelta(hours=1)
_FIRST_WAIT, _LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=1)


def until(wrong: Sequence[datetime], free: int) -> datetime | None:
    """From when on one may try again, given when the wrong ones were tried (newest first); None: at once.

    The wait doubles with each further one: 1, 2, 4 … minutes, an hour at most.
    """
    if len(wrong) < free:
        return None
    return wrong[0] + min(_FIRST_WAIT * 2 ** min(len(wrong) - free, 10), _LONGEST_WAIT)
