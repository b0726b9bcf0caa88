"""Serve an order: the debtor, the case, the account and the terms, a short page each, up to a second person."""

from apiflask import Schema
from flask import Response, redirect, request, url_for
from marshmallow import ValidationError, fields, validate
from sqlalchemy import Connection

from bank_adapters.contract import vocabulary
from livefreeze.base import ids
from livefreeze.base.errors import Problem
from livefreeze.flows import accounts, cases, debtors, order_terms, rules
from livefreeze.flows.accounts import AccountRequest
from livefreeze.flows.cases import CaseRequest
from livefreeze.flows.orders import serve
from livefreeze.flows.orders.serve import ACCOUNTS_COUNT_MAX, OrderRequest
from livefreeze.flows.transaction import reading
from livefreeze.store.queries import cases as case_queries
from livefreeze.store.queries import order_desk
from livefreeze.store.queries import rules as rule_queries
from livefreeze.store.queries.viewer import PageAsked
from livefreeze.web import current
from livefreeze.web.court.console.area import console, found, viewer
from livefreeze.web.court.debtors import DebtorIn
from livefreeze.web.court.fields import Amount, Id, NumberOfQuery, OneOf, Shaped, currency
from livefreeze.web.pages.forms import Form
from livefreeze.web.pages.language import gettext, mark
from livefreeze.web.pages.render import done, page

RULES_COUNT_MAX = 100
CURRENCY = "CNY"  # of the courts that the first preset is for
CHANNELS = {
    "counter": mark("at the counter"), "cash_machine": mark("at a cash machine"), "card": mark("by card"),
    "transfer": mark("by transfer"), "app": mark("by the bank's app"),
}


class CaseForm(Schema):
    """A case as the court opens it, for the debtor that the address names."""

    case_number = Shaped(vocabulary.Number, required=True)
    creditor = Shaped(vocabulary.Name, required=True)
    amount = Amount("what is owed in this case", required=True)
    currency = currency(load_default=CURRENCY)


class AccountForm(Schema):
    """An account of the debtor."""

    bank = Shaped(vocabulary.BankCode, required=True)
    account = Shaped(vocabulary.Account, required=True)
    allowance_account = OneOf(("yes",))


class RuleToBeginWith(fields.String):
    """A rule of the court, by its id, or a preset."""

    def _deserialize(self, value: object, attr: str | None, data: object, **options: object) -> str:
        if value not in rules.PRESETS and not order_terms.is_court_rule(value):
            raise ValidationError("CHOICE_UNKNOWN")
        return value


class TermsForm(Schema):
    """What is frozen, and on what the debtor lives."""

    accounts = fields.List(
        Id("acc", "an account", "账户"), required=True, validate=validate.Length(min=1, max=ACCOUNTS_COUNT_MAX)
    )
    quota = Amount("the claim's amount", required=True)
    notice_number = Shaped(vocabulary.Number, required=True)
    preset = RuleToBeginWith(required=True)
    anchor_day = NumberOfQuery(1, 31, "the first day of each period")
    allowance = Amount("living allowance of each period")
    reserve = Amount("kept for the next period")
    channels = fields.List(OneOf(tuple(CHANNELS)))
    day = NumberOfQuery(1, 31, "day of the month on which surplus is swept")
    minimum = Amount("less is not worth a transfer")


@console.route("/orders/new", methods=["GET", "POST"])
def new_order() -> Response:
    """Name the debtor, or a case that is open already."""
    form = Form(DebtorIn)
    if form.is_sent:
        with form.answering():
            values = form.values()
            return form.once(lambda: _to_cases_of(debtors.register(**values, principal=current.principal()).id))
    typed = (request.args.get("case_number") or "").strip()
    if typed:
        with reading() as connection:
            case_id = order_desk.case_of_number(connection, viewer(), typed)
            alike = [] if case_id else case_queries.by_number(connection, viewer(), typed, count_max=2)
            if len(alike) == 1:
                case_id = alike[0]["id"]
            debtors_of_case = order_desk.debtors_of(connection, viewer(), case_id) if case_id else []
        if len(debtors_of_case) == 1:
            return _to_terms(case_id, debtors_of_case[0])
        if case_id is not None:
            return redirect(url_for(".new_order_of_case", case_id=case_id), 303)
        if alike:
            return redirect(url_for(".search", q=typed), 303)
    return page("console/new_order.html", form=form, typed=typed)


@console.get("/cases/<case_id>/orders/new")
def new_order_of_case(case_id: str) -> Response:
    """Choose the debtor of a case."""
    with reading() as connection:
        case = found(case_queries.one(connection, viewer(), case_id))
    return page("console/new_order_debtor.html", case=case)


