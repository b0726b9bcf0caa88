"""One-click sweep: look at what a click sends and why nothing from the others, click, see what became of it."""

from apiflask import Schema
from flask import Response, request, url_for

from bank_adapters.contract import vocabulary
from livefreeze.flows import sweep as flow
from livefreeze.flows.transaction import reading
from livefreeze.store.queries import case_fund as fund_queries
from livefreeze.store.queries import cases as case_queries
from livefreeze.store.queries import order_desk
from livefreeze.store.queries import sweeps as queries
from livefreeze.web import current
from livefreeze.web.court.console.area import asked, console, found, may, viewer
from livefreeze.web.court.fields import Shaped
from livefreeze.web.pages.forms import Form
from livefreeze.web.pages.language import gettext, ngettext
from livefreeze.web.pages.render import done, page


class ClickForm(Schema):
    """Which preview is to be run."""

    preview = Shaped(vocabulary.Sha256, required=True)


@console.get("/cases/<case_id>/sweep")
def sweep(case_id: str) -> Response:
    """Show what a click would send now, from whom, and why not from the others."""
    return _shown(case_id, Form())


@console.post("/cases/<case_id>/sweep")
def run_sweep(case_id: str) -> Response:
    """Send exactly what was shown."""
    form = Form(ClickForm)
    with form.answering():
        preview = form.values()["preview"]

        def act() -> Response:
            sent = flow.click(case_id, preview, principal=current.principal())["transfers"]
            said = ngettext("%(num)d transfer is on its way to the case fund.",
                            "%(num)d transfers are on their way to the case fund.", len(sent))
            return done(url_for(".sweeps", case_id=case_id, click=preview), said)

        return form.once(act)
    return _shown(case_id, form)


@console.get("/cases/<case_id>/sweeps")
def sweeps(case_id: str) -> Response:
    """List the case's transfers and what became of them; those of one click, where the address names it."""
    click = request.args.get("click")
    run = f"click:{click}" if click else None
    with reading() as connection:
        case = found(case_queries.one(connection, viewer(), case_id))
        listed = queries.of_case(connection, viewer(), case_id, asked("swp"), run=run)
    waits = any(each["status"] == "instructed" for each in listed["sweeps"])
    return page("console/sweeps.html", case=case, click=click, waits=waits, **listed)


def _shown(case_id: str, form: Form) -> Response:
    principal = current.principal()
    picture = flow.preview(case_id, court_id=principal.court_id)
    with reading() as connection:
        case = found(case_queries.one(connection, viewer(), case_id))
        named = {account["id"] for account in case["accounts"]}
        named |= {transfer["account"] for transfer in picture["transfers"]}
        named |= {account for nothing in picture["nothing_from"] for account in nothing["accounts"]}
        accounts = order_desk.accounts(connection, viewer(), named)
        fund = None
        if picture["currency"] is not None:
            fund = fund_queries.account(connection, viewer(), picture["currency"])
    return page(
        "console/sweep.html", form=form, case=case, picture=picture, accounts=accounts, fund=fund,
        others=_others(picture, accounts), may_run=may("console.run_sweep"), reasons=_reasons(),
    )


def _others(picture: dict, accounts: dict[str, dict]) -> list[tuple[dict, str]]:
    """Every account from which nothing goes, and why."""
    sends = {transfer["account"] for transfer in picture["transfers"]}
    why = {account: nothing["reason"] for nothing in picture["nothing_from"] for account in nothing["accounts"]}
    return [
        (account, str(why.get(account_id, "KEPT_HERE" if account["is_frozen"] else "NOT_FROZEN")))
        for account_id, account in sorted(accounts.items()) if account_id not in sends
    ]


def _reasons() -> dict[str, str]:
    return {
        "NO_CLAIM": gettext("No order of this case has anything left to take here."),
        "ALL_STAYED": gettext("The orders that cover it are stayed."),
        "NO_SURPLUS": gettext("All that is there is the living allowance or kept for the next period."),
        "BELOW_MINIMUM": gettext("The surplus is less than the smallest transfer that the rule allows."),
        "KEPT_HERE": gettext("What is there stays for the debtor to live on."),
        "NOT_FROZEN": gettext("The account is not frozen."),
    }
