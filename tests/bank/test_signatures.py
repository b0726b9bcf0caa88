"""Signatures that prove nothing: every one gets the same 401 before its body is read, and nothing changes."""

from base64 import b64decode, b64encode
from datetime import UTC, datetime, timedelta

import pytest

from bank_adapters import signing
from bank_adapters.contract import dumps
from bank_adapters.keys import KeyInvalid, PrivateKey, SharedSecret
from livefreeze.flows import banks
from tests.bank.refusals import CALLS, assert_refused, good, path_of
from tests.support.world import Exchange, unique

STALE, EARLY = timedelta(minutes=-5, seconds=-1), timedelta(minutes=5, seconds=1)


def headers_of(bank, body, *, keys=None, ahead=timedelta(), **changes):
    """Good headers for this body, but for the changes; `...` leaves one out."""
    signed = bank.signed(body, message_id=unique("msg"), keys=keys, at=datetime.now(UTC) + ahead)
    signed |= {name.replace("_", "-"): value for name, value in changes.items()}
    return {name: value for name, value in signed.items() if value is not ...}


def assert_unbelieved(answer):
    """The same words whatever is wrong, unsigned: we do not know to whom we speak."""
    assert_refused(answer, 401, "SIGNATURE_INVALID")
    assert answer.headers["WWW-Authenticate"]
    assert not {name.lower() for name, _ in answer.headers.items()} & {"webhook-id", "webhook-signature"}
    assert "in_reply_to" not in answer.document


def on_the_wire(text):
    """A header's bytes, as WSGI shows them."""
    return text.encode().decode("latin-1")


ALTERED = [
    pytest.param({"webhook_id": ...}, id="no id"),
    pytest.param({"webhook_timestamp": ...}, id="no timestamp"),
    pytest.param({"webhook_signature": ...}, id="no signature"),
    pytest.param({"webhook_id": "msg-another"}, id="another id than was signed"),
    pytest.param({"webhook_id": "msg.1"}, id="an id with a full stop"),
    pytest.param({"webhook_id": "m" * 65}, id="an id of 65 letters"),
    pytest.param({"webhook_id": ""}, id="an empty id"),
    pytest.param({"webhook_id": on_the_wire("消息")}, id="an id that is not ASCII"),
    pytest.param({"webhook_id": "\xff\xfe"}, id="an id that is not UTF-8"),
    pytest.param({"webhook_signature": ""}, id="an empty signature"),
    pytest.param({"webhook_signature": "\xff\xfe"}, id="a signature that is not UTF-8"),
    pytest.param({"webhook_signature": "v1a"}, id="a scheme without signature"),
    pytest.param({"webhook_signature": "v1a,"}, id="a scheme and nothing after it"),
    pytest.param({"webhook_signature": "v1a,%%%"}, id="a signature that is no base64"),
    pytest.param({"webhook_signature": "v1a," + b64encode(bytes(64)).decode()}, id="a signature of zeros"),
    pytest.param({"webhook_signature": "v1a," + b64encode(bytes(63)).decode()}, id="a signature too short"),
    pytest.param({"webhook_signature": "v9," + b64encode(bytes(64)).decode()}, id="an unknown scheme"),
    pytest.param({"webhook_signature": " ".join(["v1a,AAAA"] * 1_000)}, id="a list of a thousand"),
    pytest.param({"webhook_timestamp": ""}, id="an empty timestamp"),
    pytest.param({"webhook_timestamp": "1773108420.5"}, id="a timestamp with a fraction"),
    pytest.param({"webhook_timestamp": "1773108420000"}, id="a timestamp in milliseconds"),
    pytest.param({"webhook_timestamp": "177310842"}, id="a timestamp of nine digits"),
    pytest.param({"webhook_timestamp": "+773108420"}, id="a timestamp with a sign"),
    pytest.param({"webhook_timestamp": on_the_wire("１７７３１０８４２０")}, id="a timestamp in full-width digits"),
    pytest.param({"webhook_timestamp": "2026-03-10T09:00:00Z"}, id="a timestamp as a date"),
    pytest.param({"webhook_timestamp": "9999999999"}, id="a timestamp in the year 2286"),
]


