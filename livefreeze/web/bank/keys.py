"""The public keys with which a bank checks what we send."""

from apiflask import Schema
from apiflask.fields import List, Nested, String

from livefreeze.flows import banks
from livefreeze.web.bank import blueprint


class PublicKeyOut(Schema):
    """One key."""

    bank = String(required=True, metadata={"description": "the bank whose messages it signs"})
    key = String(required=True, metadata={"description": "`whpk_` and the base 64 of 32 bytes (Ed25519)"})


class KeysOut(Schema):
    """All current ones."""

    keys = List(Nested(PublicKeyOut), required=True)


@blueprint.get("/keys")
@blueprint.output(KeysOut)
@blueprint.doc(summary="Our current public keys")
def keys() -> dict:
    """Not signed: get them once by a way you trust, and compare."""
    return {"keys": banks.our_public_keys()}
