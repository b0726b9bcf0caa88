"""The court's freeze rules: written here, approved as proposals; orders follow a rule's newest version."""

from apiflask import Schema
from marshmallow import fields

from bank_adapters.contract import vocabulary
from livefreeze.base.errors import Problem
from livefreeze.base.money import format_amount
from livefreeze.flows import court_rules, rule_preview, rules
from livefreeze.flows.court_rules import PreparedRule
from livefreeze.flows.pointers import under
from livefreeze.flows.rule_preview import Preview
from livefreeze.flows.transaction import reading
from livefreeze.store.queries import rules as queries
from livefreeze.store.queries.viewer import PageAsked
from livefreeze.web import current
from livefreeze.web.court.blueprint import about, court, found, viewer
from livefreeze.web.court.fields import Figure, Id, Moment, Shaped, TrueOrFalse, Verbatim
from livefreeze.web.court.orders import ProposalOfPrepared, RuleChanges
from livefreeze.web.court.pages import page, page_query

_PRESET = {"enum": list(rules.PRESETS), "examples": ["cn-live-freeze"]}
_SOURCE_EXAMPLE = "(2026)浙0281执行局会议纪要3号"


class PresetAndChanges(RuleChanges):
    """A preset, and what the court sets otherwise."""

    preset = Verbatim(_PRESET, required=True)


class ChangesOfVersion(RuleChanges):
    """What is otherwise than in the version in force; with a preset the rule begins from that."""

    preset = Verbatim(_PRESET)


class NewRuleIn(Schema):
    """A new rule."""

    name = Shaped(vocabulary.Name, required=True, example="发薪日规则")
    source = Shaped(vocabulary.Sentence, required=True, example=_SOURCE_EXAMPLE,
                    metadata={"description": "on whose authority"})
    rule = fields.Nested(PresetAndChanges, required=True)


class VersionIn(Schema):
    """The next version of a rule."""

    source = Shaped(vocabulary.Sentence, required=True, example=_SOURCE_EXAMPLE,
                    metadata={"description": "on whose authority"})
    rule = fields.Nested(ChangesOfVersion, required=True)


class PreviewIn(Schema):
    """A rule that is not in force."""

    court_rule = Id("crl", "a freeze rule of the court", "本院冻结规则",
                    metadata={"description": "the rule of which this would be a version; left out: a new one"})
    rule = fields.Nested(ChangesOfVersion, required=True)


class Warning(Schema):  # noqa: A001  the API's word
    """What the court should know before it puts the rule in force."""

    code = fields.String()
    sentence = fields.String()
    sentence_zh = fields.String()


class PreparedRuleOut(Schema):
    """The rule, the proposal by which another person puts it in force, and what to know before."""

    court_rule = fields.String(metadata={"examples": ["crl_01kkb5c8w0q3v7n2m4x6z8a9b1"]})
    proposal = fields.Nested(ProposalOfPrepared)
    warnings = fields.List(fields.Nested(Warning))


class Difference(Schema):
    """A field that differs."""

    field = fields.String(metadata={"description": "its path in the document", "examples": ["allowance"]})
    before = fields.Raw(allow_none=True)
    after = fields.Raw(allow_none=True)


class RuleSummary(Schema):
    """A rule as it is in force."""

    id = fields.String()
    name = fields.String()
    currency = fields.String()
    version = fields.Integer()
    valid_from = Moment("since when this version is in force")
    document = fields.Dict(metadata={"description": "the whole rule"})
    followers = fields.Integer(metadata={
        "description": "on how many debtors' accounts an order follows it; 1,000: so many or more"
    })
    finished_at = Moment("when all of them were under this version; null: not yet all", allow_none=True)


class VersionOfRule(Schema):
    """A version, and what it changed; it never changes itself."""

    version = fields.Integer()
    valid_from = Moment("since when it was in force")
    document = fields.Dict()
    proposal = fields.String()
    approved_by = fields.String()
    differences = fields.List(fields.Nested(Difference))


class RuleOut(RuleSummary):
    """A rule with its versions and what is proposed."""

    versions = fields.List(fields.Nested(VersionOfRule))
    open_proposals = fields.List(fields.String())


class Group(Schema):
    """Those that change in one direction."""

    count = fields.Integer()
    most = Figure("the greatest change", example="300.00")
    median = Figure("the change in the middle", example="300.00")


class Bucket(Schema):
    """How many may take more, or less, now by an amount in this span, or the same."""

    direction = fields.String(metadata={"enum": ["less", "same", "more"]})
    above = Figure("by more than this", example="0.00")
    up_to = Figure("at most this; null: without end", example="100.00", allow_none=True)
    count = fields.Integer()