@pytest.mark.usefixtures("nothing_changes")
class TestRefused:
    @pytest.mark.parametrize("call", CALLS)
    def test_without_any_signature(self, standing, call):
        body = dumps(good(call, standing))
        assert_unbelieved(standing.frozen.bank.throws(path_of(call, standing), body, {}))

    @pytest.mark.parametrize("changes", ALTERED)
    def test_with_altered_headers(self, standing, changes):
        bank, body = standing.frozen.bank, dumps(good("authorise", standing))
        assert_unbelieved(bank.throws("/withdrawals", body, headers_of(bank, body, **changes)))

    @pytest.mark.parametrize("call", CALLS)
    @pytest.mark.parametrize("ahead", [STALE, EARLY], ids=["5 minutes late", "5 minutes early"])
    def test_at_another_time(self, standing, call, ahead):
        bank, body = standing.frozen.bank, dumps(good(call, standing))
        assert_unbelieved(bank.throws(path_of(call, standing), body, headers_of(bank, body, ahead=ahead)))

    @pytest.mark.parametrize("call", CALLS)
    def test_by_another_bank(self, standing, call):
        bank, body = standing.frozen.bank, dumps(good(call, standing))
        headers = headers_of(bank, body, keys=(standing.foreign.bank.key,))
        assert_unbelieved(bank.throws(path_of(call, standing), body, headers))

    @pytest.mark.parametrize("call", CALLS)
    def test_over_other_bytes(self, standing, call):
        bank, body = standing.frozen.bank, dumps(good(call, standing))
        assert_unbelieved(bank.throws(path_of(call, standing), body + b" ", headers_of(bank, body)))

    def test_by_a_key_nobody_registered(self, standing):
        bank, body = standing.frozen.bank, dumps(good("authorise", standing))
        headers = headers_of(bank, body, keys=(PrivateKey.generate(),))
        assert_unbelieved(bank.throws("/withdrawals", body, headers))

    def test_by_the_service_itself(self, standing):
        """Our own signature on our own answer, sent back to us."""
        bank = standing.frozen.bank
        answer = bank.sends(f"/withdrawals/{standing.held}", method="GET")
        headers = {name: value for name, value in answer.headers.items() if name.lower().startswith("webhook-")}
        assert_unbelieved(bank.throws("/withdrawals", answer.body, headers))

    def test_with_the_public_key_as_shared_secret(self, standing):
        """Everybody knows the public key: whoever took it for an HMAC secret would believe everybody."""
        bank, body = standing.frozen.bank, dumps(good("authorise", standing))
        secret = SharedSecret.parse("whsec_" + bank.key.public_key.text().removeprefix("whpk_"))
        assert_unbelieved(bank.throws("/withdrawals", body, headers_of(bank, body, keys=(secret,))))

    def test_in_the_name_of_another_scheme(self, standing):
        bank, body = standing.frozen.bank, dumps(good("authorise", standing))
        headers = headers_of(bank, body)
        headers["webhook-signature"] = headers["webhook-signature"].replace("v1a,", "v1,")
        assert_unbelieved(bank.throws("/withdrawals", body, headers))

    def test_asking_without_signature(self, standing):
        answer = standing.frozen.bank.throws(f"/withdrawals/{standing.held}", b"", {}, method="GET")
        assert_unbelieved(answer)

    def test_by_a_bank_nobody_knows(self, standing):
        bank, body = standing.frozen.bank, dumps(good("authorise", standing))
        response = standing.world.client.post("/bank/v1/no-such-bank/withdrawals", data=body,
                                              headers=headers_of(bank, body), content_type="application/json")
        assert_unbelieved(Exchange(response.status_code, response.headers, response.get_data(), None))

    def test_before_the_body_is_read(self, standing):
        """Whoever cannot sign learns nothing of how we read."""
        assert_unbelieved(standing.frozen.bank.throws("/withdrawals", b"{", {}))


def test_a_refused_message_claims_nothing_and_can_be_sent_again_rightly_signed(world):
    frozen = world.freezes()
    bank, body, message_id = frozen.bank, dumps(frozen.bank.asks_for(frozen.account, "10.00")), unique("msg")
    bank.throws("/withdrawals", body, bank.signed(body, message_id=message_id, keys=(PrivateKey.generate(),)))
    assert bank.sends("/withdrawals", body, message_id=message_id).status == 200


# --- keys that overlap, and keys that end --------------------------------------------------------


def test_one_good_signature_among_others_is_enough(world):
    frozen = world.freezes()
    body = dumps(frozen.bank.asks_for(frozen.account, "10.00"))
    headers = frozen.bank.signed(body, message_id=unique("msg"), keys=(PrivateKey.generate(), frozen.bank.key))
    assert frozen.bank.throws("/withdrawals", body, headers).status == 200


