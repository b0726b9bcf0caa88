"""People who are logged in already. How they get there is for the tests of the log-in, and for the story by clicks."""

from typing import NamedTuple

from livefreeze.flows import sessions, staff
from livefreeze.web.pages.admission import TOKEN
from tests.support.world import World, unique
from tests.support.world.scenario import Scenario

COURT_ROLES = ("judge", "clerk", "finance", "auditor", "admin")
ROLES = (*COURT_ROLES, "teller", "debtor", "operator")


class Cookie(NamedTuple):
    """What the browser of somebody who is logged in sends along."""

    name: str
    value: str


def cookie_of(world: World, scenario: Scenario, role: str) -> Cookie:
    """A new person of this role, of the scenario's court or bank; or its debtor; or an operator, of neither."""
    if role == "debtor":
        token = sessions.open_for_debtor(scenario.debtor.id, agent="test")
    elif role == "operator":
        token = sessions.open_for_staff(staff.add(unique(role), role="admin", actor="operator"), agent="test")
    else:
        where = {"court_code": scenario.court.code} if role in COURT_ROLES else {"bank_code": scenario.bank.code}
        staff_id = staff.add(unique(role), role=role, actor="operator", **where)
        token = sessions.open_for_staff(staff_id, agent="test")
    signed = world.app.session_interface.get_signing_serializer(world.app).dumps({TOKEN: token})
    return Cookie(world.app.config["SESSION_COOKIE_NAME"], signed)
