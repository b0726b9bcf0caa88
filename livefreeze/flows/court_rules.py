"""A court's freeze rules: one person writes a version, another puts it in force, and what follows it follows on."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection

from bank_adapters.contract import vocabulary
from livefreeze.base import ids
from livefreeze.base.access import ORDER_WRITERS, Principal
from livefreeze.base.errors import Problem
from livefreeze.flows import proposals, rule_adoption, rules
from livefreeze.flows.pointers import under
from livefreeze.flows.proposals import Approval, Chain, Document, Prepared
from livefreeze.flows.shapes import shaped
from livefreeze.flows.transaction import reading, transaction
from livefreeze.rules import document as rule_documents
from livefreeze.rules import fields
from livefreeze.rules.document import FreezeRule
from livefreeze.store import audit, court_rules, courts, rule_adoptions
from livefreeze.store import engine as store_engine
from livefreeze.store import rules as stored_rules
from livefreeze.store.court_rules import CourtRule, NewVersion
from livefreeze.store.proposals import Proposal

KIND = "rule.adopt"
WRITERS = ORDER_WRITERS


class PreparedRule(NamedTuple):
    """The rule's id and the proposal of its version."""

    id: str
    proposal: Prepared
    warnings: tuple[rule_documents.Caution, ...]


def prepare(*, name: object, source: object, rule: Mapping[str, object], principal: Principal) -> PreparedRule:
    """Write a new rule, made from a preset, for another person to approve.

    `rule` names the preset and what is set otherwise, `source` on whose authority. Raises Problem: ALREADY_EXISTS for
    a name in use, and what is wrong with a field.
    """
    shaped(vocabulary.Sentence, source, "/source")
    with under("/rule"):
        overrides = {key: value for key, value in rule.items() if key != "preset"}
        document = rule_documents.preset_document(rule.get("preset"), source=source, **overrides)
    return prepare_document(name=name, document=document, principal=principal)


def prepare_document(*, name: object, document: Document, principal: Principal) -> PreparedRule:
    """The same with the rule's whole document."""
    whole = {"kind": KIND, "court_rule": ids.new("crl"), "name": name, "from_version": 0, "rule": document}
    with transaction() as connection:
        return _prepare(connection, whole, principal)


def prepare_version(court_rule_id: str, *, source: object, rule: Mapping[str, object],
                    principal: Principal) -> PreparedRule:
    """Write the next version of a rule for another person to approve.

    `rule` says what is otherwise than in the version in force; with a preset it begins from that. Raises Problem:
    NOT_FOUND, RULE_UNCHANGED, and what is wrong with a field.
    """
    shaped(vocabulary.Sentence, source, "/source")
    with transaction() as connection:
        before = _of_court(connection, principal.court_id, court_rule_id)
        with under("/rule"):
            document = changed(before.document, source=source, rule=rule)
        return _prepare(connection, _following(before, document), principal)


def prepare_version_document(court_rule_id: str, *, document: Document, principal: Principal) -> PreparedRule:
    """The same with the version's whole document."""
    with transaction() as connection:
        before = _of_court(connection, principal.court_id, court_rule_id)
        return _prepare(connection, _following(before, document), principal)


def changed(base: Mapping[str, object] | None, *, source: str | None, rule: Mapping[str, object]) -> Document:
    """A rule's document with what is set otherwise; one that names a preset begins from that. Raises Problem."""
    overrides = {key: value for key, value in rule.items() if key != "preset"}
    if base is None or "preset" in rule:
        return rule_documents.preset_document(rule.get("preset"), source=source, **overrides)
    return rule_documents.changed_document(base, source=source, **overrides)


def change(connection: Connection, proposal: Proposal, document: object, *, recorded_at: datetime) -> Document:
    """Check an edited document, which now comes after the version in force; only a new rule may get another name.

    Raises Problem as the preparations do.
    """
    editable = ("rule",) if proposal.document["from_version"] else ("name", "rule")
    members = dict(proposals.members(document, proposal.document, editable=editable))
    if (before := court_rules.of_court(connection, proposal.court_id, members["court_rule"])) is not None:
        members["from_version"] = before.version
    _check(connection, members, proposal.court_id, recorded_at)
    return members


