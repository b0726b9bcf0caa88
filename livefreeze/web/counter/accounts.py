"""One account at the counter: how much may be paid out, why not more, and the question for a sum."""

from apiflask import Schema
from flask import Response, url_for

from livefreeze.flows.counter import accounts, withdrawals
from livefreeze.flows.counter.withdrawals import Request
from livefreeze.web import current
from livefreeze.web.counter.area import counter
from livefreeze.web.court.fields import Amount, OneOf
from livefreeze.web.pages.forms import Form
from livefreeze.web.pages.render import done, page

IDENTIFIED_BY = ("identity_card", "card_and_code", "face", "other")


class WithdrawalIn(Schema):
    """What the person before the counter asks for."""

    amount = Amount("how much", example="1000.00", required=True)
    identified_by = OneOf(IDENTIFIED_BY, required=True)


@counter.route("/accounts/<account_id>", methods=["GET", "POST"])
def account(account_id: str) -> Response:
    """Show what may be paid out, and ask for a sum: sent twice, it is one withdrawal."""
    form = Form(WithdrawalIn, begins_with={"identified_by": IDENTIFIED_BY[0]})
    if form.is_sent:
        with form.answering():
            asked = Request(key=form.once_key, account_id=account_id, **form.values())
            form.asks_about_same()
            withdrawal_id = withdrawals.authorise(asked, principal=current.principal())
            return form.remembered(done(url_for("counter.withdrawal", withdrawal_id=withdrawal_id)))
    shown = accounts.one(account_id, principal=current.principal())
    return page("counter/account.html", form=form, account=shown, at_counter=shown["at_counter"])
