"""Approvals: what waits for a second person, exactly as it will be done, and what it does in numbers."""

from collections.abc import Callable

from apiflask import Schema
from flask import Response, request, url_for

from bank_adapters.contract import vocabulary
from livefreeze.base.errors import Problem
from livefreeze.flows import approvals, order_terms, rule_terms
from livefreeze.flows.orders import effects
from livefreeze.flows.transaction import reading
from livefreeze.store.queries import approvals as queries
from livefreeze.store.queries import case_fund as fund_queries
from livefreeze.store.queries import cases as case_queries
from livefreeze.store.queries import order_desk
from livefreeze.web import current
from livefreeze.web.court.case_fund import CaseFundIn
from livefreeze.web.court.console.area import asked, console, found, may, viewer
from livefreeze.web.court.console.new_order import TermsForm, choices
from livefreeze.web.court.console.rules import RuleForm, about_version, effect_of_version, term_choices
from livefreeze.web.court.fields import Shaped
from livefreeze.web.court.orders import AmendIn, ReleaseIn
from livefreeze.web.pages import language
from livefreeze.web.pages.forms import Form
from livefreeze.web.pages.language import gettext, mark
from livefreeze.web.pages.render import done, page

KINDS = {
    "order.serve": mark("Serve an order"), "order.amend": mark("Change the quota"),
    "order.release": mark("End the order"), "case_fund.register": mark("Case fund account"),
    "rule.adopt": mark("Freeze rule"),
}
_DONE = {
    "order.serve": mark("Approved: the banks are told now, and the order waits for their receipts."),
    "order.amend": mark("Approved: the new quota is in force, and the banks are told."),
    "order.release": mark("Approved: the order has ended, and the banks are told."),
    "case_fund.register": mark("Approved: sweeps go to this account from now on."),
    "rule.adopt": mark("Approved: the rule is in force, and the accounts that follow it are put under it now."),
}


class ApproveForm(Schema):
    """Which document is approved."""

    digest = Shaped(vocabulary.Digest, required=True)


@console.get("/proposals")
def proposals() -> Response:
    """List what waits for a second person, or what was decided."""
    is_open = request.args.get("show") != "done"
    with reading() as connection:
        listed = queries.page(connection, viewer(), asked("prp"), is_open=is_open)
    return page("console/proposals.html", is_open=is_open, kinds=kinds(), **listed)


@console.get("/proposals/<proposal_id>")
def proposal(proposal_id: str) -> Response:
    """Show the document, what it does in numbers, and what the person who looks may do with it."""
    return _shown(proposal_id, Form())


@console.post("/proposals/<proposal_id>/approve")
def approve(proposal_id: str) -> Response:
    """Approve exactly the document that was shown."""
    form = Form(ApproveForm)
    with form.answering():
        digest = form.values()["digest"]

        def act() -> Response:
            approvals.approve(proposal_id, digest, principal=current.principal())
            with reading() as connection:
                kind = queries.one(connection, viewer(), proposal_id)["kind"]
            return done(_address(proposal_id), gettext(_DONE.get(kind, mark("Approved."))))

        return form.once(act)
    return _shown(proposal_id, form)


@console.post("/proposals/<proposal_id>/withdraw")
def withdraw_proposal(proposal_id: str) -> Response:
    """Close it unapproved."""
    form = Form()
    with form.answering():

        def act() -> Response:
            approvals.withdraw(proposal_id, principal=current.principal())
            return done(_address(proposal_id), gettext("Withdrawn: nothing was done, and nobody can approve it."))

        return form.once(act)
    return _shown(proposal_id, form)


@console.route("/proposals/<proposal_id>/edit", methods=["GET", "POST"])
def edit_proposal(proposal_id: str) -> Response:
    """Write another version; whoever does may not approve it."""
    with reading() as connection:
        shown = found(queries.one(connection, viewer(), proposal_id))
        more = _choices_of(connection, shown)
    if shown["kind"] not in _EDITS or shown["status"] != "open":
        raise Problem("PROPOSAL_STATE", status=shown["status"])
    schema, begins, change = _EDITS[shown["kind"]]
    document = shown["document"]
    form = Form(schema, begins_with=begins(document))
    if form.is_sent:
        with form.answering():
            values = form.values()

            def act() -> Response:
                approvals.edit(proposal_id, change(document, values), principal=current.principal())
                return done(_address(proposal_id), gettext("Changed. It still waits for a second person."))

            return form.once(act)
    return page("console/edit_proposal.html", form=form, proposal=shown, kinds=kinds(), **more)


