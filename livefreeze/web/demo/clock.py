"""Show and move the business clock, and say whether the worker has caught up with it."""

from datetime import datetime

from apiflask import APIBlueprint, Schema
from marshmallow import fields

from livefreeze.base import clock
from livefreeze.base.errors import FieldError, invalid_fields
from livefreeze.flows.transaction import reading
from livefreeze.store.queries import backlog
from livefreeze.web.court.fields import Moment

AHEAD_DAYS_MAX = 366  # nobody means to skip more at once; paydays and sweeps between would come in one heap

blueprint = APIBlueprint("demo", __name__, url_prefix="/demo", enable_openapi=False)


class MoveIn(Schema):
    """When it is to be now."""

    now = fields.AwareDateTime(required=True)


class Left(Schema):
    """What the worker has left to do."""

    sweeps = fields.Integer()
    queries = fields.Integer()
    messages = fields.Integer()


class ClockOut(Schema):
    """The business clock."""

    now = Moment("by the business clock")
    left = fields.Nested(Left)


@blueprint.get("/clock")
@blueprint.output(ClockOut)
def show_clock() -> dict:
    """Show what time it is for money, and what is left to do by it."""
    return _shown()


@blueprint.put("/clock")
@blueprint.input(MoveIn)
@blueprint.output(ClockOut)
def move_clock(json_data: dict) -> dict:
    """Move the clock forward; it never goes back, for what is recorded stays in its order."""
    move(json_data["now"])
    return _shown()


def move(instant: datetime) -> None:
    """Let it be this instant. Raises Problem FIELD_INVALID."""
    ahead = instant - clock.now()
    if not 0 <= ahead.total_seconds() <= AHEAD_DAYS_MAX * 86_400:
        reason = f"Choose a moment that is still to come, at most {AHEAD_DAYS_MAX} days ahead."
        reason_zh = f"请选择尚未到来且不超过 {AHEAD_DAYS_MAX} 天的时刻。"
        raise invalid_fields([FieldError("/now", "FIELD_INVALID", reason, reason_zh)])
    clock.move_to(instant)


def _shown() -> dict:
    now = clock.now()
    with reading() as connection:
        return {"now": now, "left": backlog.counts(connection, now)}
