"""A bank's end of the link in one file, to copy from: keys, signature, a call, the check of its answer.

    python bank_client.py keys
    python bank_client.py post https://HOST/bank/v1/BANK/withdrawals < message.json
    python bank_client.py get  https://HOST/bank/v1/BANK/withdrawals/REFERENCE

`post` and `get` read two environment variables: BANK_KEY, your secret key (whsk_...), and SERVICE_KEY, the
service's public key for you (whpk_...). To repeat a call after a timeout, set MESSAGE_ID to the id it had.
Needs the package cryptography.
"""

import base64
import hashlib
import json
import os
import re
import sys
import time
import urllib.error
import urllib.request
import uuid

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

TOLERANCE_S = 300


def sign(body: bytes, secret_key: str, message_id: str, now_s: int) -> dict[str, str]:
    """The three headers that go with this body."""
    key = Ed25519PrivateKey.from_private_bytes(base64.b64decode(secret_key.removeprefix("whsk_")))
    signature = key.sign(f"{message_id}.{now_s}.".encode() + body)
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(now_s),
        "webhook-signature": "v1a," + base64.b64encode(signature).decode(),
    }


def verify(body: bytes, headers, public_key: str, now_s: int) -> bool:
    """Did the owner of this key sign exactly this, now? `headers` needs get(), whatever the case of the names."""
    message_id, timestamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not re.fullmatch("[0-9]{10}", timestamp) or abs(now_s - int(timestamp)) >= TOLERANCE_S:
        return False
    key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key.removeprefix("whpk_")))
    for entry in headers.get("webhook-signature", "").split(" "):
        scheme, _, signature = entry.partition(",")
        if scheme == "v1a":
            try:
                key.verify(base64.b64decode(signature), f"{message_id}.{timestamp}.".encode() + body)
                return True
            except (InvalidSignature, ValueError):
                continue
    return False


def call(url: str, body: bytes | None) -> dict:
    """Send one signed call; return the answer, a problem included. Exits if it is not ours to trust."""
    message_id = os.environ.get("MESSAGE_ID") or f"msg_{uuid.uuid4().hex}"
    headers = sign(body or b"", os.environ["BANK_KEY"], message_id, int(time.time()))
    request = urllib.request.Request(url, data=body, headers={**headers, "Content-Type": "application/json"})
    try:
        answer = urllib.request.urlopen(request, timeout=10)
    except urllib.error.HTTPError as problem:
        answer = problem
    content = answer.read()
    if not verify(content, answer.headers, os.environ["SERVICE_KEY"], int(time.time())):
        sys.exit(f"status {answer.status}, and the answer is not signed by the service: {content.decode()}")
    document = json.loads(content)
    digest = "sha256:" + hashlib.sha256(body or b"").hexdigest()
    if (document["in_reply_to"], document["request_digest"]) != (message_id, digest):
        sys.exit("the answer belongs to another request: do not act on it")
    return document


def main() -> None:
    """What the command line asks for."""
    if sys.argv[1:] == ["keys"]:
        key = Ed25519PrivateKey.generate()
        print("secret key, keep it:     whsk_" + base64.b64encode(key.private_bytes_raw()).decode())
        print("public key, register it: whpk_" + base64.b64encode(key.public_key().public_bytes_raw()).decode())
    elif len(sys.argv) == 3 and sys.argv[1] in ("post", "get"):
        body = sys.stdin.buffer.read() if sys.argv[1] == "post" else None
        print(json.dumps(call(sys.argv[2], body), ensure_ascii=False, indent=2))
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