def kinds() -> dict[str, str]:
    """What each kind of proposal is called, in the page's language."""
    return {kind: gettext(text) for kind, text in KINDS.items()}


#: Kind -> what it would change in numbers, of the proposal as read and the court's id; its own kinds show it by
#: templates/console/effects/<kind>.html.
EFFECTS: dict[str, Callable[[dict, str], dict]] = {
    "order.serve": lambda shown, court_id: effects.of_order(shown["document"]),
    "order.amend": lambda shown, court_id: effects.of_amendment(
        shown["subject"], shown["document"]["quota"], court_id=court_id
    ),
    "order.release": lambda shown, court_id: effects.of_release(shown["subject"], court_id=court_id),
    "rule.adopt": lambda shown, court_id: effect_of_version(shown["document"], court_id=court_id),
}

_EDITS: dict[str, tuple[type[Schema], Callable, Callable]] = {
    "order.serve": (
        TermsForm,
        lambda document: {**order_terms.of_document(document["rule"]), **_followed(document),
                          "accounts": document["accounts"],
                          "quota": document["quota"], "notice_number": document["notice_number"]},
        order_terms.edited,
    ),
    "order.amend": (AmendIn, lambda document: document, lambda document, values: {**document, **values}),
    "order.release": (ReleaseIn, lambda document: document, lambda document, values: {**document, **values}),
    "case_fund.register": (CaseFundIn, lambda document: document, lambda document, values: {**document, **values}),
    "rule.adopt": (
        RuleForm, lambda document: {**rule_terms.of_document(document["rule"]), "name": document["name"]},
        rule_terms.edited,
    ),
}


def _followed(document: dict) -> dict[str, str]:
    """The rule of the court that an order follows, where it follows one."""
    rule = document.get("court_rule")
    return {"preset": rule["id"]} if rule else {}


def _shown(proposal_id: str, form: Form) -> Response:
    with reading() as connection:
        shown = found(queries.one(connection, viewer(), proposal_id))
        about = _about(connection, shown)
    principal = current.principal()
    is_open = shown["status"] == "open"
    writers = approvals.KINDS[shown["kind"]].writers if shown["kind"] in approvals.KINDS else frozenset()
    effect, hindrance = _effect(shown) if is_open else (None, None)
    return page(
        "console/proposal.html", form=form, proposal=shown, kinds=kinds(), effect=effect, hindrance=hindrance,
        is_open=is_open, wrote_it=principal.person in shown["persons"],
        may_approve=is_open and may("console.approve") and principal.person not in shown["persons"],
        may_write=is_open and principal.role in writers, may_edit=shown["kind"] in _EDITS, **about,
    )


def _effect(shown: dict) -> tuple[dict | None, str | None]:
    """What it would do now, in numbers; or why it cannot be done now, in words."""
    if shown["kind"] not in EFFECTS:
        return None, None
    try:
        return EFFECTS[shown["kind"]](shown, current.principal().court_id), None
    except Problem as problem:
        return None, language.pick(problem.detail, problem.detail_zh)


def _about(connection, shown: dict) -> dict[str, object]:
    """What the document speaks of, by names that a person knows."""
    document = shown["document"]
    if shown["kind"] == "case_fund.register":
        fund = fund_queries.account(connection, viewer(), document["currency"])
        return {"accounts": {}, "debtor": None, "fund": fund}
    if shown["kind"] == "rule.adopt":
        return {"accounts": {}, "debtor": None, "fund": None, **about_version(connection, document)}
    if shown["kind"] != "order.serve":
        return {"accounts": {}, "debtor": None, "fund": None}
    case = case_queries.one(connection, viewer(), document["case"])
    debtor = next((one for one in case["debtors"] if one["id"] == document["debtor"]), None)
    return {"accounts": order_desk.accounts(connection, viewer(), document["accounts"]), "debtor": debtor,
            "fund": None}


def _choices_of(connection, shown: dict) -> dict[str, object]:
    document = shown["document"]
    if shown["kind"] == "order.serve":
        known = order_desk.accounts_of(connection, viewer(), document["debtor"])
        return {"accounts": known, "currency": document["currency"], **choices(connection)}
    if shown["kind"] == "case_fund.register":
        return {"banks": order_desk.banks(connection), "currency": document["currency"]}
    if shown["kind"] == "rule.adopt":
        return {"currency": document["rule"]["currency"], "is_new": not document["from_version"], **term_choices()}
    return {"currency": document.get("currency")}


def _address(proposal_id: str) -> str:
    return url_for(".proposal", proposal_id=proposal_id)
