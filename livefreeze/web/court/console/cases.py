"""Cases: a list of them, and one with parties, claim, orders, a picture of each pool, and all that happened."""

from flask import Response, request, url_for

from livefreeze.flows import case_pools, unmasking
from livefreeze.flows.transaction import reading
from livefreeze.store.queries import cases as queries
from livefreeze.store.queries import timeline as timeline_queries
from livefreeze.web import current
from livefreeze.web.court.console import timeline
from livefreeze.web.court.console.area import asked, console, found, id_of_query, viewer
from livefreeze.web.court.console.bars import drawn
from livefreeze.web.pages.render import page


@console.get("/cases")
def cases() -> Response:
    """List the court's cases, newest first."""
    with reading() as connection:
        listed = queries.newest(connection, viewer(), asked("cas"))
    return page("console/cases.html", is_first=not request.args.get("after"), **listed)


@console.get("/cases/<case_id>")
def case(case_id: str) -> Response:
    """Show a case with all that belongs to it."""
    return _shown(case_id)


@console.post("/cases/<case_id>/parties")
def show_parties(case_id: str) -> Response:
    """Show names and ID numbers of the parties in full, this once; it is recorded who looked."""
    return _shown(case_id, parties=unmasking.parties_of_case(case_id, principal=current.principal()))


@console.get("/cases/<case_id>/timeline")
def case_timeline(case_id: str) -> Response:
    """Show all that happened in a case, newest first."""
    with reading() as connection:
        shown = found(queries.one(connection, viewer(), case_id))
        listed = timeline_queries.of_case(connection, viewer(), case_id, limit=timeline.ENTRIES_COUNT,
                                          after=timeline.asked_after())
    following = listed["next"] and url_for(".case_timeline", case_id=case_id, after=listed["next"])
    return page("console/timeline.html", case=shown, account=None, entries=timeline.told(listed["entries"]),
                following=following)


def _shown(case_id: str, *, parties: dict | None = None) -> Response:
    with reading() as connection:
        shown = found(queries.one(connection, viewer(), case_id))
        latest = timeline_queries.of_case(connection, viewer(), case_id, limit=timeline.LATEST_COUNT, after=None)
    after = id_of_query("pool", "pol") or ""
    pools, following = found(case_pools.of_case(case_id, viewer(), after=after))
    is_whole = not after and following is None  # else some of what is held stands on another part
    return page(
        "console/case.html", case=shown, held=case_pools.held_by_claims(pools, shown["claims"]) if is_whole else {},
        pools=[_drawn(pool) for pool in pools], parties=parties,
        claims=[claim | {"segments": drawn(claim["bar"], claim["currency"])} for claim in shown["claims"]],
        following=following and url_for(".case", case_id=case_id, pool=following),
        entries=timeline.told(latest["entries"]), has_more=latest["next"] is not None,
    )


def _drawn(pool: dict) -> dict:
    accounts = [account | {"segments": drawn(account.get("bar"), pool["currency"])} for account in pool["accounts"]]
    return pool | {"segments": drawn(pool.get("bar"), pool["currency"]), "accounts": accounts}
