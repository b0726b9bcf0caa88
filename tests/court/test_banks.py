"""Banks and their keys: a pair for each, one scheme for life, and a retired key works no more within seconds."""

import pytest

from bank_adapters.keys import KeyInvalid, PrivateKey, PublicKey, SharedSecret
from livefreeze.base import clock
from livefreeze.base.errors import Problem
from livefreeze.flows import banks
from tests.court.world import freeze, new_bank

URL = "https://bank.example/livefreeze"


def test_each_bank_gets_a_key_of_ours_of_its_own(app):
    added = [
        banks.add(code, code, URL, their_key=PrivateKey.generate().public_key.text(), actor="test")
        for code in ("own-1", "own-2")
    ]
    assert added[0].our_key != added[1].our_key
    link = banks.link("own-1")
    assert [key.public_key.text() for key in link.signing_keys] == [added[0].our_key]
    assert {"bank": "own-1", "key": added[0].our_key} in banks.our_public_keys()


def test_a_bank_that_shares_secrets_has_one_for_each_direction(app):
    theirs = SharedSecret.generate()
    added = banks.add("shared", "Shared", URL, their_key=theirs.text(), actor="test")
    link = banks.link("shared")
    assert [key.text() for key in link.verifying_keys] == [theirs.text()]
    assert [key.text() for key in link.signing_keys] == [added.our_key] != [theirs.text()]
    assert "shared" not in {one["bank"] for one in banks.our_public_keys()}


@pytest.mark.parametrize("key", [
    "", "whpk_", "whsk_" + "A" * 43 + "=", "whpk_" + "A" * 43 + "=", "whsec_c2hvcnQ=",
])
def test_what_is_no_public_key_and_no_secret_is_refused(app, key):
    with pytest.raises(KeyInvalid):
        banks.add("wrong-key", "Wrong", URL, their_key=key, actor="test")
    assert banks.link("wrong-key") is None


def test_a_code_is_used_once(bank):
    with pytest.raises(Problem, match="ALREADY_EXISTS"):
        banks.add("icbc", "Another", URL, their_key=PrivateKey.generate().public_key.text(), actor="test")


@pytest.mark.parametrize(("code", "name"), [
    ("ICBC", "x"), ("i", "x"), ("a b", "x"), ("ok-code", ""), ("ok-code", "a\nb"),
])
def test_a_code_or_name_that_no_message_could_carry_is_refused(app, code, name):
    with pytest.raises(Problem, match="TEXT_INVALID"):
        banks.add(code, name, URL, their_key=PrivateKey.generate().public_key.text(), actor="test")


def test_an_unknown_bank_has_no_link(app):
    assert banks.link("no-such-bank") is None


def test_old_and_new_key_overlap_until_the_old_one_is_retired(court, client):
    bank = new_bank(client, "rotates")
    frozen = freeze(court, bank)
    old, new = bank.key, PrivateKey.generate()
    (first,) = [key.id for key in banks.keys("rotates") if key.direction == "inbound"]
    banks.add_key("rotates", their_key=new.public_key.text(), actor="test")
    for key in (old, new):
        bank.key = key
        assert bank.reports("credit.posted", account=frozen.number, amount="1.00", currency="CNY", income="other")
    assert len(banks.link("rotates").signing_keys) == 2

    banks.retire_key("rotates", first, actor="test")
    bank.key = old
    answer = bank.sends("events", type="events", events=[{"type": "credit.posted"}])
    assert (answer.status_code, answer.json["code"]) == (401, "SIGNATURE_INVALID")
    with pytest.raises(Problem, match="NOT_FOUND"):
        banks.retire_key("rotates", first, actor="test")


def test_a_key_that_another_process_retired_works_no_longer_than_seconds(client, monkeypatch):
    key = new_bank(client, "elsewhere").key
    started_s = clock.stopwatch_s()
    kept = banks.link("elsewhere")
    monkeypatch.setattr(banks, "_kept", dict(banks._kept))  # the other process forgets; this one does not know
    (key_id,) = [key.id for key in banks.keys("elsewhere") if key.direction == "inbound"]
    banks.retire_key("elsewhere", key_id, actor="test")
    monkeypatch.undo()
    assert isinstance(key.public_key, PublicKey)

    monkeypatch.setattr(clock, "stopwatch_s", lambda: started_s + banks.LINK_KEPT_S / 2)
    assert banks.link("elsewhere") is kept
    monkeypatch.setattr(clock, "stopwatch_s", lambda: started_s + banks.LINK_KEPT_S * 2)
    assert banks.link("elsewhere").verifying_keys == ()
