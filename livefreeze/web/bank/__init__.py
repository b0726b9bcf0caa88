"""What banks call: signed messages in, signed answers out."""

from apiflask import APIBlueprint

blueprint = APIBlueprint("bank", __name__, url_prefix="/bank/v1", tag="bank")

from livefreeze.web.bank import events, keys, withdrawals  # noqa: E402, F401  they add their routes
