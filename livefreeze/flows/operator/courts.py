"""Another court."""

from sqlalchemy import Connection

from livefreeze.base.access import Principal
from livefreeze.base.errors import Problem
from livefreeze.flows import courts
from livefreeze.flows.operator.drafts import Approval, Asked, Draft, Kind
from livefreeze.store import courts as stored


def _draft(connection: Connection, _: Principal, asked: Asked) -> Draft:
    courts.check(asked["code"], asked["name"])
    if stored.by_code(connection, asked["code"]) is not None:
        raise Problem("ALREADY_EXISTS", "/code")
    return Draft({"code": asked["code"], "name": asked["name"]})


def _add(connection: Connection, approval: Approval) -> None:
    document = approval.proposal.document
    courts.add_within(connection, document["code"], document["name"], actor=approval.actor,
                      recorded_at=approval.recorded_at, approval=approval.detail())


KINDS = {"court.add": Kind(_draft, _add)}
