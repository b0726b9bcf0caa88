"""What moved, over all cases of the court: withdrawals, sweeps, and alerts of what does not fit."""

from flask import Response, request, url_for

from livefreeze.flows import alerts as flow
from livefreeze.flows.transaction import reading
from livefreeze.store.queries import alerts as alert_queries
from livefreeze.store.queries import sweeps as sweep_queries
from livefreeze.store.queries import withdrawals as withdrawal_queries
from livefreeze.web import current
from livefreeze.web.court.console import sentences
from livefreeze.web.court.console.area import asked, console, id_of_query, may, viewer
from livefreeze.web.pages.forms import Form
from livefreeze.web.pages.language import gettext
from livefreeze.web.pages.render import done, page

WITHDRAWAL_STATES = ("authorised", "captured", "declined", "queried", "voided", "reversed")
SWEEP_STATES = ("instructed", "settled", "failed", "returned")


@console.get("/withdrawals")
def withdrawals() -> Response:
    """List withdrawals from the court's accounts, newest first; of one account or state, if asked."""
    account_id = id_of_query("account", "acc")
    status = _one_of(WITHDRAWAL_STATES)
    with reading() as connection:
        listed = withdrawal_queries.newest(connection, viewer(), asked("wdl"), account_id=account_id, status=status)
    following = listed["next"] and url_for(".withdrawals", account=account_id, status=status, after=listed["next"])
    return page("console/withdrawals.html", withdrawals=listed["withdrawals"], states=WITHDRAWAL_STATES,
                chosen=status, account_id=account_id, following=following)


@console.get("/sweeps")
def all_sweeps() -> Response:
    """List the sweeps of all the court's cases, newest first; of one state, if asked."""
    status = _one_of(SWEEP_STATES)
    with reading() as connection:
        listed = sweep_queries.newest(connection, viewer(), asked("swp"), status=status)
    following = listed["next"] and url_for(".all_sweeps", status=status, after=listed["next"])
    return page("console/all_sweeps.html", sweeps=listed["sweeps"], states=SWEEP_STATES, chosen=status,
                following=following)


@console.get("/alerts")
def alerts() -> Response:
    """List what does not fit: what nobody has dealt with yet, or everything."""
    is_open = request.args.get("show") != "all"
    with reading() as connection:
        listed = alert_queries.newest(connection, viewer(), asked("alr"), is_open=is_open)
    told = [alert | {"said": sentences.of_alert(alert["kind"], alert["detail"], alert["currency"])}
            for alert in listed["alerts"]]
    following = listed["next"] and url_for(".alerts", show=None if is_open else "all", after=listed["next"])
    return page("console/alerts.html", form=Form(), alerts=told, is_open=is_open, following=following,
                may_handle=may("console.handle_alert"))


@console.post("/alerts/<alert_id>")
def handle_alert(alert_id: str) -> Response:
    """Note that this person has dealt with an alert."""
    flow.handle(alert_id, principal=current.principal())
    return done(url_for(".alerts"), gettext("Noted that you have dealt with it."))


def _one_of(states: tuple[str, ...]) -> str | None:
    status = request.args.get("status")
    return status if status in states else None
