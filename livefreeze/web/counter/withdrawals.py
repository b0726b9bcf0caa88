"""One withdrawal at the counter: the answer, big; then paid, paid less, or not paid; and its slip."""

from apiflask import Schema
from flask import Response, url_for

from bank_adapters.contract import vocabulary
from livefreeze.flows.counter import withdrawals
from livefreeze.flows.transaction import reading
from livefreeze.store.queries import counter as queries
from livefreeze.web import current
from livefreeze.web.counter.area import counter, found, reason_text
from livefreeze.web.court.fields import Amount, OneOf, Shaped
from livefreeze.web.pages.explanations import in_words
from livefreeze.web.pages.forms import Form
from livefreeze.web.pages.language import gettext
from livefreeze.web.pages.render import done, page


class EndIn(Schema):
    """What became of an approved withdrawal."""

    act = OneOf(("pay", "void"), required=True)
    amount = Amount("what was paid, where it was less", example="400.00")
    booked_as = Shaped(vocabulary.Reference)


@counter.route("/withdrawals/<withdrawal_id>", methods=["GET", "POST"])
def withdrawal(withdrawal_id: str) -> Response:
    """Show the answer; take down what became of it. Said twice in the same words, nothing more happens."""
    form = Form(EndIn)
    if form.is_sent:
        with form.answering():
            return _end(withdrawal_id, **form.values())
    return _shown("counter/withdrawal.html", withdrawal_id, form=form)


@counter.get("/withdrawals/<withdrawal_id>/slip")
def slip(withdrawal_id: str) -> Response:
    """Show what is handed to the debtor on paper: the answer, its reason, and whom to ask."""
    return _shown("counter/slip.html", withdrawal_id)


def _end(withdrawal_id: str, act: str, amount: str | None = None, booked_as: str | None = None) -> Response:
    principal = current.principal()
    if act == "void":
        withdrawals.void(withdrawal_id, principal=principal)
        said = gettext("Cancelled: nothing was paid, and the whole amount may be taken again.")
    else:
        withdrawals.confirm(withdrawal_id, amount, booked_as, principal=principal)
        said = gettext("Written down as paid.")
    return done(url_for("counter.withdrawal", withdrawal_id=withdrawal_id), said)


def _shown(template: str, withdrawal_id: str, *, form: Form | None = None) -> Response:
    with reading() as connection:
        shown = found(queries.withdrawal(connection, current.principal().bank_id, withdrawal_id))
    return page(template, form=form, withdrawal=shown, reason=reason_text(shown["reason"]),
                steps=in_words(shown["explanation"], shown["currency"]))