def test_two_keys_overlap_until_the_old_one_is_retired(world):
    frozen = world.freezes()
    bank, old, new = frozen.bank, frozen.bank.key, PrivateKey.generate()
    (old_id,) = (key.id for key in banks.keys(bank.code) if key.direction == "inbound")
    banks.add_key(bank.code, their_key=new.public_key.text(), actor="operator")

    def status(key):
        body = dumps(bank.asks_for(frozen.account, "10.00"))
        return bank.throws("/withdrawals", body, headers_of(bank, body, keys=(key,))).status

    assert [status(old), status(new)] == [200, 200]
    banks.retire_key(bank.code, old_id, actor="operator")
    assert [status(old), status(new)] == [401, 200]


def test_the_service_signs_with_each_of_its_keys_until_one_is_retired(world):
    frozen = world.freezes()
    bank = frozen.bank
    (old_id,) = (key.id for key in banks.keys(bank.code) if key.direction == "outbound")
    banks.add_key(bank.code, their_key=PrivateKey.generate().public_key.text(), actor="operator")
    answer = bank.sends("/withdrawals", bank.asks_for(frozen.account, "10.00"))
    assert answer.headers["webhook-signature"].count("v1a,") == 2
    banks.retire_key(bank.code, old_id, actor="operator")
    body = dumps(bank.asks_for(frozen.account, "10.00"))
    answer = bank.throws("/withdrawals", body, headers_of(bank, body))
    assert answer.headers["webhook-signature"].count("v1a,") == 1
    with pytest.raises(signing.SignatureInvalid):
        signing.verify(answer.body, answer.headers, [bank.service_key], datetime.now(UTC))


def test_current_public_keys_are_published(world):
    bank = world.bank()
    world.bank(key=SharedSecret.generate())
    assert world.client.get("/bank/v1/keys").json == {"keys": [{"bank": bank.code, "key": bank.service_key.text()}]}


# --- a bank that cannot sign with Ed25519 --------------------------------------------------------


def test_a_bank_with_a_shared_secret_is_believed_and_answered_in_kind(world):
    frozen = world.freezes(bank=world.bank(key=SharedSecret.generate()))
    answer = frozen.bank.sends("/withdrawals", frozen.bank.asks_for(frozen.account, "1000.00"))
    assert answer.message.allowance_left == "1500.00"
    assert answer.headers["webhook-signature"].startswith("v1,")


def test_each_direction_has_a_secret_of_its_own(world):
    bank = world.bank(key=SharedSecret.generate())
    assert bank.service_key.text() != bank.key.text()


@pytest.mark.parametrize("forged", [
    pytest.param(lambda bank: PrivateKey.generate(), id="of the other scheme"),
    pytest.param(lambda bank: SharedSecret.generate(), id="with another secret"),
    pytest.param(lambda bank: bank.service_key, id="with the secret of the other direction"),
    pytest.param(lambda bank: PrivateKey.parse("whsk_" + b64encode(b64decode(bank.key.text()[6:])[:32]).decode()),
                 id="with the secret as a private key"),
])
def test_a_bank_with_a_shared_secret_is_not_believed_otherwise(world, forged):
    frozen = world.freezes(bank=world.bank(key=SharedSecret.generate()))
    body = dumps(frozen.bank.asks_for(frozen.account, "10.00"))
    answer = frozen.bank.throws("/withdrawals", body, headers_of(frozen.bank, body, keys=(forged(frozen.bank),)))
    assert_unbelieved(answer)


@pytest.mark.parametrize("key", [
    pytest.param(PrivateKey.generate().text(), id="a private key"),
    pytest.param("whsec_" + PrivateKey.generate().public_key.text(), id="a public key offered as a secret"),
    pytest.param("whpk_" + b64encode(bytes(31)).decode(), id="a key too short"),
    pytest.param("whpk_" + b64encode(bytes(32)).decode(), id="a key that fits every signature"),
    pytest.param("whsec_" + b64encode(bytes(23)).decode(), id="a secret too short"),
    pytest.param("", id="nothing"),
    pytest.param("ssh-ed25519 AAAA", id="another kind of key"),
])
def test_a_bank_with_a_useless_key_is_not_added(world, key):
    before = world.books.whole()
    with pytest.raises(KeyInvalid):
        banks.add("new-bank", "示例银行", "https://bank.example/hook", their_key=key, actor="operator")
    assert world.books.whole() == before
