"""Serve a freeze order: prepared by one person, and in the banks' hands once another has approved it."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection

from bank_adapters.contract import vocabulary
from livefreeze.base import ids, money
from livefreeze.base.access import ORDER_WRITERS, Principal
from livefreeze.base.errors import Problem
from livefreeze.flows import proposals, rules
from livefreeze.flows.orders import notices, parties
from livefreeze.flows.pointers import at, under
from livefreeze.flows.proposals import Approval, Chain, Document, Prepared
from livefreeze.flows.shapes import shaped
from livefreeze.flows.transaction import transaction
from livefreeze.rules import document as rule_documents
from livefreeze.rules import fields
from livefreeze.rules.document import FreezeRule
from livefreeze.rules.freeze import FreezeStatus
from livefreeze.store import accounts, audit, cases, court_rules, order_drafts
from livefreeze.store import engine as store_engine
from livefreeze.store import rules as stored_rules
from livefreeze.store.accounts import Account
from livefreeze.store.cases import Claim
from livefreeze.store.proposals import Proposal

KIND = "order.serve"
WRITERS = ORDER_WRITERS
ACCOUNTS_COUNT_MAX = 100
_EDITABLE = ("accounts", "quota", "notice_number", "rule", "court_rule")


class OrderRequest(NamedTuple):
    """What a court asks for; amounts as text of the claim's currency."""

    case_id: str
    debtor_id: str
    account_ids: tuple[str, ...]
    quota: str
    notice_number: str
    rule: Mapping[str, object]  # a preset's name, and what this order sets otherwise; or the court rule it follows


class PreparedOrder(NamedTuple):
    """The order's id and its proposal."""

    id: str
    proposal: Prepared


class Checked(NamedTuple):
    """A document that may be served, with what it speaks of."""

    document: Document
    claim: Claim
    accounts: list[Account]


def prepare(request: OrderRequest, *, principal: Principal) -> PreparedOrder:
    """Write an order for another person to approve; no bank learns of it yet.

    Raises Problem: NOT_FOUND for a case, debtor or account that is not the court's or not this case's;
    ALREADY_EXISTS for a notice number in use; QUOTA_NOT_CLAIM, CLAIM_MET, CURRENCY_MISMATCH, and what is wrong
    with the rule, its field named.
    """
    with transaction() as connection:
        now = store_engine.now(connection)
        order_id = ids.new("frz")
        checked = _check(connection, _document_of(connection, order_id, request, principal), principal.court_id, now)
        draft = _draft(connection, checked, principal.court_id, now)
        if not order_drafts.insert(connection, draft, recorded_at=now):
            raise Problem("ALREADY_EXISTS", "/notice_number")
        _follow(connection, draft, checked)
        chain = Chain(audit.case_chain(draft.case_id), draft.notice_number)
        prepared = proposals.prepare(connection, checked.document, subject_id=order_id, chain=chain,
                                     principal=principal, recorded_at=now)
        return PreparedOrder(order_id, prepared)


def change(connection: Connection, proposal: Proposal, document: object, *, recorded_at: datetime) -> Document:
    """Write the prepared order as the edited document has it. Raises Problem as `prepare` does."""
    # One that was prepared before courts had rules says nothing of them.
    before = {"court_rule": None, **proposal.document}
    if isinstance(document, Mapping):
        document = {"court_rule": None, **document}
    members = proposals.members(document, before, editable=_EDITABLE)
    members = {**members, **_rule_to_follow(connection, proposal.court_id, members)}
    checked = _check(connection, members, proposal.court_id, recorded_at)
    draft = _draft(connection, checked, proposal.court_id, recorded_at)
    if not order_drafts.change(connection, draft):
        raise Problem("ALREADY_EXISTS", "/notice_number")
    _follow(connection, draft, checked)
    return checked.document


def act(connection: Connection, approval: Approval) -> None:
    """The order waits for the receipt of each account's bank. Raises Problem as `prepare` does."""
    proposal, now = approval.proposal, approval.recorded_at
    if followed := proposal.document.get("court_rule"):  # lest another version pass it by before it is served
        court_rules.of_court(connection, proposal.court_id, followed["id"], lock=True)
    locked = parties.lock(connection, proposal.subject_id, recorded_at=now)
    checked = _check(connection, proposal.document, proposal.court_id, now)
    order, record = locked.order, locked.record
    order_drafts.serve(connection, order.id, [account.id for account in checked.accounts])
    detail = approval.detail() | {
        "order": order.id, "claim": order.claim_id, "rule": order.rule_id, "currency": locked.claim.currency,
        "quota_minor": locked.claim.counters.target_minor, "accounts": [account.id for account in checked.accounts],
        "before": FreezeStatus.PREPARED, "after": FreezeStatus.PENDING,
    }
    for chain in (*(audit.account_chain(account.id) for account in checked.accounts), audit.case_chain(order.case_id)):
        record.event(chain, "order.served", detail, actor=approval.actor, authority=order.notice_number)
    case = cases.of_court(connection, order.court_id, order.case_id)
    for message in notices.placed(connection, order, case, locked.claim, checked.accounts, at=now):
        record.message(message)
    record.flush()


def withdraw(connection: Connection, proposal: Proposal, *, recorded_at: datetime) -> None:
    """An order that nobody approved is revoked before any bank has heard of it."""
    order_drafts.revoke(connection, proposal.subject_id, at=recorded_at)


