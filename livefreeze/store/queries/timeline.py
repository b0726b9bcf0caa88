"""All that happened in a case or on an account, newest first, each entry with who did it and its evidence."""

import base64
import binascii
import json
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, Row, Select, and_, or_, select, tuple_

from livefreeze.base.clock import format_instant, parse_instant
from livefreeze.base.errors import Problem
from livefreeze.store import tables as t
from livefreeze.store.audit import account_chain, case_chain
from livefreeze.store.queries import opened
from livefreeze.store.queries.viewer import Viewer, knows

ACCOUNTS_COUNT_MAX = 200  # of one case whose chains are read together; more have timelines of their own


class Cursor(NamedTuple):
    """The last entry that was seen; older ones come after it."""

    recorded_at: datetime
    chain: str
    seq: int

    def text(self) -> str:
        """As it stands in an address."""
        said = f"{format_instant(self.recorded_at)} {self.chain} {self.seq}"
        return base64.urlsafe_b64encode(said.encode()).decode().rstrip("=")


def cursor_of(text: str | None) -> Cursor | None:
    """Read what `Cursor.text` wrote; None for anything else: the list begins at its top."""
    try:
        padded = (text or "").encode() + b"=" * (-len(text or "") % 4)
        instant, chain, seq = base64.urlsafe_b64decode(padded).decode().split(" ")
        return Cursor(parse_instant(instant), chain, min(int(seq), 2**53))
    except (ValueError, binascii.Error, Problem):
        return None


def of_case(connection: Connection, viewer: Viewer, case_id: str, *, limit: int, after: Cursor | None) -> dict | None:
    """The events of a case's chain and of its accounts' chains; None for another court's: eight queries at most."""
    c = t.court_case.c
    if connection.scalar(select(c.id).where(c.id == case_id, c.court_id == viewer.court_id)) is None:
        return None
    a, cd = t.account.c, t.case_debtor.c
    query = (
        select(a.id, a.number_sealed, a.currency).join(t.case_debtor, cd.debtor_id == a.debtor_id)
        .where(cd.case_id == case_id).order_by(a.id).limit(ACCOUNTS_COUNT_MAX)
    )
    accounts = {account_chain(row.id): row for row in connection.execute(query)}
    return _page(connection, viewer, [case_chain(case_id), *accounts], accounts, limit=limit, after=after)


def of_account(connection: Connection, viewer: Viewer, account_id: str, *, limit: int,
               after: Cursor | None) -> dict | None:
    """The events of an account's chain; None for an account that the court may not look at."""
    a = t.account.c
    row = connection.execute(
        select(a.id, a.number_sealed, a.currency).where(a.id == account_id, knows(viewer.court_id, a.debtor_id))
    ).one_or_none()
    if row is None:
        return None
    chain = account_chain(account_id)
    return _page(connection, viewer, [chain], {chain: row}, limit=limit, after=after)


def _page(connection: Connection, viewer: Viewer, chains: list[str], accounts: dict[str, Row], *, limit: int,
          after: Cursor | None) -> dict:
    e = t.audit_event.c
    query = select(e.chain, e.seq, e.hash, e.document, e.recorded_at).where(e.chain.in_(chains))
    rows = connection.execute(_older(query, after).limit(limit + 1)).all()
    shown = [(row, json.loads(row.document)) for row in rows[:limit]]
    documents = [document for _, document in shown]
    evidence = _Evidence(connection, viewer, documents)
    entries = []
    for row, document in shown:
        account = accounts.get(row.chain)
        entries.append({
            "chain": row.chain, "seq": row.seq, "hash": bytes(row.hash).hex(), "recorded_at": row.recorded_at,
            "kind": document["kind"], "detail": document["detail"], "authority": document["authority"],
            "account": account and {
                "id": account.id, "currency": account.currency,
                "number": opened.account_number(account.number_sealed, table="account", row=account.id),
            },
            **evidence.of(document),
        })
    last = rows[limit - 1] if len(rows) > limit else None
    following = last and Cursor(last.recorded_at, last.chain, last.seq).text()
    return {"entries": entries, "next": following}


def _older(query: Select, after: Cursor | None) -> Select:
    e = t.audit_event.c
    if after is not None:
        query = query.where(or_(
            e.recorded_at < after.recorded_at,
            and_(e.recorded_at == after.recorded_at, or_(
                e.chain > after.chain, and_(e.chain == after.chain, e.seq < after.seq),
            )),
        ))
    return query.order_by(e.recorded_at.desc(), e.chain, e.seq.desc())


