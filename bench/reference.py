"""What the service is compared with: a reference that runs in turn with it, round by round."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reference:
    """What one run of the reference did."""

    transactions: int
    per_s: float
    cpu_s: float  # of its own process, without the database server
