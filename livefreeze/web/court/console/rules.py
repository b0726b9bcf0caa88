"""The court's freeze rules: written beside a preview of what they do, approved by a second person, kept by version."""

from collections.abc import Mapping

from apiflask import Schema
from flask import Response, request, url_for
from marshmallow import fields, validate

from bank_adapters.contract import vocabulary
from livefreeze.flows import court_rules, rule_preview, rule_terms, rules
from livefreeze.flows.court_rules import PreparedRule
from livefreeze.flows.transaction import reading
from livefreeze.store.queries import approvals as approval_queries
from livefreeze.store.queries import rules as queries
from livefreeze.web import current
from livefreeze.web.court.console import rule_words
from livefreeze.web.court.console.area import asked, console, found, may, viewer
from livefreeze.web.court.console.new_order import CHANNELS
from livefreeze.web.court.fields import Amount, NumberOfQuery, OneOf, Shaped
from livefreeze.web.court.rules import shown as preview_shown
from livefreeze.web.pages.forms import Form
from livefreeze.web.pages.language import gettext
from livefreeze.web.pages.render import done, is_fragment, page

LOOK = "look"  # the button that shows the effect and prepares nothing


class LookForm(Schema):
    """The terms of a rule, enough to see what they do; the form shows all, so that what is empty is meant to be."""

    look = OneOf(("yes",))
    name = Shaped(vocabulary.Name)
    preset = OneOf(rules.PRESETS)
    allowance = Amount("living allowance of each period", required=True)
    anchor_day = NumberOfQuery(1, 31, "the first day of each period", required=True)
    reserve = Amount("kept for the next period", required=True)
    channels = fields.List(OneOf(tuple(CHANNELS)), required=True, validate=validate.Length(min=1))
    day = NumberOfQuery(1, 31, "day of the month on which surplus is swept", required=True)
    minimum = Amount("less is not worth a transfer", required=True)
    stand_in_limit = Amount("the most that the bank may pay without asking")
    source = Shaped(vocabulary.Sentence)


class RuleForm(LookForm):
    """The same with what a second person has to read."""

    source = Shaped(vocabulary.Sentence, required=True)


class NewRuleForm(RuleForm):
    """The same with the rule's name."""

    name = Shaped(vocabulary.Name, required=True)


@console.get("/rules", endpoint="rules")
def list_rules() -> Response:
    """List the rules in force."""
    with reading() as connection:
        listed = queries.page(connection, viewer(), asked("crl"))
        waiting = approval_queries.open_of_kind(connection, viewer(), court_rules.KIND)
    for each in listed["rules"]:
        each["terms"] = rule_terms.of_document(each["document"])
    return page("console/rules.html", waiting=waiting, may_write=may("console.new_rule"), **listed)


@console.get("/rules/<court_rule_id>")
def rule(court_rule_id: str) -> Response:
    """Show a rule as it is in force, with its versions and what each changed."""
    with reading() as connection:
        shown = found(queries.one(connection, viewer(), court_rule_id))
        waiting = approval_queries.open_about(connection, viewer(), court_rule_id)
    versions = [
        {**version, "said": rule_words.differences(version["differences"], shown["currency"])}
        for version in reversed(shown["versions"])
    ]
    return page(
        "console/rule.html", rule=shown, terms=_terms(shown["document"]), versions=versions, waiting=waiting,
        cautions=rule_preview.warnings(shown["document"]), may_write=may("console.new_rule_version"),
    )


@console.route("/rules/new", methods=["GET", "POST"])
def new_rule() -> Response:
    """Write a rule, look at what it would do, and hand it to a second person."""
    form = Form(_schema(NewRuleForm), begins_with=rule_terms.of_preset(rules.PRESETS[0]))
    return _edited(form, None, None)


