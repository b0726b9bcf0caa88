"""Who may call which route: the one table, read at start and before every request.

A route without an entry stops the start, so that nothing is open by oversight.
"""

from dataclasses import dataclass

PUBLIC = frozenset({"public"})
"""Anybody, without naming themselves."""

BANK = frozenset({"bank"})
"""The bank in the path, by its signature; the bank's own view verifies it over the exact bytes."""

COURT = frozenset({"judge", "clerk", "finance", "auditor"})
"""Everybody of a court: what they may read of it."""

ENDPOINTS: dict[str, frozenset[str]] = {
    "static": PUBLIC,
    "health.alive": PUBLIC,
    "health.ready": PUBLIC,
    "documentation.page": PUBLIC,
    "openapi.spec": PUBLIC,
    "bank.authorise": BANK,
    "bank.capture": BANK,
    "bank.void": BANK,
    "bank.state": BANK,
    "bank.events": BANK,
    "bank.keys": PUBLIC,
}
"""Flask endpoint -> who: PUBLIC, BANK, or roles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """The member of staff who is asking, as their token says."""

    staff_id: str
    login: str
    person: str  # one human, whatever logins they have: four eyes compare persons
    role: str
    court_id: str | None
    bank_id: str | None

    @property
    def actor(self) -> str:
        """How audit events name them: by id, never by name."""
        return f"staff:{self.staff_id}"
