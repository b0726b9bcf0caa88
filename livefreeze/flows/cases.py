"""Cases: who owes whom how much, by the court's own number."""

from typing import NamedTuple

from sqlalchemy import Connection

from livefreeze.base import ids, money
from livefreeze.base.access import Principal
from livefreeze.base.errors import Problem
from livefreeze.flows.debtors import Registered
from livefreeze.flows.pointers import at
from livefreeze.flows.transaction import transaction
from livefreeze.rules import fields
from livefreeze.rules.freeze import new_claim
from livefreeze.store import audit, cases, debtors
from livefreeze.store import engine as store_engine


class CaseRequest(NamedTuple):
    """What a court opens a case with."""

    case_number: str
    debtors: tuple[str, ...]  # each owes the whole: the claim has one ceiling over all of them
    creditor: str
    amount: str
    currency: str


def open_case(request: CaseRequest, *, principal: Principal) -> Registered:
    """Open a case with its claim. Asked again with the same content, the same case.

    Raises Problem: NOT_FOUND for a debtor that the court did not register, ALREADY_EXISTS for a number that
    stands for another case, AMOUNT_INVALID, CURRENCY_UNKNOWN.
    """
    with at("/claim/currency"):
        money.digits_of(request.currency)
    with at("/claim/amount"):
        target_minor = money.parse_positive(request.amount, request.currency)
    with transaction() as connection:
        now = store_engine.now(connection)
        _refuse_wrong_debtors(connection, request, principal)
        new = cases.Case(ids.new("cas"), principal.court_id, request.case_number, request.creditor)
        if not cases.insert(connection, new, request.debtors, recorded_at=now):
            return Registered(_same(connection, request, target_minor, principal), is_new=False)
        claim = cases.Claim(ids.new("clm"), new.id, request.currency, new_claim(target_minor))
        cases.insert_claim(connection, claim, recorded_at=now)
        detail = {"case": new.id, "case_number": new.case_number, "claim": claim.id, "currency": request.currency,
                  "target_minor": target_minor, "debtors": sorted(request.debtors)}
        audit.record(connection, audit.case_chain(new.id), "case.opened", detail, actor=principal.actor,
                     authority=new.case_number, recorded_at=now)
        return Registered(new.id, is_new=True)


def _refuse_wrong_debtors(connection: Connection, request: CaseRequest, principal: Principal) -> None:
    known = debtors.known(connection, principal.court_id, request.debtors)
    for index, debtor_id in enumerate(request.debtors):
        if debtor_id not in known:
            raise Problem("NOT_FOUND", f"/debtors/{index}")
        if debtor_id in request.debtors[:index]:
            raise fields.invalid(f"/debtors/{index}", "This debtor stands here twice.", "该被执行人重复。")


def _same(connection: Connection, request: CaseRequest, target_minor: int, principal: Principal) -> str:
    case = cases.by_number(connection, principal.court_id, request.case_number)
    claims = [(claim.currency, claim.counters.target_minor) for claim in cases.claims(connection, case.id)]
    is_same = (
        case.creditor == request.creditor
        and cases.debtors(connection, case.id) == sorted(request.debtors)
        and claims == [(request.currency, target_minor)]
    )
    if not is_same:
        raise Problem("ALREADY_EXISTS", "/case_number")
    return case.id
