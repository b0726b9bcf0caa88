"""What every kind of an administrator's proposal says of itself."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection

from livefreeze.base.access import Principal
from livefreeze.flows.proposals import digest_text
from livefreeze.store.platform_proposals import PlatformProposal

Asked = Mapping[str, str]


class Draft(NamedTuple):
    """A checked document. Court or bank: whom it is about; subject: the thing that exists already, if any."""

    document: dict[str, object]
    subject_id: str | None = None
    court_id: str | None = None
    bank_id: str | None = None


class Approval(NamedTuple):
    """Who approved what, when: under this the act is done."""

    proposal: PlatformProposal
    actor: str
    recorded_at: datetime

    def detail(self) -> dict[str, object]:
        """How the act's audit event names its authority."""
        return {"proposal": self.proposal.id, "digest": digest_text(self.proposal.digest)}


class Kind(NamedTuple):
    """How a kind of proposal is checked when it is written, and what it does when it is approved.

    `draft` raises Problem naming what is wrong. What is `of_tenants` the administrators of a court or bank may do
    for their own; everything else only operators.
    """

    draft: Callable[[Connection, Principal, Asked], Draft]
    act: Callable[[Connection, Approval], None]
    of_tenants: bool = False


def is_operator(principal: Principal) -> bool:
    """An administrator of the service itself, of no court and no bank."""
    return principal.stands_as == "operator"
