"""A bell for threads: something in the database changed, look again."""

import threading
import time
from collections.abc import Callable


class Signal:
    """Rings are counted, so none is missed between looking and waiting."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._count = 0

    @property
    def count(self) -> int:
        """How often it rang so far."""
        return self._count

    def ring(self) -> None:
        """Wake everyone who waits."""
        with self._condition:
            self._count += 1
            self._condition.notify_all()

    def wait_after(self, seen: int, timeout_s: float | None) -> None:
        """Wait until it has rung more than `seen` times, or the timeout passes."""
        with self._condition:
            self._condition.wait_for(lambda: self._count > seen, timeout_s)

    def wait_until(self, is_so: Callable[[], bool], timeout_s: float) -> bool:
        """Wait until the question is answered yes, asked again after each ring; whether it was in time."""
        deadline = time.monotonic() + timeout_s
        while True:
            seen = self.count
            if is_so():
                return True
            left_s = deadline - time.monotonic()
            if left_s <= 0:
                return False
            self.wait_after(seen, left_s)
