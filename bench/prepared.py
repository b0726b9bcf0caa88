"""Withdrawal requests of a bank, signed before the clock runs, in the file that load.c reads."""

import random
import struct
import uuid
from datetime import timedelta
from pathlib import Path

from bank_adapters import signing
from bank_adapters.contract import WithdrawalAuthorise, dumps, to_document
from bench.world import BANK, CURRENCY, World, account_number
from livefreeze.base import clock

PATH = f"/bank/v1/{BANK}/withdrawals"
AMOUNT = "1.00"
DECIDE_WITHIN = timedelta(minutes=5)  # as long as the signature holds


def write(path: Path, world: World, count: int, *, chance: random.Random) -> None:
    """Write `count` whole requests, each of a random account, each behind its length in four bytes."""
    with path.open("wb") as file:
        for _ in range(count):
            body, headers = message(world, chance)
            lines = [f"POST {PATH} HTTP/1.1", "Host: 127.0.0.1", "Content-Type: application/json",
                     f"Content-Length: {len(body)}", *(f"{name}: {value}" for name, value in headers.items())]
            request = "\r\n".join(lines).encode() + b"\r\n\r\n" + body
            file.write(struct.pack("=I", len(request)) + request)


def message(world: World, chance: random.Random) -> tuple[bytes, dict[str, str]]:
    """One request's body and its signature headers."""
    now, name = clock.now(), uuid.UUID(int=chance.getrandbits(128)).hex
    asked = WithdrawalAuthorise(
        bank=BANK, audience="livefreeze", reference=f"T-{name}", amount=AMOUNT, currency=CURRENCY, channel="counter",
        account=account_number(chance.randrange(world.accounts_count)), identified_by="identity_card",
        decide_by=now + DECIDE_WITHIN, happened_at=now,
    )
    body = dumps(to_document(asked))
    return body, signing.sign(body, message_id=f"msg_{name}", at=clock.wall(), keys=[world.bank_key])
