"""Banks and their keys."""

from collections.abc import Callable
from urllib.parse import urlsplit

import click

from livefreeze.cli.answering import ACTOR, Answer, Refused, command, opened
from livefreeze.flows import banks
from livefreeze.settings import Settings


def _their_key(act: Callable) -> Callable:
    act = click.option("--secret", metavar="whsec_…", help="The shared secret that it signs with instead.")(act)
    return click.option("--public-key", metavar="whpk_…", help="Its public Ed25519 key.")(act)


@click.group()
def bank() -> None:
    """Add banks, and change their keys.

    \b
    Example:
      livefreeze bank add demo-bank --name "Demo Bank" --url https://bank.example/livefreeze --public-key whpk_…
    """


@command("add", bank)
@click.argument("code")
@click.option("--name", required=True, help="Its name.")
@click.option("--url", required=True, help="The one address at which it takes our messages.")
@_their_key
def add(code: str, name: str, url: str, public_key: str | None, secret: str | None) -> Answer:
    """Add the bank CODE and make our key for it, which is printed: the bank verifies our messages with it.

    \b
    Example:
      livefreeze bank add demo-bank --name "Demo Bank" --url https://bank.example/livefreeze --public-key whpk_…
    """
    their_key = _one_key(public_key, secret)
    _refuse_url(url, opened())
    added = banks.add(code, name, url, their_key=their_key, actor=ACTOR)
    return _ours(code, added)


@bank.group()
def key() -> None:
    """Change keys: add the new one, let both be used for a while, retire the old one.

    \b
    Example:
      livefreeze bank key list demo-bank
    """


@command("list", key)
@click.argument("code")
def list_keys(code: str) -> Answer:
    """List the keys in use with the bank CODE, theirs and ours, with their public halves. Secrets are not shown.

    \b
    Example:
      livefreeze bank key list demo-bank
    """
    opened()
    in_use = [
        {"id": key.id, "direction": key.direction, "scheme": key.scheme, "public_key": key.public_key,
         "fingerprint": key.fingerprint}
        for key in banks.keys_shown(code) if key.retired_at is None
    ]
    lines = [f"{one['id']}  {one['direction']:8}  {one['scheme']:3}  {one['public_key'] or one['fingerprint']}"
             for one in in_use]
    return Answer("\n".join(lines), {"bank": code, "keys": in_use})


@command("add", key)
@click.argument("code")
@_their_key
def add_key(code: str, public_key: str | None, secret: str | None) -> Answer:
    """Add a key of the bank CODE beside those in use, and make one of ours, which is printed.

    \b
    Example:
      livefreeze bank key add demo-bank --public-key whpk_…
    """
    their_key = _one_key(public_key, secret)
    opened()
    return _ours(code, banks.add_key(code, their_key=their_key, actor=ACTOR))


@command("retire", key)
@click.argument("code")
@click.argument("key_id")
def retire(code: str, key_id: str) -> Answer:
    """Take a key out of use; within seconds no process takes it any more.

    \b
    Example:
      livefreeze bank key retire demo-bank key_01kkb5c8w0q3v7n2m4x6z8a9b1
    """
    opened()
    banks.retire_key(code, key_id, actor=ACTOR)
    return Answer(f"Key {key_id} is retired.", {"bank": code, "key": key_id})


def _one_key(public_key: str | None, secret: str | None) -> str:
    """The one key given. What stands behind --public-key must be no secret, and the reverse: the flow checks which."""
    if (public_key is None) == (secret is None):
        raise click.UsageError("Give the bank's key: --public-key whpk_… or --secret whsec_….")
    given, prefix, option = (public_key, "whpk_", "--public-key") if secret is None else (secret, "whsec_", "--secret")
    if given.startswith("whsk_"):
        raise Refused("This is a secret key, which stays with the bank. Give its public half (whpk_…); "
                      "if the secret one was seen by others, have the bank make a new pair.")
    if not given.startswith(prefix):
        raise Refused(f"What stands after {option} must begin with {prefix}.")
    return given


def _refuse_url(url: str, settings: Settings) -> None:
    """Refuse an address to which messages could never be delivered."""
    parts = urlsplit(url)
    if parts.scheme == "https" and parts.hostname:
        return
    is_loopback = parts.hostname in ("127.0.0.1", "::1", "localhost")
    if not (settings.is_development and parts.scheme == "http" and is_loopback):
        raise Refused("The address must be https://…; http only to this machine, in development.")


def _ours(code: str, added: banks.Added) -> Answer:
    return Answer(added.our_key, {"id": added.bank_id, "code": code, "public_key": added.our_key})