def act(connection: Connection, approval: Approval) -> None:
    """The version is in force from now on for every order that follows the rule.

    Raises Problem: RULE_VERSION_PASSED where another version came in between, and what the preparations raise.
    """
    proposal, now = approval.proposal, approval.recorded_at
    document, court_id = proposal.document, proposal.court_id
    before, rule = _check(connection, document, court_id, now, lock=True)
    rule_id = stored_rules.keep(connection, court_id, document["rule"], recorded_at=now)
    version = document["from_version"] + 1
    if before is None and not court_rules.insert(
        connection, court_rule_id=document["court_rule"], court_id=court_id, name=document["name"],
        currency=rule.currency, recorded_at=now,
    ):
        raise Problem("ALREADY_EXISTS", "/name")
    court_rules.add_version(
        connection, NewVersion(document["court_rule"], version, rule_id, now, proposal.id, approval.staff_id),
        recorded_at=now,
    )
    rule_adoptions.start(connection, document["court_rule"], version)
    detail = approval.detail() | {
        "court_rule": document["court_rule"], "version": version,
        "before": {"rule": None if before is None else before.rule_id}, "after": {"rule": rule_id},
    }
    audit.record(connection, chain_of(connection, court_id).name, "rule.adopted", detail, actor=approval.actor,
                 recorded_at=now)


def refuse_passed(document: Document, *, court_id: str) -> None:
    """Raise Problem RULE_VERSION_PASSED where another version came since this one was written."""
    with reading() as connection:
        before = court_rules.of_court(connection, court_id, document["court_rule"])
    if (0 if before is None else before.version) != document["from_version"]:
        raise Problem("RULE_VERSION_PASSED")


def afterwards(proposal: Proposal) -> None:
    """Begin at once to put the pools under the new version; the worker goes on where this ends."""
    rule_adoption.start(proposal.document["court_rule"], proposal.document["from_version"] + 1)


def chain_of(connection: Connection, court_id: str) -> Chain:
    """The court's own chain: a rule belongs to no case."""
    return Chain(audit.court_chain(courts.by_id(connection, court_id).code), None)


def _following(before: CourtRule, document: Document) -> Document:
    return {"kind": KIND, "court_rule": before.id, "name": before.name, "from_version": before.version,
            "rule": document}


def _prepare(connection: Connection, document: Document, principal: Principal) -> PreparedRule:
    now = store_engine.now(connection)
    _, rule = _check(connection, document, principal.court_id, now)
    prepared = proposals.prepare(
        connection, document, subject_id=document["court_rule"], chain=chain_of(connection, principal.court_id),
        principal=principal, recorded_at=now,
    )
    return PreparedRule(document["court_rule"], prepared, rule_documents.warnings(rule))


def _check(connection: Connection, document: Document, court_id: str, now: datetime, *,
           lock: bool = False) -> tuple[CourtRule | None, FreezeRule]:
    """Everything that must be so both when it is written and when it is approved."""
    before = court_rules.of_court(connection, court_id, document["court_rule"], lock=lock)
    with under("/rule"):
        rule = rule_documents.parse(document["rule"])
        rules.refuse_without_allowance(rule, now)
    if before is None:
        shaped(vocabulary.Name, document["name"], "/name")
        if court_rules.is_named(connection, court_id, document["name"]):
            raise Problem("ALREADY_EXISTS", "/name")
        return None, rule
    if document["from_version"] != before.version:
        raise Problem("RULE_VERSION_PASSED")
    if rule.currency != before.currency:
        raise fields.invalid("/rule/currency", "A rule keeps its currency; make another rule.",
                             "规则的币种不可更改，请另立规则。")
    if document["rule"] == before.document:
        raise Problem("RULE_UNCHANGED", "/rule")
    return before, rule


def _of_court(connection: Connection, court_id: str, court_rule_id: str) -> CourtRule:
    found = court_rules.of_court(connection, court_id, court_rule_id)
    if found is None:
        raise Problem("NOT_FOUND")
    return found
