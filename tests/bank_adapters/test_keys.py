"""Key texts: each kind is taken only where that kind is asked for."""

import base64

import pytest
from nacl.bindings import crypto_core_ed25519_is_valid_point

from bank_adapters import keys
from bank_adapters.keys import KeyInvalid, PrivateKey, PublicKey, SharedSecret


def text(prefix: str, size: int) -> str:
    return prefix + base64.b64encode(bytes(range(size))).decode()


@pytest.mark.parametrize("kind", [PrivateKey, SharedSecret])
def test_a_new_key_survives_its_text(kind):
    key = kind.generate()
    assert kind.parse(key.text()) == key
    assert kind.generate() != key


def test_the_public_key_fits_the_private_one():
    key = PrivateKey.generate()
    assert PublicKey.parse(key.public_key.text()).matches(b"content", key.sign(b"content"))


@pytest.mark.parametrize(
    ("parse", "offered", "says"),
    [
        pytest.param(SharedSecret.parse, text("whpk_", 32), "got a public Ed25519 key", id="public as secret"),
        pytest.param(keys.parse_signing_key, text("whpk_", 32), "got a public Ed25519 key", id="public to sign"),
        pytest.param(keys.parse_verifying_key, text("whsk_", 32), "got a secret Ed25519 key", id="secret to check"),
        pytest.param(PublicKey.parse, text("whsec_", 32), "got a shared secret", id="shared as public"),
        pytest.param(PrivateKey.parse, text("", 32), "got something else", id="no prefix"),
        pytest.param(PrivateKey.parse, None, "got something else", id="not a text"),
        pytest.param(PrivateKey.parse, text("whsk_", 31), "base64 of 32 bytes", id="short seed"),
        pytest.param(PrivateKey.parse, text("whsk_", 64), "base64 of 32 bytes", id="long seed"),
        pytest.param(SharedSecret.parse, text("whsec_", 23), "base64 of 24-64 bytes", id="short secret"),
        pytest.param(SharedSecret.parse, text("whsec_", 65), "base64 of 24-64 bytes", id="long secret"),
        pytest.param(PublicKey.parse, text("whpk_", 32) + "\n", "without spaces", id="trailing line end"),
        pytest.param(PublicKey.parse, text("whpk_", 32)[:-2] + "9=", "without spaces", id="spare bits set"),
        pytest.param(PublicKey.parse, "whpk_é" + "A" * 42 + "=", "without spaces", id="not ASCII"),
    ],
)
def test_refuses(parse, offered, says):
    with pytest.raises(KeyInvalid) as refused:
        parse(offered)
    assert says in refused.value.reason
    assert "AAECAwQF" not in str(refused.value)  # how all these keys begin
    assert refused.value.reason_zh


WEAK = sorted(point for point in keys._KEYS_OF_SMALL_ORDER)


@pytest.mark.parametrize("point", WEAK, ids=bytes.hex)
@pytest.mark.parametrize("sign_bit", [0x00, 0x80])
def test_refuses_keys_for_which_anybody_can_sign(point, sign_bit):
    raw = bytes([*point[:-1], point[-1] | sign_bit])
    assert not crypto_core_ed25519_is_valid_point(raw)  # libsodium agrees
    with pytest.raises(KeyInvalid):
        PublicKey.parse("whpk_" + base64.b64encode(raw).decode())


def test_secrets_stay_out_of_repr():
    private, shared = PrivateKey.generate(), SharedSecret.generate()
    assert private.text()[5:] not in repr(private)
    assert shared.text()[6:] not in repr(shared)
