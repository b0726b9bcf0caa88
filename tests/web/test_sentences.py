"""Every kind of event on the chains of a case and its accounts, and every alert, has its sentence."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bank_adapters.contract import EVENTS, INQUIRY_EVENTS
from livefreeze.web.court.console import sentences

FLOWS = Path(__file__).parents[2] / "livefreeze" / "flows"
WRITERS = {"event", "record", "note", "_note", "_of_account"}  # the last name of what is called
A_KIND = re.compile(r"[a-z_]+\.[a-z_]+")

#: These stand on the chains of banks and courts, which no timeline shows.
ELSEWHERE = ("staff.", "token.", "bank.", "message.read", "message.replayed", "operator.")

#: Kinds that are made of parts: the expression, and what it can be.
MADE = {
    "f'order.{status}'": [f"order.{status}" for status in ("satisfied", "released", "revoked")],
    "f'withdrawal.{told}'": [f"withdrawal.{told}" for told in ("captured", "voided", "reversed")],
    "event.type": [event.type for event in EVENTS if event.type != "freeze.receipt" and event not in INQUIRY_EVENTS],
}
#: Kinds whose sentence depends on what was decided or answered.
VARIANTS = {
    "withdrawal.decided": ("withdrawal.decided/approved", "withdrawal.decided/declined"),
    "freeze.receipt": ("freeze.receipt/accepted", "freeze.receipt/partial", "freeze.receipt/refused"),
    "debit.posted": ("debit.posted", "debit.posted/customer"),
}


def arguments(names: set[str]) -> Iterator[ast.expr]:
    """The arguments of every call of a function of one of these names."""
    for path in sorted(FLOWS.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in names:
                yield from node.args


def kinds() -> set[str]:
    found: set[str] = set()
    for argument in arguments(WRITERS):
        for part in ast.walk(argument):
            if isinstance(part, ast.Dict):
                break
            if isinstance(part, ast.Constant) and isinstance(part.value, str) and A_KIND.fullmatch(part.value):
                found.add(part.value)
            found |= set(MADE.get(ast.unparse(part), ()))
    return {kind for kind in found if not kind.startswith(ELSEWHERE)}


def alerts() -> set[str]:
    return {argument.value for argument in arguments({"alert"})
            if isinstance(argument, ast.Constant) and str(argument.value).isupper()}


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_every_kind_of_event_has_its_sentence(kind):
    assert [each for each in VARIANTS.get(kind, (kind,)) if each not in sentences.TEXTS] == [], (
        "write it in livefreeze/web/court/console/sentences.py")


@pytest.mark.parametrize("kind", sorted(alerts()))
def test_every_alert_has_its_sentence(kind):
    assert kind in sentences.ALERTS


def test_the_search_finds_what_the_flows_write():
    assert {"order.served", "order.satisfied", "withdrawal.decided", "withdrawal.captured", "transfer.settled",
            "alert.handled", "personal_data.shown", "message.opened"} <= kinds()
    assert {"STAND_IN", "OVER_COLLECTED"} <= alerts()
