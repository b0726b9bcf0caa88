"""Members of staff and their tokens."""

from datetime import timedelta

import click

from livefreeze.cli.answering import ACTOR, Answer, command, opened
from livefreeze.flows import staff

ROLES = sorted(staff.COURT_ROLES | staff.BANK_ROLES)


@click.group()
def user() -> None:
    """Add and disable users of courts and banks.

    \b
    Example:
      livefreeze user add wang --court yuyao --role clerk
    """


@command("add", user)
@click.argument("login")
@click.option("--court", "court_code", help="Code of the court whose user this is.")
@click.option("--bank", "bank_code", help="Code of the bank whose user this is.")
@click.option("--role", required=True, type=click.Choice(ROLES), help="What the user may do.")
@click.option("--person", help="Whose login it is, where one person has several: four eyes are two persons.")
def add(login: str, court_code: str | None, bank_code: str | None, role: str, person: str | None) -> Answer:
    """Add the user LOGIN, of one court or of one bank.

    \b
    Example:
      livefreeze user add wang --court yuyao --role clerk
    """
    if (court_code is None) == (bank_code is None):
        raise click.UsageError("Name the court or the bank: --court CODE or --bank CODE.")
    opened()
    staff_id = staff.add(login, role=role, court_code=court_code, bank_code=bank_code, person=person, actor=ACTOR)
    return Answer(f"User {login} added as {role}.", {"id": staff_id, "login": login, "role": role})


@command("disable", user)
@click.argument("login")
def disable(login: str) -> Answer:
    """Let the user LOGIN do nothing any more, from this moment on.

    \b
    Example:
      livefreeze user disable wang
    """
    opened()
    staff.disable(login, actor=ACTOR)
    return Answer(f"User {login} is disabled.", {"login": login})


@click.group()
def token() -> None:
    """Make and revoke API tokens.

    \b
    Example:
      livefreeze token create wang
    """


@command("create", token)
@click.argument("login")
@click.option("--days", type=click.IntRange(1, 3650), default=staff.TOKEN_VALID.days, show_default=True,
              help="How long it is valid.")
def create(login: str, days: int) -> Answer:
    """Make a token for the user LOGIN. It is shown this once.

    \b
    Example:
      livefreeze token create wang
    """
    opened()
    made = staff.create_token(login, actor=ACTOR, valid=timedelta(days=days))
    return Answer(made, {"login": login, "token": made, "days": days})


@command("revoke", token)
@click.argument("login")
def revoke(login: str) -> Answer:
    """Take all tokens of the user LOGIN out of use, from this moment on.

    \b
    Example:
      livefreeze token revoke wang
    """
    opened()
    count = staff.revoke_tokens(login, actor=ACTOR)
    return Answer(f"{count} tokens of {login} are revoked.", {"login": login, "revoked": count})
