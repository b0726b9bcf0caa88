"""Sign and verify messages by the Standard Webhooks scheme, over the exact bytes of the body.

What is signed is `webhook-id`, a full stop, `webhook-timestamp`, a full stop, the body. A list of signatures
lets an old and a new key overlap. Source: Standard Webhooks 1.0, "Verifying webhook authenticity".
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bank_adapters.errors import Refused
from bank_adapters.keys import SigningKey, VerifyingKey

ID_HEADER = "webhook-id"
TIMESTAMP_HEADER = "webhook-timestamp"
SIGNATURE_HEADER = "webhook-signature"
HEADERS = (ID_HEADER, TIMESTAMP_HEADER, SIGNATURE_HEADER)

TOLERANCE = timedelta(minutes=5)
SIGNATURES_COUNT_MAX = 10  # each costs a check with each key, before we know who asks

# No full stop: else a piece of the body could be read as the end of the id (same source, "Signature scheme").
ID_PATTERN = "[A-Za-z0-9_:-]{1,64}"
_ID = re.compile(ID_PATTERN)
_TIMESTAMP = re.compile(r"[0-9]{10}")
_SIGNATURES = re.compile(r"[a-z0-9]+,[!-~]+(?: [a-z0-9]+,[!-~]+)*")


class SignatureInvalid(Refused):
    """The only error of `verify`: nothing shows that the message comes, now, from the owner of a key."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What the signature proved: this id, sent at this instant, by the owner of this key."""

    message_id: str
    sent_at: datetime
    key: VerifyingKey


def sign(body: bytes, *, message_id: str, at: datetime, keys: Sequence[SigningKey]) -> dict[str, str]:
    """The three headers for this body, with one signature a key.

    `at` is when it is sent, not when what it tells happened: each retry is signed anew under the same id.
    Raises ValueError for an id that no receiver would take, an instant without zone, and no keys.
    """
    if not _ID.fullmatch(message_id):
        raise ValueError("a message id is 1 to 64 letters, digits, '_', ':' or '-'")
    if at.tzinfo is None:
        raise ValueError("the instant of signing needs a time zone")
    if not keys:
        raise ValueError("there is no key to sign with")
    timestamp = str(int(at.timestamp()))
    content = _content(message_id, timestamp, body)
    return {
        ID_HEADER: message_id,
        TIMESTAMP_HEADER: timestamp,
        SIGNATURE_HEADER: " ".join(f"{key.scheme},{key.sign(content)}" for key in keys),
    }


def verify(body: bytes, headers: Mapping[str, str], keys: Sequence[VerifyingKey], now: datetime) -> Verified:
    """Check that one of the keys signed exactly these bytes, less than five minutes before or after `now`.

    Only signatures of a key's own scheme are tried with it; others in the list are passed over.
    Raises SignatureInvalid and nothing else: missing, malformed, stale, early, unknown or retired key.
    """
    found = _our_headers(headers)
    message_id = _matched(_ID, found, ID_HEADER)
    timestamp = _matched(_TIMESTAMP, found, TIMESTAMP_HEADER)
    signatures = _signatures(found)
    sent_at = datetime.fromtimestamp(int(timestamp), UTC)
    _refuse_stale_or_early(sent_at, now)
    content = _content(message_id, timestamp, body)
    for key in keys:
        for scheme, signature in signatures:
            if scheme == key.scheme and key.matches(content, signature):
                return Verified(message_id, sent_at, key)
    raise SignatureInvalid(
        "SIGNATURE_WRONG",
        "No signature fits. Sign webhook-id, '.', webhook-timestamp, '.' and the exact bytes of the body "
        "with a key that is registered here for this bank and not retired.",
        "签名不符。请用本机构已登记且未停用的密钥，"
        "对 webhook-id、“.”、webhook-timestamp、“.” 与正文的原始字节签名。",
    )


def _content(message_id: str, timestamp: str, body: bytes) -> bytes:
    return f"{message_id}.{timestamp}.".encode("ascii") + body


def _our_headers(headers: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in headers.items():
        name = name.lower()
        if name in HEADERS:
            if name in found:
                raise SignatureInvalid(
                    "SIGNATURE_MALFORMED",
                    f"The header {name} stands there twice. Send it once; several signatures go into one "
                    "header, with a space between them.",
                    f"请求头 {name} 重复，请只发送一次；多个签名写在同一请求头内，以空格分隔。",
                )
            found[name] = value
    return found


def _matched(pattern: re.Pattern[str], found: Mapping[str, str], name: str) -> str:
    value = found.get(name)
    if value is None:
        raise SignatureInvalid(
            "SIGNATURE_MISSING",
            f"The header {name} is missing. Send webhook-id, webhook-timestamp and webhook-signature.",
            f"缺少请求头 {name}。须带 webhook-id、webhook-timestamp 和 webhook-signature。",
        )
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise _malformed(name)
    return value


def _signatures(found: Mapping[str, str]) -> list[tuple[str, str]]:
    entries = _matched(_SIGNATURES, found, SIGNATURE_HEADER).split(" ")
    if len(entries) > SIGNATURES_COUNT_MAX:
        raise _malformed(SIGNATURE_HEADER)
    return [(scheme, signature) for scheme, _, signature in (entry.partition(",") for entry in entries)]


_FORM = {
    ID_HEADER: ("1 to 64 letters, digits, '_', ':' or '-'", "1 至 64 个字母、数字、“_”、“:”或“-”"),
    TIMESTAMP_HEADER: ("ten digits: seconds since 1970 in UTC", "十位数字：自 1970 年起的 UTC 秒数"),
    SIGNATURE_HEADER: (
        f"1 to {SIGNATURES_COUNT_MAX} entries such as 'v1a,' and base64, with one space between them",
        f"1 至 {SIGNATURES_COUNT_MAX} 项，每项如 “v1a,” 加 base64，以一个空格分隔",
    ),
}


def _malformed(name: str) -> SignatureInvalid:
    form, form_zh = _FORM[name]
    return SignatureInvalid(
        "SIGNATURE_MALFORMED", f"The header {name} must be {form}.", f"请求头 {name} 的格式应为：{form_zh}。"
    )


def _refuse_stale_or_early(sent_at: datetime, now: datetime) -> None:
    minutes = int(TOLERANCE.total_seconds() // 60)
    if now - sent_at >= TOLERANCE:
        raise SignatureInvalid(
            "SIGNATURE_STALE",
            f"It was signed {minutes} minutes ago or more. Sign each attempt anew, and set your clock right.",
            f"签名时间已过 {minutes} 分钟。每次发送请重新签名，并校准时钟。",
        )
    if sent_at - now >= TOLERANCE:
        raise SignatureInvalid(
            "SIGNATURE_EARLY",
            f"Its timestamp lies {minutes} minutes ahead or more. Set your clock right.",
            f"签名时间超前 {minutes} 分钟以上，请校准时钟。",
        )
