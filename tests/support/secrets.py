"""Look for personal data in bytes, however it may be written there."""

import base64
import json
import urllib.parse
from collections.abc import Iterable, Iterator


def found(secrets: Iterable[str], within: bytes) -> list[str]:
    """Each secret that stands there, with the way in which it is written."""
    lowered = within.lower()
    return [f"{secret} as {way}" for secret in secrets for way, written in spellings(secret)
            if (written.lower() in lowered if way in CASELESS else written in within)]


CASELESS = ("hex", "percent", "JSON escapes")


def spellings(secret: str) -> Iterator[tuple[str, bytes]]:
    """The bytes that would give it away: as text of several encodings, hexadecimal, base64, percent or JSON escapes."""
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "gb18030"):
        raw = secret.encode(encoding)
        yield encoding, raw
        yield "hex", raw.hex().encode()
        for form, encode in (("base64", base64.standard_b64encode), ("base64 for addresses", base64.urlsafe_b64encode)):
            for written in _anywhere_in_base64(raw, encode):
                yield f"{form} of {encoding}", written
    if not secret.isascii():
        yield "percent", urllib.parse.quote(secret).encode()
        yield "JSON escapes", json.dumps(secret)[1:-1].encode()
    yield "utf-8 backwards", secret[::-1].encode()


def _anywhere_in_base64(raw: bytes, encode) -> Iterator[bytes]:
    """Three texts, for the three places within a group of three bytes at which it may begin; cut to what is certain."""
    for before in range(3):
        text = encode(bytes(before) + raw)
        first = -(-before * 4 // 3)  # the letters that also hold bits of what stands before
        last = (before + len(raw)) * 4 // 3
        yield text[first:last]
