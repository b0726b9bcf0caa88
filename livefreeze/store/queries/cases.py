"""Cases of a court: a list of them, and one with its claims, debtors, accounts and orders."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, Row, func, select

from livefreeze.base.money import format_amount
from livefreeze.rules.freeze import ClaimCounters
from livefreeze.store import case_numbers
from livefreeze.store import tables as t
from livefreeze.store.queries import opened
from livefreeze.store.queries.viewer import PageAsked, Viewer, read_page, read_page_newest

_LAST = "\U0010ffff"  # sorts behind every other character: the end of what begins with a text

_CASE = select(t.court_case.c.id, t.court_case.c.case_number, t.court_case.c.creditor_sealed,
               t.court_case.c.recorded_at)


def page(connection: Connection, viewer: Viewer, asked: PageAsked) -> dict:
    """The court's cases with their claims: two queries."""
    query = _CASE.where(t.court_case.c.court_id == viewer.court_id)
    rows, following = read_page(connection, query, t.court_case.c.id, asked)
    claims = _claims(connection, (row.id for row in rows))
    return {"cases": [_summary(row, claims) for row in rows], "next": following}


def newest(connection: Connection, viewer: Viewer, asked: PageAsked) -> dict:
    """The court's cases, newest first, with their claims, debtors and the states of their orders: four queries."""
    query = _CASE.where(t.court_case.c.court_id == viewer.court_id)
    rows, following = read_page_newest(connection, query, t.court_case.c.id, asked)
    return {"cases": _listed(connection, rows), "next": following}


def by_number(connection: Connection, viewer: Viewer, case_number: str, *, count_max: int) -> list[dict]:
    """The court's cases of this number, of a number that begins so, or of this serial number: five queries at most.

    Half- and full-width brackets, digits and spaces are alike.
    """
    k, key = t.case_number_key.c, case_numbers.key_of(case_number)
    if not key.number_key:
        return []
    # Two ranges of two indexes: joined by OR, the database might read all of the court's cases.
    beginning = k.number_key.between(key.number_key, key.number_key + _LAST)
    conditions = [beginning]
    if key.number_key.removesuffix("号").isdecimal() and key.serial:
        conditions.append(k.serial == key.serial)
    found: dict[str, Row] = {}
    for condition in conditions:
        query = _CASE.join(t.case_number_key, k.case_id == t.court_case.c.id)
        query = query.where(k.court_id == viewer.court_id, condition).order_by(k.number_key, k.case_id)
        found |= {row.id: row for row in connection.execute(query.limit(count_max))}
    return _listed(connection, list(found.values())[:count_max])


def of_debtor(connection: Connection, viewer: Viewer, debtor_id: str, *, count_max: int) -> list[dict]:
    """The court's cases against this debtor, newest first: four queries."""
    c, d = t.court_case.c, t.case_debtor.c
    query = _CASE.join(t.case_debtor, d.case_id == c.id).where(c.court_id == viewer.court_id, d.debtor_id == debtor_id)
    return _listed(connection, connection.execute(query.order_by(c.id.desc()).limit(count_max)).all())


def of_court(connection: Connection, viewer: Viewer, case_id: str) -> bool:
    """Is this one of the court's cases?"""
    c = t.court_case.c
    return connection.scalar(select(c.id).where(c.id == case_id, c.court_id == viewer.court_id)) is not None


def one(connection: Connection, viewer: Viewer, case_id: str) -> dict | None:
    """One case with all that belongs to it: five queries."""
    c = t.court_case.c
    row = connection.execute(_CASE.where(c.id == case_id, c.court_id == viewer.court_id)).one_or_none()
    if row is None:
        return None
    orders = select(t.freeze_order.c.id, t.freeze_order.c.notice_number, t.freeze_order.c.status)
    orders = orders.where(t.freeze_order.c.case_id == case_id).order_by(t.freeze_order.c.id)
    return _summary(row, _claims(connection, [case_id])) | {
        "debtors": _debtors(connection, case_id),
        "accounts": _accounts(connection, case_id),
        "orders": [order._asdict() for order in connection.execute(orders)],
    }


def claim_figures(row: Row) -> dict:
    """A claim's figures as text; `row` has the columns of the claim."""
    figures = {
        "target": row.target_minor, "quota": row.quota_minor, "quota_left": _quota_left(row),
        "settled": row.settled_minor, "in_transit": row.in_transit_minor, "over_collected": row.over_collected_minor,
    }
    return {"currency": row.currency} | {name: format_amount(value, row.currency) for name, value in figures.items()}