@console.route("/rules/<court_rule_id>/new-version", methods=["GET", "POST"])
def new_rule_version(court_rule_id: str) -> Response:
    """Write the next version of a rule, look at what it would do, and hand it to a second person."""
    with reading() as connection:
        shown = found(queries.one(connection, viewer(), court_rule_id))
    begins = rule_terms.of_document(shown["document"]) | {"source": ""}
    return _edited(Form(_schema(RuleForm), begins_with=begins), shown, shown["document"])


def effect_of(document: Mapping[str, object], *, court_rule_id: str | None) -> dict[str, object]:
    """What a rule would do now, ready to be shown. Raises Problem for a document that is no rule."""
    preview = rule_preview.of_rule(document, viewer(), court_rule_id=court_rule_id)
    shown = preview_shown(preview)
    return shown | {
        "is_sample": preview.is_sample, "chart": rule_words.spans(shown["buckets"], shown["currency"]),
        "cautions": rule_preview.warnings(document),
    }


def effect_of_version(document: Mapping[str, object], *, court_id: str) -> dict[str, object]:
    """What a proposed version would do now. Raises Problem RULE_VERSION_PASSED."""
    court_rules.refuse_passed(document, court_id=court_id)
    return effect_of(document["rule"], court_rule_id=document["court_rule"])


def about_version(connection, document: Mapping[str, object]) -> dict[str, object]:
    """What a proposed version says, and in what it differs from the one that it comes after."""
    before = queries.version(connection, viewer(), document["court_rule"], document["from_version"])
    compared = [] if before is None else queries.compared(before, document["rule"])
    return {
        "terms": _terms(document["rule"]), "said": rule_words.differences(compared, document["rule"]["currency"]),
    }


def term_choices() -> dict[str, object]:
    """What the fields of a rule offer, in the page's language."""
    return {"presets": [(name, name) for name in rules.PRESETS],
            "channels": [(name, gettext(text)) for name, text in CHANNELS.items()]}


def _edited(form: Form, shown: dict | None, base: Mapping[str, object] | None) -> Response:
    effect = said = None
    court_rule_id = None if shown is None else shown["id"]
    if form.is_sent:
        with form.answering():
            terms = form.values()
            start = base or rule_terms.base_of(terms.get("preset"))
            document = rule_terms.document(start, terms)
            if not _looks():
                form.asks_about_same()
                return form.once(lambda: _waits(_prepared(shown, terms, document)))
            effect = effect_of(document, court_rule_id=court_rule_id)
            if shown is not None:
                said = rule_words.differences(queries.compared(base, document), shown["currency"])
    if is_fragment() and _looks():
        return page("console/rule_look.html", typed=form, effect=effect, said=said)
    return page(
        "console/edit_rule.html", form=form, rule=shown, effect=effect, said=said, currency=_currency(base),
        next_version=None if shown is None else shown["version"] + 1, **term_choices(),
    )


def _looks() -> bool:
    """Was the button pressed, or a field changed, that only shows the effect?"""
    return request.form.get(LOOK) == "yes"


def _schema(whole: type[Schema]) -> type[Schema]:
    return LookForm if _looks() else whole


def _prepared(shown: dict | None, terms: Mapping[str, object], document: Mapping[str, object]) -> PreparedRule:
    principal = current.principal()
    if shown is None:
        return court_rules.prepare_document(name=terms["name"], document=document, principal=principal)
    return court_rules.prepare_version_document(shown["id"], document=document, principal=principal)


def _waits(prepared: PreparedRule) -> Response:
    return done(
        url_for(".proposal", proposal_id=prepared.proposal.id),
        gettext("The rule is prepared and waits for a second person. Nothing has changed yet."),
    )


def _terms(document: Mapping[str, object]) -> dict[str, object]:
    terms = rule_terms.of_document(document)
    return terms | {"channels_said": rule_words.channels(terms["channels"])}


def _currency(base: Mapping[str, object] | None) -> str:
    return (base or rule_terms.base_of(None))["currency"]
