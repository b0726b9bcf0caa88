"""A debtor logs in: names themselves by ID number or case number, and proves it by a code that a notice brought.

Whoever asks gets the same answer by the same steps, known or not: a code is made, sealed and kept in any case.
"""

import hashlib
import hmac
import secrets
import unicodedata
from datetime import datetime, timedelta

from sqlalchemy import Connection

from livefreeze.base import clock, ids
from livefreeze.base.crypto import normalise_id_number, vault
from livefreeze.base.errors import Problem
from livefreeze.base.words.notices import text_of
from livefreeze.flows.transaction import transaction
from livefreeze.store import audit, debtor_codes, notices
from livefreeze.store import engine as store_engine
from livefreeze.store import tables as t
from livefreeze.store.append import append

CODE_DIGITS = 8
VALID = timedelta(minutes=10)
TRIES_MAX = 5
ASKED_MAX, WITHIN = 5, timedelta(hours=1)  # codes for one person, and for one spelling of whoever it is
DEBTORS_MAX = 10  # of one case number
_KEPT = timedelta(days=1)


def ask(subject: str, *, challenge: str) -> None:
    """Send a code to the person whom the text names, if there is one; nobody learns whether there is.

    `challenge` is the asking browser's own secret: the code is good only together with it, and asked again under
    the same one nothing more is sent. Raises Problem NOT_DECIDED where the database is away.
    """
    at = clock.wall()
    with transaction() as connection:
        debtor_codes.forget(connection, before=at - _KEPT)
        digest = _digest_of_challenge(challenge)
        if debtor_codes.is_asked(connection, digest):
            return
        subject_index = vault().blind_index("log_in", normalise_id_number(subject))
        debtor_ids = _may_be_sent(connection, subject, subject_index, since=at - WITHIN)
        _send(connection, debtor_ids or [None], digest, subject_index, at)


def confirm(challenge: str, code: str) -> str:
    """The id of the debtor who typed the code that they were sent. It is good once.

    Raises Problem CODE_WRONG, in the same words whatever is wrong; NOT_DECIDED where the database is away.
    """
    at, digest = clock.wall(), _digest_of_challenge(challenge)
    typed = _digest_of_code(challenge, "".join(unicodedata.normalize("NFKC", code).split()))
    with transaction() as connection:
        tried = debtor_codes.count_try(connection, digest, at=at, tries_max=TRIES_MAX)
        right = [each.debtor_id for each in tried if hmac.compare_digest(each.digest, typed) and each.debtor_id]
        if right:
            debtor_codes.use(connection, digest, at=at)
            _note(connection, right[0])
    if not right:  # outside, so that the try stays counted
        raise Problem("CODE_WRONG", "/code")
    return right[0]


def _note(connection: Connection, debtor_id: str) -> None:
    case_id = debtor_codes.case_of(connection, debtor_id)
    if case_id is not None:
        audit.record(connection, audit.case_chain(case_id), "debtor.logged_in", {"debtor": debtor_id},
                     actor=f"debtor:{debtor_id}", recorded_at=store_engine.now(connection))


def _may_be_sent(connection: Connection, subject: str, subject_index: bytes, *, since: datetime) -> list[str]:
    """Who is named and was not sent too many codes lately; both limits are looked at whoever it is."""
    id_number_index = vault().blind_index("id_number", normalise_id_number(subject))
    named = debtor_codes.known_by(connection, id_number_index, case_numbers(subject), count_max=DEBTORS_MAX)
    asked = debtor_codes.count_of_subject(connection, subject_index, since=since)
    sent = debtor_codes.count_of_debtors(connection, named, since=since)
    if asked >= ASKED_MAX * len(named or [None]):
        return []
    return [debtor_id for debtor_id in named if sent.get(debtor_id, 0) < ASKED_MAX]


def case_numbers(text: str) -> tuple[str, str]:
    """The two ways in which a case number is written: with brackets of half and of full width."""
    half = "".join(unicodedata.normalize("NFKC", text).split()).replace("〔", "(").replace("〕", ")")
    return half, half.replace("(", "（").replace(")", "）")


def _send(connection: Connection, debtor_ids: list[str | None], challenge: bytes, subject_index: bytes,
          at: datetime) -> None:
    codes, told = [], []
    recorded_at = store_engine.now(connection)
    for debtor_id in debtor_ids:
        code = f"{secrets.randbelow(10 ** CODE_DIGITS):0{CODE_DIGITS}}"
        codes.append({
            "id": ids.new("dbc"), "challenge": challenge, "subject_index": subject_index, "debtor_id": debtor_id,
            "digest": _keyed(challenge, code), "recorded_at": at, "expires_at": at + VALID,
        })
        text = text_of("log_in_code", code=f"{code[:4]} {code[4:]}", minutes=VALID // timedelta(minutes=1))
        told.append(notices.row(debtor_id or "", "log_in_code", text, recorded_at=recorded_at))
    append(connection, {t.debtor_code: codes, t.notice: [row for row in told if row["debtor_id"]]})


def _digest_of_challenge(challenge: str) -> bytes:
    return hashlib.sha256(challenge.encode()).digest()


def _digest_of_code(challenge: str, code: str) -> bytes:
    return _keyed(_digest_of_challenge(challenge), code)


def _keyed(challenge: bytes, code: str) -> bytes:
    # Keyed, or whoever has the table finds a number of eight digits at once.
    return vault().blind_index("log_in_code", f"{challenge.hex()}/{code}")
