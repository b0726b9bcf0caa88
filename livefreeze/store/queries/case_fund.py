"""The case fund of a court in one currency: where it is, what is in it, and what came and went."""

from sqlalchemy import Connection, case, select

from livefreeze.base.money import format_amount
from livefreeze.rules.ledger import Bucket
from livefreeze.store import case_funds
from livefreeze.store import tables as t
from livefreeze.store.queries import opened
from livefreeze.store.queries.viewer import PageAsked, Viewer, read_page, read_page_newest

_T = t.transfer.c
_SIGNED = case((_T.credit_bucket == Bucket.CASE_FUND, _T.amount_minor), else_=-_T.amount_minor)


def read(
    connection: Connection, viewer: Viewer, currency: str, asked: PageAsked, *, newest_first: bool = False
) -> dict:
    """The fund's account, its balance, and a page of its entries: four queries."""
    entries = (
        select(_T.id, _T.kind, _T.account_id, _T.sweep_id, _SIGNED.label("signed_minor"), _T.happened_at,
               _T.recorded_at, t.claim.c.case_id, t.court_case.c.case_number)
        .join(t.claim, t.claim.c.id == _T.claim_id).join(t.court_case, t.court_case.c.id == t.claim.c.case_id)
        .where(t.court_case.c.court_id == viewer.court_id, t.claim.c.currency == currency,
               case_funds.of_fund())
    )
    balance = case_funds.balance(connection, viewer.court_id, currency)
    rows, following = (read_page_newest if newest_first else read_page)(connection, entries, _T.id, asked)
    return {
        "currency": currency, "fund": account(connection, viewer, currency),
        "balance": format_amount(balance, currency), "next": following,
        "entries": [
            {"id": row.id, "kind": row.kind, "case": row.case_id, "case_number": row.case_number,
             "account": row.account_id, "sweep": row.sweep_id,
             "amount": format_amount(row.signed_minor, currency), "happened_at": row.happened_at,
             "recorded_at": row.recorded_at}
            for row in rows
        ],
    }


def account(connection: Connection, viewer: Viewer, currency: str) -> dict | None:
    """The account to which the court's sweeps go now; None where none is registered. One query."""
    f = t.case_fund.c
    query = (
        select(t.case_fund, t.bank.c.name.label("bank_name")).outerjoin(t.bank, t.bank.c.code == f.bank_code)
        .where(f.court_id == viewer.court_id, f.currency == currency, f.retired_at.is_(None))
    )
    row = connection.execute(query).one_or_none()
    return None if row is None else {
        "id": row.id, "bank": row.bank_code, "bank_name": row.bank_name or row.bank_code,
        "name": row.name, "recorded_at": row.recorded_at,
        "account": opened.account_number(row.number_sealed, table="case_fund", row=row.id),
    }
