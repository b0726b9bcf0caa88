"""Keys that sign messages: their text form, and one scheme for each kind of key.

Standard Webhooks 1.0 fixes the text: `whsk_` secret Ed25519 key, `whpk_` public Ed25519 key, `whsec_` shared
secret, each followed by base64. A key object has one scheme for life, so a public key can never be taken for
a shared secret that everybody knows.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from typing import ClassVar, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from bank_adapters.errors import Refused

ED25519_KEY_BYTES = 32
SHARED_SECRET_BYTES_MIN = 24  # both limits are those of Standard Webhooks 1.0, "Signature scheme"
SHARED_SECRET_BYTES_MAX = 64


class KeyInvalid(Refused, ValueError):
    """A text that is not the kind of key asked for."""


@dataclass(frozen=True, slots=True)
class PrivateKey:
    """A secret Ed25519 key: signs with scheme `v1a`."""

    scheme: ClassVar[str] = "v1a"
    prefix: ClassVar[str] = "whsk_"
    _key: Ed25519PrivateKey = field(repr=False, compare=False)
    public_key: "PublicKey"

    @classmethod
    def generate(cls) -> Self:
        """A new random key."""
        return cls.parse(cls.prefix + _text_of(secrets.token_bytes(ED25519_KEY_BYTES)))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `whsk_` and base64 of the 32 byte seed. Raises KeyInvalid."""
        seed = _bytes_of(text, cls.prefix, ED25519_KEY_BYTES, ED25519_KEY_BYTES)
        key = Ed25519PrivateKey.from_private_bytes(seed)
        return cls(key, PublicKey.parse(PublicKey.prefix + _text_of(key.public_key().public_bytes_raw())))

    def text(self) -> str:
        """The secret as text, to be stored. Never print it."""
        return self.prefix + _text_of(self._key.private_bytes_raw())

    def sign(self, content: bytes) -> str:
        """The signature of these bytes, as base64."""
        return _text_of(self._key.sign(content))


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public Ed25519 key: checks scheme `v1a`, and can sign nothing."""

    scheme: ClassVar[str] = "v1a"
    prefix: ClassVar[str] = "whpk_"
    _key: Ed25519PublicKey = field(repr=False, compare=False)
    _text: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `whpk_` and base64 of the 32 bytes. Raises KeyInvalid."""
        raw = _bytes_of(text, cls.prefix, ED25519_KEY_BYTES, ED25519_KEY_BYTES)
        if bytes([*raw[:-1], raw[-1] & 0x7F]) in _KEYS_OF_SMALL_ORDER:
            raise KeyInvalid(
                "KEY_INVALID",
                "For this public key anybody can make signatures that fit. Make a new key pair.",
                "此公钥属于任何人都能伪造签名的弱公钥，请重新生成密钥对。",
            )
        return cls(Ed25519PublicKey.from_public_bytes(raw), text)

    def text(self) -> str:
        """The key as text, to be handed out."""
        return self._text

    def matches(self, content: bytes, signature: str) -> bool:
        """Is this base64 text this key's signature of these bytes?"""
        raw = _canonical_bytes(signature)
        if raw is None:
            return False
        try:
            self._key.verify(raw, content)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class SharedSecret:
    """A secret that both sides know: signs and checks scheme `v1` (HMAC-SHA256)."""

    scheme: ClassVar[str] = "v1"
    prefix: ClassVar[str] = "whsec_"
    _secret: bytes = field(repr=False)

    @classmethod
    def generate(cls) -> Self:
        """A new random secret of 32 bytes."""
        return cls(secrets.token_bytes(32))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `whsec_` and base64 of 24 to 64 bytes. Raises KeyInvalid."""
        return cls(_bytes_of(text, cls.prefix, SHARED_SECRET_BYTES_MIN, SHARED_SECRET_BYTES_MAX))

    def text(self) -> str:
        """The secret as text, to be stored. Never print it."""
        return self.prefix + _text_of(self._secret)

    def sign(self, content: bytes) -> str:
        """The signature of these bytes, as base64."""
        return _text_of(hmac.digest(self._secret, content, hashlib.sha256))

    def matches(self, content: bytes, signature: str) -> bool:
        """Is this base64 text this secret's signature of these bytes? Every wrong text takes as long."""
        return hmac.compare_digest(self.sign(content).encode(), signature.encode())


SigningKey = PrivateKey | SharedSecret
VerifyingKey = PublicKey | SharedSecret

_MEANING = {
    PrivateKey.prefix: ("a secret Ed25519 key", "Ed25519 私钥"),
    PublicKey.prefix: ("a public Ed25519 key", "Ed25519 公钥"),
    SharedSecret.prefix: ("a shared secret", "共享密钥"),
}

# The points whose multiples are few, so that one signature fits many messages; the sign bit is left off.
# Orders 4, 1, 8, 8 and 2, then two of them again, written with a coordinate that is not below the prime.
_KEYS_OF_SMALL_ORDER = frozenset(
    bytes.fromhex(point)
    for point in (
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    )
)


def parse_signing_key(text: str) -> SigningKey:
    """A key to sign with: `whsk_` or `whsec_`. Raises KeyInvalid."""
    return _parse_one_of(text, PrivateKey, SharedSecret)


def parse_verifying_key(text: str) -> VerifyingKey:
    """A key to check with: `whpk_` or `whsec_`. Raises KeyInvalid."""
    return _parse_one_of(text, PublicKey, SharedSecret)


def _parse_one_of(text, first, second):
    return (second if _prefix_of(text) == second.prefix else first).parse(text)


def _bytes_of(text: str, prefix: str, bytes_min: int, bytes_max: int) -> bytes:
    meaning, meaning_zh = _MEANING[prefix]
    found = _prefix_of(text)
    if found != prefix:
        found_meaning, found_zh = _MEANING.get(found, ("something else", "其他内容"))
        raise KeyInvalid(
            "KEY_INVALID",
            f"Wanted {meaning}, which begins with {prefix}, and got {found_meaning}. "
            f"Give the text that begins with {prefix}.",
            f"此处应为{meaning_zh}（以 {prefix} 开头），收到的是{found_zh}，请提供以 {prefix} 开头的文本。",
        )
    raw = _canonical_bytes(text.removeprefix(prefix))
    if raw is None or not bytes_min <= len(raw) <= bytes_max:
        size = str(bytes_min) if bytes_min == bytes_max else f"{bytes_min}-{bytes_max}"
        raise KeyInvalid(
            "KEY_INVALID",
            f"After {prefix} must stand the base64 of {size} bytes. Copy the whole key, without spaces.",
            f"{prefix} 之后应为 {size} 字节的 base64 文本，请完整复制密钥，不要带空格。",
        )
    return raw


def _prefix_of(text: object) -> str | None:
    if not isinstance(text, str):
        return None
    return next((prefix for prefix in _MEANING if text.startswith(prefix)), None)


def _text_of(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


def _canonical_bytes(text: str) -> bytes | None:
    """Decode base64, or None. One text only for each value: spare bits of the last letter must be zero."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return raw if _text_of(raw) == text else None
