"""Is the process alive, and may it be sent work? For load balancers and people on call."""

from collections.abc import Callable

from apiflask import APIBlueprint, Schema
from marshmallow.fields import String

from livefreeze.base.errors import Problem


class Health(Schema):
    """How the process is."""

    status = String(required=True, metadata={"enum": ["alive", "ready"]})


def blueprint(is_ready: Callable[[], bool]) -> APIBlueprint:
    """Return the two routes; `is_ready` says whether the database answers and has the newest schema."""
    health = APIBlueprint("health", __name__, tag="service")

    @health.get("/health")
    @health.output(Health)
    def alive() -> dict[str, str]:
        """Is the process alive?"""
        return {"status": "alive"}

    @health.get("/ready")
    @health.output(Health)
    @health.doc(responses={503: "The database does not answer, or has not the newest schema"})
    def ready() -> dict[str, str]:
        """Can it serve: does the database answer, with the newest schema?"""
        if not is_ready():
            raise Problem("NOT_READY", retry_after_s=5)
        return {"status": "ready"}

    return health
