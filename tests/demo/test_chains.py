"""The story's own verification finds whatever was done to a chain; it shares no code with the store that writes it."""

from datetime import UTC, datetime

import pytest

from livefreeze.demo.chains import Receipt, contradictions, verify
from livefreeze.store import audit

CHAIN = "case:cas_1"
AT = datetime(2026, 3, 10, tzinfo=UTC)


def events(count: int = 3, *, chain: str = CHAIN) -> tuple[list[dict], dict]:
    """A chain as the store links it and the court's API shows it."""
    head, shown = audit.Head(chain, 0, audit.BEFORE_THE_FIRST), []
    for number in range(count):
        row, head = audit.link(head, "order.served", {"amount_minor": 100_000, "number": number}, actor="staff:x",
                               recorded_at=AT)
        shown.append({"seq": row["seq"], "hash": row["hash"].hex(), "document": row["document"]})
    return shown, {"seq": head.seq, "hash": head.hash.hex()}


def test_a_whole_chain_fits_its_receipts():
    shown, head = events()
    verified = verify(CHAIN, shown, head)
    assert verified.mistakes == ()
    receipts = [Receipt(CHAIN, event["seq"], event["hash"]) for event in shown]
    assert contradictions(receipts, {CHAIN: verified}) == []


def altered(shown: list[dict]) -> None:
    shown[1]["document"] = shown[1]["document"].replace("100000", "90000")


def altered_with_its_hash(shown: list[dict]) -> None:
    altered(shown)
    shown[1]["hash"] = verify(CHAIN, shown[:2], {"seq": 0, "hash": ""}).hashes[2]


def removed(shown: list[dict]) -> None:
    del shown[1]


def cut_off(shown: list[dict]) -> None:
    del shown[-1]


def exchanged(shown: list[dict]) -> None:
    shown[0], shown[1] = shown[1], shown[0]


def of_another_chain(shown: list[dict]) -> None:
    shown[:] = events(chain="case:cas_2")[0]


@pytest.mark.parametrize(
    "damage", [altered, altered_with_its_hash, removed, cut_off, exchanged, of_another_chain], ids=lambda f: f.__name__
)
def test_damage_is_found(damage):
    shown, head = events()
    damage(shown)
    assert verify(CHAIN, shown, head).mistakes != ()


def test_a_chain_written_anew_contradicts_the_receipts():
    shown, head = events()
    receipt = Receipt(CHAIN, 2, shown[1]["hash"])
    forged, forged_head = events(2)
    forged[1]["document"] = forged[1]["document"].replace("100000", "90000")
    forged[1]["hash"] = forged_head["hash"] = verify(CHAIN, forged, forged_head).hashes[2]
    verified = verify(CHAIN, forged, forged_head)
    assert verified.mistakes == ()  # in itself it is whole
    assert contradictions([receipt], {CHAIN: verified}) != []


def test_a_receipt_of_a_chain_that_is_gone_is_a_contradiction():
    assert contradictions([Receipt(CHAIN, 1, "00")], {}) != []
