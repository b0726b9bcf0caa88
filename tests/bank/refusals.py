"""What every refusal must look like, and the calls that the tables of bad input are sent to."""

import json
import re

from bank_adapters.contract import Problem, dumps, to_document
from tests.bank.conftest import Standing
from tests.support.world import Exchange

CALLS = ("authorise", "capture", "void", "events")

_CHINESE = re.compile("[\u4e00-\u9fff]")
_MEMBERS = {"type", "title", "title_zh", "status", "code", "detail", "detail_zh"}


def path_of(call: str, standing: Standing) -> str:
    paths = {"authorise": "/withdrawals", "events": "/events", "capture": f"/withdrawals/{standing.held}/capture",
             "void": f"/withdrawals/{standing.held}/void"}
    return paths[call]


def good(call: str, standing: Standing) -> dict:
    """A message that would be taken."""
    bank, account = standing.frozen.bank, standing.frozen.account
    messages = {
        "authorise": lambda: bank.asks_for(account, "10.00"),
        "capture": lambda: bank.says("withdrawal.capture", reference=standing.held, amount="50.00", currency="CNY"),
        "void": lambda: bank.says("withdrawal.void", reference=standing.held),
        "events": lambda: bank.batch(bank.credit(account, "10.00")),
    }
    return messages[call]()


def changed(document: dict, **changes: object) -> dict:
    """The message with other fields; `...` leaves one out."""
    return {name: value for name, value in {**document, **changes}.items() if value is not ...}


def sent(call: str, standing: Standing, body: object, **options: object) -> Exchange:
    return standing.frozen.bank.sends(path_of(call, standing), body, **options)


def assert_refused(answer: Exchange, status: int, code: str, pointer: str | None = None) -> None:
    """A problem in both languages that names the field to blame."""
    assert answer.status == status, answer.document
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert_document(answer.document, status, code, pointer)


def assert_document(document: dict, status: int, code: str, pointer: str | None = None) -> None:
    """The problem alone, as an answer's body or as a result in a batch."""
    assert document.keys() >= _MEMBERS
    assert (document["status"], document["code"]) == (status, code), document
    assert document["type"] == "urn:livefreeze:problem:" + code.lower().replace("_", "-")
    assert not _CHINESE.search(document["title"]) and _CHINESE.search(document["title_zh"])
    assert not _CHINESE.search(document["detail"]) and _CHINESE.search(document["detail_zh"])
    errors = document.get("errors", [])
    assert all(_CHINESE.search(error["reason_zh"]) and error["reason"] for error in errors)
    if pointer is not None:
        assert pointer in [error["pointer"] for error in errors], document


def assert_event_refused(result: object, status: int, code: str, pointer: str | None = None) -> None:
    assert (result.outcome, result.problem and result.problem.code) == ("refused", code), result
    assert_document(_document(result.problem), status, code, pointer)


def _document(problem: Problem) -> dict:
    return json.loads(dumps(to_document(problem)))
