"""A distribution as its JSON documents: the facts read strictly, the shares written."""

from typing import Any

from livefreeze.base import money
from livefreeze.base.errors import Problem
from livefreeze.rules import fields
from livefreeze.rules.distribution import METHODS, Claim, distribute

CREDITOR_COUNT_MAX = 5000
CLASS_COUNT_MAX = 100


def evaluate(document: object) -> dict[str, Any]:
    """Share out what the facts say. Raises Problem naming the first field that is missing, unknown or wrong.

    The shapes are in tests/cases/README.md, section 5.
    """
    found = fields.members(document, "", required=("currency", "amount", "classes", "method", "creditors"))
    currency = fields.currency(found["currency"], "/currency")
    amount = fields.amount(found["amount"], "/amount", currency)
    classes = _different([
        fields.text(name, f"/classes/{index}")
        for index, name in enumerate(fields.entries(found["classes"], "/classes", count_max=CLASS_COUNT_MAX))
    ], "/classes")  # fmt: skip
    method = fields.choice(found["method"], "/method", tuple(sorted(METHODS)))
    claims = _claims(found["creditors"], currency, tuple(classes), needs_rank=method == "rank")
    shares = distribute(amount, tuple(classes), method, claims)
    paid = sum(share.amount_minor for share in shares)

    def text(minor: int) -> str:
        return money.format_amount(minor, currency)

    return {
        "currency": currency,
        "amount": text(amount),
        "shares": [
            {"creditor": share.claim.creditor, "class": share.claim.class_name,
             "claimed": text(share.claim.amount_minor), "amount": text(share.amount_minor)}
            for share in shares
        ],
        "paid": text(paid),
        "unpaid": text(sum(claim.amount_minor for claim in claims) - paid),
        "left": text(amount - paid),
    }  # fmt: skip


def _claims(rows: object, currency: str, classes: tuple[str, ...], *, needs_rank: bool) -> tuple[Claim, ...]:
    claims: list[Claim] = []
    names: list[str] = []
    for index, row in enumerate(fields.entries(rows, "/creditors", count_max=CREDITOR_COUNT_MAX)):
        pointer = f"/creditors/{index}"
        creditor = fields.members(row, pointer, required=("creditor", "claims"), optional=("rank",))
        if needs_rank and "rank" not in creditor:
            raise Problem("FIELD_MISSING", f"{pointer}/rank")
        rank = _rank(creditor["rank"], f"{pointer}/rank") if "rank" in creditor else None
        name = fields.text(creditor["creditor"], f"{pointer}/creditor")
        wanted = fields.entries(creditor["claims"], f"{pointer}/claims", count_max=len(classes))
        of_creditor = []
        for place, document in enumerate(wanted):
            below = f"{pointer}/claims/{place}"
            claim = fields.members(document, below, required=("class", "amount"))
            class_name = fields.choice(claim["class"], f"{below}/class", classes)
            amount_minor = fields.amount(claim["amount"], f"{below}/amount", currency)
            of_creditor.append(Claim(name, rank, class_name, amount_minor))
        _different([claim.class_name for claim in of_creditor], f"{pointer}/claims")
        names.append(name)
        claims += of_creditor
    _different(names, "/creditors")
    return tuple(claims)


def _rank(value: object, pointer: str) -> int:
    if type(value) is not int or value < 0:
        raise fields.invalid(pointer, "This must be a whole number from 0 on.", "此处须为不小于 0 的整数。")
    return value


def _different(names: list[str], pointer: str) -> list[str]:
    if len(set(names)) < len(names):
        raise fields.invalid(pointer, "Nothing may stand here twice; add it up.", "此处不得重复，请合并。")
    return names