class PreviewOut(Schema):
    """The effect on the court's own accounts, were the rule in force now; by what a debtor may take now."""

    currency = fields.String()
    accounts = fields.Integer(metadata={"description": "how many debtors' accounts were looked at"})
    of_accounts = fields.Integer(metadata={"description": "out of so many; of more than 1,000 a sample is looked at"})
    follows_rule = TrueOrFalse(metadata={
        "description": "only those that follow the rule; false: all accounts of the court, as if they did"
    })
    more = fields.Nested(Group)
    less = fields.Nested(Group)
    same = fields.Integer()
    allowance_more = fields.Integer(metadata={"description": "how many have more left of the period's allowance"})
    allowance_less = fields.Integer()
    surplus_before = Figure("what sweeps would find now under the rule in force", example="12000.00")
    surplus_after = Figure("and under this rule", example="11400.00")
    buckets = fields.List(fields.Nested(Bucket))
    warnings = fields.List(fields.Nested(Warning))


@court.get("/rules")
@court.input(page_query("crl", "a freeze rule of the court", "本院冻结规则"), location="query")
@court.output(page("rules", RuleSummary))
@about("rules")
def list_rules(query_data: dict) -> dict:
    """List the court's freeze rules as they are in force, oldest first."""
    with reading() as connection:
        return queries.page(connection, viewer(), PageAsked(**query_data))


@court.post("/rules")
@court.input(NewRuleIn)
@court.output(PreparedRuleOut, status_code=201)
@about("rules", responses={409: "The court has a rule of that name"})
def prepare_rule(json_data: dict) -> dict:
    """Prepare a rule. Orders may follow it once another person has approved the proposal."""
    return _prepared(court_rules.prepare(**json_data, principal=current.principal()))


@court.get("/rules/<court_rule_id>")
@court.output(RuleOut)
@about("rules")
def show_rule(court_rule_id: str) -> dict:
    """Show a rule with all its versions and what each changed."""
    with reading() as connection:
        return found(queries.one(connection, viewer(), court_rule_id))


@court.post("/rules/<court_rule_id>/versions")
@court.input(VersionIn)
@court.output(PreparedRuleOut, status_code=201)
@about("rules")
def prepare_rule_version(court_rule_id: str, json_data: dict) -> dict:
    """Prepare the next version. Approved, it is in force for every order that follows the rule, in mid-period too."""
    return _prepared(court_rules.prepare_version(court_rule_id, **json_data, principal=current.principal()))


@court.post("/rules/preview")
@court.input(PreviewIn)
@court.output(PreviewOut)
@about("rules")
def preview_rule(json_data: dict) -> dict:
    """Show what a rule would do to the court's own accounts, were it in force now. Nothing is written."""
    court_rule_id, base = json_data.get("court_rule"), None
    if court_rule_id is not None:
        with reading() as connection:
            base = queries.current(connection, viewer(), court_rule_id)
        if base is None:
            raise Problem("NOT_FOUND", "/court_rule")
    with under("/rule"):
        document = court_rules.changed(base, source=None, rule=json_data["rule"])
    preview = rule_preview.of_rule(document, viewer(), court_rule_id=court_rule_id)
    return shown(preview) | {"warnings": [each._asdict() for each in rule_preview.warnings(document)]}


def _prepared(prepared: PreparedRule) -> dict:
    return {"court_rule": prepared.id, "proposal": prepared.proposal._asdict(),
            "warnings": [each._asdict() for each in prepared.warnings]}


def shown(preview: Preview) -> dict:
    """The preview, amounts as text."""
    summary, currency = preview.summary, preview.currency

    def text(minor: int | None) -> str | None:
        return None if minor is None else format_amount(minor, currency)

    return {
        "currency": currency, "accounts": summary.count, "of_accounts": preview.of_count,
        "follows_rule": preview.follows_rule, "same": summary.same_count,
        "allowance_more": summary.allowance_more_count, "allowance_less": summary.allowance_less_count,
        "surplus_before": text(summary.surplus_before_minor), "surplus_after": text(summary.surplus_after_minor),
        **{name: {"count": group.count, "most": text(group.most_minor), "median": text(group.median_minor)}
           for name, group in (("more", summary.more), ("less", summary.less))},
        "buckets": [{"direction": each.direction, "above": text(each.above_minor), "up_to": text(each.up_to_minor),
                     "count": each.count} for each in summary.buckets],
    }