class _Evidence:
    """Who did what these events tell, and what proves it: one query a kind of evidence, whatever their number."""

    def __init__(self, connection: Connection, viewer: Viewer, documents: list[dict]) -> None:
        self._connection = connection
        self._viewer = viewer
        self._banks = self._banks_of(documents)
        self._messages = self._messages_of(documents)
        self._proposals, versions = self._proposals_of(documents)
        self._versions = versions
        self._staff = self._staff_of(documents)

    def of(self, document: dict) -> dict:
        """Who, the signed message, and the proposal of an event; None where it has none."""
        kind, name, stood_for = _actor(document)
        detail = document["detail"]
        proposal_id = detail.get("proposal") if isinstance(detail.get("proposal"), str) else None
        return {
            "by": {"kind": kind, "name": name, "person": self._staff.get(name) if kind == "staff" else None,
                   "stood_for": self._staff.get(stood_for),
                   "bank": self._banks[name].name if kind == "bank" and name in self._banks else None},
            "message": self._message(kind, name, detail),
            "proposal": self._proposal(proposal_id),
        }

    def _message(self, kind: str, name: str, detail: dict) -> dict | None:
        bank = self._banks.get(name) if kind == "bank" else None
        row = bank and self._messages.get((bank.id, detail.get("message")))
        return row and {"id": row.id, "message_id": row.message_id, "signed_at": row.signed_at,
                        "signature": row.signature, "recorded_at": row.recorded_at}

    def _proposal(self, proposal_id: str | None) -> dict | None:
        row = self._proposals.get(proposal_id)
        if row is None:
            return None
        return {
            "id": row.id, "kind": row.kind, "status": row.status, "digest": "sha256:" + bytes(row.digest).hex(),
            "editors": sorted({self._login(each.edited_by) for each in self._versions.get(proposal_id, ())}),
            "approved_by": row.approved_by and self._login(row.approved_by), "approved_at": row.approved_at,
        }

    def _login(self, staff_id: str) -> str:
        member = self._staff.get(staff_id)
        return member["login"] if member else staff_id

    def _banks_of(self, documents: list[dict]) -> dict[str, Row]:
        codes = _named(documents, "bank")
        b = t.bank.c
        rows = self._connection.execute(select(b.id, b.code, b.name).where(b.code.in_(codes))) if codes else ()
        return {row.code: row for row in rows}

    def _messages_of(self, documents: list[dict]) -> dict[tuple[str, str], Row]:
        wanted = set()
        for document in documents:
            kind, name, _ = _actor(document)
            message_id = document["detail"].get("message")
            if kind == "bank" and name in self._banks and isinstance(message_id, str):
                wanted.add((self._banks[name].id, message_id))
        if not wanted:
            return {}
        m = t.inbound_message.c
        query = select(m.id, m.bank_id, m.message_id, m.signed_at, m.signature, m.recorded_at)
        rows = self._connection.execute(query.where(tuple_(m.bank_id, m.message_id).in_(sorted(wanted))))
        return {(row.bank_id, row.message_id): row for row in rows}

    def _proposals_of(self, documents: list[dict]) -> tuple[dict[str, Row], dict[str, list[Row]]]:
        """Those of the court that looks: another's do not exist for it."""
        wanted = sorted({str(document["detail"]["proposal"]) for document in documents
                         if "proposal" in document["detail"]})
        if not wanted:
            return {}, {}
        p, v = t.proposal.c, t.proposal_version.c
        own = select(t.proposal).where(p.id.in_(wanted), p.court_id == self._viewer.court_id)
        proposals = {row.id: row for row in self._connection.execute(own)}
        versions: dict[str, list[Row]] = {}
        query = select(v.proposal_id, v.edited_by).where(v.proposal_id.in_(sorted(proposals))).order_by(v.version)
        for row in self._connection.execute(query) if proposals else ():
            versions.setdefault(row.proposal_id, []).append(row)
        return proposals, versions

    def _staff_of(self, documents: list[dict]) -> dict[str, dict]:
        """People of the court that looks with their log-in; of others only that they are others."""
        wanted = _named(documents, "staff") | {stood_for for _, _, stood_for in map(_actor, documents) if stood_for}
        wanted |= {row.approved_by for row in self._proposals.values() if row.approved_by}
        wanted |= {row.edited_by for rows in self._versions.values() for row in rows}
        if not wanted:
            return {}
        s = t.staff.c
        rows = self._connection.execute(select(s.id, s.login, s.role, s.court_id).where(s.id.in_(sorted(wanted))))
        return {row.id: _person(row, self._viewer) for row in rows}


def _person(row: Row, viewer: Viewer) -> dict:
    is_own = row.court_id == viewer.court_id
    return {"login": row.login if is_own else "", "role": row.role, "is_own": is_own}


def _named(documents: Iterable[dict], kind: str) -> set[str]:
    """The ids or codes of all actors of this kind."""
    return {name for its_kind, name, _ in map(_actor, documents) if its_kind == kind}


def _actor(document: dict) -> tuple[str, str, str | None]:
    """Which kind of actor, its id or code, and for whom they stood in: `staff:A for staff:B` is A in B's stead."""
    kind, _, name = document["actor"].partition(":")
    name, _, stood_for = name.partition(" for staff:")
    return kind, name, stood_for or None