@console.route("/orders/new/<debtor_id>", methods=["GET", "POST"])
def new_order_case(debtor_id: str) -> Response:
    """Choose one of the debtor's cases, or open one."""
    with reading() as connection:
        debtor = found(order_desk.debtor(connection, viewer(), debtor_id))
    form = Form(CaseForm)
    if form.is_sent:
        with form.answering():
            values = form.values()
            asked = CaseRequest(values["case_number"], (debtor_id,), values["creditor"], values["amount"],
                                values["currency"])
            form.asks_about_same()
            return form.once(lambda: _to_terms(cases.open_case(asked, principal=current.principal()).id, debtor_id))
    return page("console/new_order_case.html", form=form, debtor=debtor, currency=CURRENCY)


@console.route("/orders/new/<debtor_id>/<case_id>/account", methods=["GET", "POST"])
def new_order_account(debtor_id: str, case_id: str) -> Response:
    """Register another account of the debtor."""
    case, debtor = _case_and_debtor(case_id, debtor_id)
    form = Form(AccountForm)
    with reading() as connection:
        banks = order_desk.banks(connection)
    if form.is_sent:
        with form.answering():
            values = form.values()
            asked = AccountRequest(debtor["id"], values["bank"], values["account"], case["claims"][0]["currency"],
                                   values.get("allowance_account") == "yes")

            def act() -> Response:
                registered = accounts.register(asked, principal=current.principal())
                return redirect(
                    url_for(".new_order_terms", case_id=case_id, debtor_id=debtor_id, account=registered.id), 303
                )

            return form.once(act)
    return page("console/new_order_account.html", form=form, case=case, debtor=debtor, banks=banks)


@console.route("/orders/new/<debtor_id>/<case_id>", methods=["GET", "POST"])
def new_order_terms(debtor_id: str, case_id: str) -> Response:
    """Choose accounts and terms; what comes of it waits for a second person."""
    case, debtor = _case_and_debtor(case_id, debtor_id)
    claim = case["claims"][0]
    with reading() as connection:
        known = order_desk.accounts_of(connection, viewer(), debtor["id"])
        offered = choices(connection)
    chosen = [account_id for account_id in request.args.getlist("account") if account_id]
    if not all(ids.is_id("acc", account_id) for account_id in chosen):
        raise Problem("NOT_FOUND")
    days = _days_asked_for()
    begins = {"quota": claim["target"], **order_terms.of_preset(rules.PRESETS[0]),
              "preset": rules.PRESETS[0] if days else offered["preset_first"],  # days count for a preset alone
              "accounts": chosen or ([known[0]["id"]] if len(known) == 1 else []), **days}
    form = Form(TermsForm, begins_with=begins)
    if form.is_sent:
        with form.answering():
            values = form.values()
            asked = OrderRequest(
                case["id"], debtor["id"], tuple(values["accounts"]), values["quota"], values["notice_number"],
                order_terms.set_otherwise({name: value for name, value in values.items() if name in begins}),
            )
            form.asks_about_same()
            return form.once(lambda: _to_proposal(asked))
    return page("console/new_order_terms.html", form=form, case=case, claim=claim, debtor=debtor, accounts=known,
                **offered)


def _days_asked_for() -> dict[str, str]:
    """Days that the address brings along, as from the answer to an inquiry."""
    return {name: day for name in ("anchor_day", "day") if (day := request.args.get(name, "")).isdecimal()}


def choices(connection: Connection) -> dict[str, object]:
    """What the fields of the terms offer, in the page's language: the court's own rules before the presets."""
    of_court = [(rule["id"], gettext("%(name)s, version %(version)d", **rule))
                for rule in rule_queries.page(connection, viewer(), PageAsked(RULES_COUNT_MAX))["rules"]]
    presets = [(name, gettext("Preset %(name)s", name=name)) for name in rules.PRESETS]
    return {"presets": [(gettext("Rules of the court"), of_court), *presets] if of_court else presets,
            "preset_first": of_court[0][0] if of_court else rules.PRESETS[0], "preset_names": rules.PRESETS,
            "channels": [(name, gettext(text)) for name, text in CHANNELS.items()]}


def _to_cases_of(debtor_id: str) -> Response:
    return redirect(url_for(".new_order_case", debtor_id=debtor_id), 303)


def _to_terms(case_id: str, debtor_id: str) -> Response:
    return redirect(url_for(".new_order_terms", case_id=case_id, debtor_id=debtor_id), 303)


def _to_proposal(asked: OrderRequest) -> Response:
    prepared = serve.prepare(asked, principal=current.principal())
    return done(
        url_for(".proposal", proposal_id=prepared.proposal.id),
        gettext("The order is prepared and waits for a second person. No bank has heard of it yet."),
    )


def _case_and_debtor(case_id: str, debtor_id: str) -> tuple[dict, dict]:
    """The case and its debtor. Raises Problem NOT_FOUND, also where the debtor is not of the case."""
    with reading() as connection:
        case = found(case_queries.one(connection, viewer(), case_id))
    return case, found(next((debtor for debtor in case["debtors"] if debtor["id"] == debtor_id), None))