def _document_of(connection: Connection, order_id: str, request: OrderRequest, principal: Principal) -> Document:
    """The whole order as a document that can be read and approved: the rule is written out."""
    case = cases.of_court(connection, principal.court_id, request.case_id)
    if case is None:
        raise Problem("NOT_FOUND", "/case")
    if request.debtor_id not in cases.debtors(connection, case.id):
        raise Problem("NOT_FOUND", "/debtor")
    claim = _claim_for(connection, case.id, request.account_ids)
    rule = _rule_of(connection, request, principal.court_id, source=f"{case.case_number}, {request.notice_number}")
    return {
        "kind": KIND, "order": order_id, "case": case.id, "case_number": case.case_number,
        "debtor": request.debtor_id, "accounts": list(request.account_ids), "currency": claim.currency,
        "quota": request.quota, "notice_number": request.notice_number, **rule,
    }


def _rule_of(connection: Connection, request: OrderRequest, court_id: str, *, source: str) -> Document:
    """The rule that the order carries itself, or the one of its court that it follows, written out both."""
    with under("/rule"):
        others = {name: value for name, value in request.rule.items() if name not in ("preset", "court_rule")}
        if (court_rule_id := request.rule.get("court_rule")) is None:
            if "preset" not in request.rule:
                raise Problem("FIELD_MISSING", "/preset")
            rule = rule_documents.preset_document(request.rule["preset"], source=source, **others)
            return {"rule": rule, "court_rule": None}
        for name in ("preset", *others):  # what an order sets otherwise would be lost with the next version
            if name in request.rule:
                raise Problem("FIELD_UNKNOWN", f"/{name}")
        return _rule_to_follow(connection, court_id, {"court_rule": {"id": court_rule_id}})


def _rule_to_follow(connection: Connection, court_id: str, document: Document) -> Document:
    """The rule that a document names, as it is in force now; nothing where it names none. Raises Problem NOT_FOUND."""
    named = document["court_rule"]
    if named is None:
        return {}
    court_rule_id = fields.mapping(named, "/court_rule").get("id")
    found = court_rules.of_court(connection, court_id, court_rule_id) if isinstance(court_rule_id, str) else None
    if found is None:
        raise Problem("NOT_FOUND", "/court_rule")
    return {"rule": found.document, "court_rule": {"id": found.id, "name": found.name, "version": found.version}}


def _claim_for(connection: Connection, case_id: str, account_ids: tuple[str, ...]) -> Claim:
    """The case's claim in the currency of the accounts; `_check` says what is wrong with the others."""
    claims = {claim.currency: claim for claim in cases.claims(connection, case_id)}
    for account in accounts.by_ids(connection, account_ids[:1]):
        if account.currency in claims:
            return claims[account.currency]
    return next(iter(claims.values()))


def _check(connection: Connection, document: Document, court_id: str, now: datetime) -> Checked:
    """Everything that must be so both when it is written and when it is approved."""
    chosen = _accounts(connection, document, court_id)
    claim = next(
        claim for claim in cases.claims(connection, document["case"]) if claim.currency == document["currency"]
    )
    with at("/quota"):
        quota_minor = money.parse_positive(document["quota"], claim.currency)
    if quota_minor != claim.counters.target_minor:
        amount = money.format_amount(claim.counters.target_minor, claim.currency)
        raise Problem("QUOTA_NOT_CLAIM", "/quota", amount=amount, currency=claim.currency)
    if claim.counters.is_satisfied:
        raise Problem("CLAIM_MET", "/case")
    with under("/rule"):
        _check_rule(rule_documents.parse(document["rule"]), claim.currency, now)
    if followed := document.get("court_rule"):
        current = court_rules.of_court(connection, court_id, followed["id"])
        if current.version != followed["version"]:
            raise Problem("RULE_VERSION_PASSED", "/court_rule")
    notice_number = shaped(vocabulary.Number, document["notice_number"], "/notice_number")
    quota = money.format_amount(quota_minor, claim.currency)
    return Checked({**document, "quota": quota, "notice_number": notice_number}, claim, chosen)


def _accounts(connection: Connection, document: Document, court_id: str) -> list[Account]:
    wanted = fields.entries(document["accounts"], "/accounts", count_max=ACCOUNTS_COUNT_MAX)
    known = accounts.of_court(connection, court_id, (one for one in wanted if isinstance(one, str)))
    for index, account_id in enumerate(wanted):
        account = known.get(account_id) if isinstance(account_id, str) else None
        if account is None or account.debtor_id != document["debtor"]:
            raise Problem("NOT_FOUND", f"/accounts/{index}")
        if account_id in wanted[:index]:
            raise fields.invalid(f"/accounts/{index}", "This account stands here twice.", "该账户重复。")
        if account.currency != document["currency"]:
            raise Problem("CURRENCY_MISMATCH", f"/accounts/{index}", currency=account.currency)
    return [known[account_id] for account_id in sorted(wanted)]


def _check_rule(rule: FreezeRule, currency: str, now: datetime) -> None:
    if rule.currency != currency:
        raise Problem("CURRENCY_MISMATCH", "/currency", currency=currency)
    rules.refuse_without_allowance(rule, now)


def _follow(connection: Connection, draft: order_drafts.Draft, checked: Checked) -> None:
    followed = checked.document["court_rule"]
    court_rules.set_followed(connection, draft.id, draft.pool_id, None if followed is None else followed["id"])


def _draft(connection: Connection, checked: Checked, court_id: str, now: datetime) -> order_drafts.Draft:
    document = checked.document
    rule_id = stored_rules.keep(connection, court_id, document["rule"], recorded_at=now)
    return order_drafts.Draft(document["order"], court_id, document["case"], checked.claim.id,
                              checked.accounts[0].pool_id, rule_id, document["notice_number"])
