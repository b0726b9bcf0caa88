"""What the person who prepares an order chooses from: debtors, their cases here, their accounts, the banks."""

import unicodedata
from collections.abc import Iterable

from sqlalchemy import Connection, select

from livefreeze.base.money import format_amount
from livefreeze.store import tables as t
from livefreeze.store.queries import opened
from livefreeze.store.queries.viewer import Viewer

_A = t.account.c
_HALF_WIDTH, _FULL_WIDTH = str.maketrans("（）", "()"), str.maketrans("()", "（）")
CASES_COUNT_MAX = 50  # of one debtor at one court: a list that a person can read


def case_of_number(connection: Connection, viewer: Viewer, case_number: str) -> str | None:
    """The court's case of this number, whichever kind of brackets it was typed with: one query."""
    typed = unicodedata.normalize("NFKC", case_number).replace(" ", "")
    spelled = {case_number, typed.translate(_HALF_WIDTH), typed.translate(_FULL_WIDTH)}
    c = t.court_case.c
    query = select(c.id).where(c.court_id == viewer.court_id, c.case_number.in_(spelled))
    return connection.scalar(query.order_by(c.id).limit(1))


def debtors_of(connection: Connection, viewer: Viewer, case_id: str) -> list[str]:
    """The ids of the debtors of the court's case: one query."""
    c, cd = t.court_case.c, t.case_debtor.c
    query = select(cd.debtor_id).join(t.court_case, c.id == cd.case_id)
    return list(connection.scalars(query.where(c.id == case_id, c.court_id == viewer.court_id).order_by(cd.debtor_id)))


def debtor(connection: Connection, viewer: Viewer, debtor_id: str) -> dict | None:
    """A debtor that the court has named, and their cases at this court: two queries."""
    d, c, cd = t.debtor.c, t.court_case.c, t.case_debtor.c
    row = connection.execute(
        select(d.id, d.name_sealed, d.id_number_sealed)
        .join(t.court_debtor, t.court_debtor.c.debtor_id == d.id)
        .where(d.id == debtor_id, t.court_debtor.c.court_id == viewer.court_id)
    ).one_or_none()
    if row is None:
        return None
    cases = connection.execute(
        select(c.id, c.case_number, t.claim.c.currency, t.claim.c.target_minor)
        .join(t.case_debtor, cd.case_id == c.id).join(t.claim, t.claim.c.case_id == c.id)
        .where(cd.debtor_id == debtor_id, c.court_id == viewer.court_id)
        .order_by(c.id.desc()).limit(CASES_COUNT_MAX)
    )
    return {
        "id": row.id, "name": opened.name(row.name_sealed, table="debtor", column="name_sealed", row=row.id),
        "id_number": opened.id_number(row.id_number_sealed, row=row.id),
        "cases": [
            {"id": each.id, "case_number": each.case_number, "currency": each.currency,
             "target": format_amount(each.target_minor, each.currency)}
            for each in cases
        ],
    }


def accounts_of(connection: Connection, viewer: Viewer, debtor_id: str) -> list[dict]:
    """The accounts of a debtor that the court has named: one query."""
    query = _ACCOUNT.where(_A.debtor_id == debtor_id, t.court_debtor.c.court_id == viewer.court_id)
    return [_account(row) for row in connection.execute(query.order_by(_A.id))]


def accounts(connection: Connection, viewer: Viewer, account_ids: Iterable[str]) -> dict[str, dict]:
    """These accounts by id, as far as the court has named their debtor: one query."""
    query = _ACCOUNT.where(_A.id.in_(set(account_ids)), t.court_debtor.c.court_id == viewer.court_id)
    return {row.id: _account(row) for row in connection.execute(query)}


def banks(connection: Connection) -> list[tuple[str, str]]:
    """Code and name of each bank with which there is a link: one query."""
    b = t.bank.c
    return [(row.code, row.name) for row in connection.execute(select(b.code, b.name).order_by(b.code))]


_ACCOUNT = (
    select(_A.id, _A.debtor_id, _A.number_sealed, _A.currency, _A.is_frozen, _A.is_allowance_account,
           t.bank.c.code.label("bank"), t.bank.c.name.label("bank_name"), t.debtor.c.name_sealed)
    .join(t.bank, t.bank.c.id == _A.bank_id).join(t.debtor, t.debtor.c.id == _A.debtor_id)
    .join(t.court_debtor, t.court_debtor.c.debtor_id == _A.debtor_id)
)


def _account(row) -> dict:
    return {
        "id": row.id, "bank": row.bank, "bank_name": row.bank_name, "currency": row.currency,
        "account": opened.account_number(row.number_sealed, table="account", row=row.id),
        "is_frozen": row.is_frozen, "allowance_account": row.is_allowance_account, "debtor": row.debtor_id,
        "debtor_name": opened.name(row.name_sealed, table="debtor", column="name_sealed", row=row.debtor_id),
    }
