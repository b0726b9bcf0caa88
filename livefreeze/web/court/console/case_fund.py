"""The case fund: where it is, what is in it, what came and went; and the proposal of another account."""

from flask import Response, request, url_for

from livefreeze.base.money import CURRENCIES
from livefreeze.flows import case_funds
from livefreeze.flows.transaction import reading
from livefreeze.store.queries import approvals as approval_queries
from livefreeze.store.queries import case_fund as queries
from livefreeze.store.queries import order_desk
from livefreeze.web import current
from livefreeze.web.court.case_fund import CaseFundIn
from livefreeze.web.court.console.area import asked, console, may, viewer
from livefreeze.web.court.console.new_order import CURRENCY
from livefreeze.web.pages.forms import Form
from livefreeze.web.pages.language import gettext
from livefreeze.web.pages.render import done, page


@console.get("/case-fund")
def case_fund() -> Response:
    """Show the account, its balance, and the newest entries."""
    currency = request.args.get("currency")
    currency = currency if currency in CURRENCIES else CURRENCY
    with reading() as connection:
        shown = queries.read(connection, viewer(), currency, asked("trf"), newest_first=True)
        waiting = approval_queries.open_of_kind(connection, viewer(), case_funds.KIND)
    return page("console/case_fund.html", waiting=waiting, may_register=may("console.register_case_fund"), **shown)


@console.route("/case-fund/register", methods=["GET", "POST"])
def register_case_fund() -> Response:
    """Prepare the account to which sweeps are to go; a judge approves it."""
    form = Form(CaseFundIn, begins_with={"currency": CURRENCY})
    with reading() as connection:
        banks = order_desk.banks(connection)
        fund = queries.account(connection, viewer(), CURRENCY)
    if form.is_sent:
        with form.answering():
            values = form.values()

            def act() -> Response:
                prepared = case_funds.prepare(**values, principal=current.principal())
                return done(
                    url_for(".proposal", proposal_id=prepared.id),
                    gettext("Prepared. Sweeps go where they went before until a judge has approved it."),
                )

            form.asks_about_same()
            return form.once(act)
    return page("console/register_case_fund.html", form=form, banks=banks, fund=fund)
