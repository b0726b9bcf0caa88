"""`livefreeze worker`, but what it has leased is free again 2 s after its death instead of 30: tests do not wait."""

from livefreeze import worker
from livefreeze.store import outbox

outbox.LEASE_S = 2

worker.run()