def claim_bar(row: Row) -> list[dict]:
    """How much of what is owed has arrived, is on the way, is still to come: minor units, to be drawn."""
    parts = (("settled", row.settled_minor), ("transit", row.in_transit_minor), ("quota", _quota_left(row)))
    return [
        {"kind": kind, "minor": minor, "amount": format_amount(minor, row.currency)}
        for kind, minor in parts
    ]


def _quota_left(row: Row) -> int:
    claim = ClaimCounters(row.target_minor, row.quota_minor, row.settled_minor, row.in_transit_minor)
    return claim.quota_left_minor


def _summary(row: Row, claims: dict[str, list[dict]]) -> dict:
    creditor = opened.name(row.creditor_sealed, table="court_case", column="creditor_sealed", row=row.id)
    return {"id": row.id, "case_number": row.case_number, "creditor": creditor, "claims": claims.get(row.id, []),
            "recorded_at": row.recorded_at}


def _claims(connection: Connection, case_ids: Iterable[str]) -> dict[str, list[dict]]:
    query = select(t.claim).where(t.claim.c.case_id.in_(list(case_ids))).order_by(t.claim.c.currency)
    by_case: dict[str, list[dict]] = {}
    for row in connection.execute(query):
        by_case.setdefault(row.case_id, []).append(
            {"id": row.id, "bar": claim_bar(row), "is_over_collected": row.over_collected_minor > 0}
            | claim_figures(row)
        )
    return by_case


def _listed(connection: Connection, rows: Sequence[Row]) -> list[dict]:
    case_ids = [row.id for row in rows]
    claims, debtors = _claims(connection, case_ids), _debtors_of(connection, case_ids)
    o = t.freeze_order.c
    counted = select(o.case_id, o.status, func.count().label("count")).where(o.case_id.in_(case_ids))
    states: dict[str, list[dict]] = {}
    for row in connection.execute(counted.group_by(o.case_id, o.status).order_by(o.status)):
        states.setdefault(row.case_id, []).append({"status": row.status, "count": row.count})
    return [
        _summary(row, claims) | {"debtors": debtors.get(row.id, []), "states": states.get(row.id, [])} for row in rows
    ]


def _debtors_of(connection: Connection, case_ids: list[str]) -> dict[str, list[str]]:
    """The masked names of the debtors of each case."""
    d, cd = t.debtor.c, t.case_debtor.c
    query = (
        select(cd.case_id, d.id, d.name_sealed).join(t.debtor, d.id == cd.debtor_id)
        .where(cd.case_id.in_(case_ids)).order_by(d.id)
    )
    names: dict[str, list[str]] = {}
    for row in connection.execute(query):
        name = opened.name(row.name_sealed, table="debtor", column="name_sealed", row=row.id)
        names.setdefault(row.case_id, []).append(name)
    return names


def _debtors(connection: Connection, case_id: str) -> list[dict]:
    d = t.debtor.c
    query = (
        select(d.id, d.name_sealed, d.id_number_sealed).join(t.case_debtor, t.case_debtor.c.debtor_id == d.id)
        .where(t.case_debtor.c.case_id == case_id).order_by(d.id)
    )
    return [
        {"id": row.id, "name": opened.name(row.name_sealed, table="debtor", column="name_sealed", row=row.id),
         "id_number": opened.id_number(row.id_number_sealed, row=row.id)}
        for row in connection.execute(query)
    ]


def _accounts(connection: Connection, case_id: str) -> list[dict]:
    a = t.account.c
    query = (
        select(a.id, a.debtor_id, a.number_sealed, a.currency, a.is_frozen, t.bank.c.code.label("bank"))
        .join(t.bank, t.bank.c.id == a.bank_id).join(t.case_debtor, t.case_debtor.c.debtor_id == a.debtor_id)
        .where(t.case_debtor.c.case_id == case_id).order_by(a.id)
    )
    return [
        {"id": row.id, "debtor": row.debtor_id, "bank": row.bank, "currency": row.currency,
         "account": opened.account_number(row.number_sealed, table="account", row=row.id), "is_frozen": row.is_frozen}
        for row in connection.execute(query)
    ]
