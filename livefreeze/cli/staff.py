"""Members of staff and their tokens."""

from datetime import timedelta

import click

from livefreeze.cli.answering import ACTOR, Answer, Refused, command, opened
from livefreeze.flows import credentials, staff
from livefreeze.settings import Settings

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
@click.option("--operator", "is_operator", is_flag=True, help="An operator of the service, of no court or bank.")
@click.option("--role", type=click.Choice(ROLES), help="What the user may do; an operator is admin.")
@click.option("--person", help="Whose login it is, where one person has several: four eyes are two persons.")
def add(login: str, court_code: str | None, bank_code: str | None, is_operator: bool, role: str | None,
        person: str | None) -> Answer:
    """Add the user LOGIN, of one court, of one bank, or an operator; print the link by which they set themselves up.

    \b
    Example:
      livefreeze user add wang --court yuyao --role clerk
    """
    if [court_code is not None, bank_code is not None, is_operator].count(True) != 1:
        raise click.UsageError("Name the court or the bank, --court CODE or --bank CODE, or say --operator.")
    role = role or ("admin" if is_operator else None)
    if role is None:
        raise click.UsageError("Name the role: --role ROLE.")
    _refuse_role(role, court_code, bank_code)
    settings = opened()
    staff_id = staff.add(login, role=role, court_code=court_code, bank_code=bank_code, person=person, actor=ACTOR)
    link = _link(settings, login)
    return Answer(
        f"User {login} added as {role}. To choose a password, within three days, once:\n{link}",
        {"id": staff_id, "login": login, "role": role, "link": link},
    )


@command("invite", user)
@click.argument("login")
def invite(login: str) -> Answer:
    """Print a new link by which the user LOGIN chooses a password and a second factor; the last one ends.

    \b
    Example:
      livefreeze user invite wang
    """
    link = _link(opened(), login)
    return Answer(f"To choose a password, within three days, once:\n{link}", {"login": login, "link": link})


@command("password", user)
@click.argument("login")
@click.option("--no-second-factor", is_flag=True, required=True, help="Say that you mean it.")
@click.option("--password", "password", prompt=True, hide_input=True, help="The password; asked for where left out.")
def password(login: str, no_second_factor: bool, password: str) -> Answer:
    """Let the user LOGIN in by a password alone. For demonstrations: only in development.

    \b
    Example:
      livefreeze user password wang --no-second-factor
    """
    if not opened().is_development:
        raise Refused("Without a second factor nobody logs in outside development: livefreeze user invite LOGIN.")
    credentials.set_password_only(login, password, actor=ACTOR)
    return Answer(f"User {login} logs in by a password alone.", {"login": login})


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


def _refuse_role(role: str, court_code: str | None, bank_code: str | None) -> None:
    """Say which roles there are where the user belongs, instead of that this one is none of them."""
    roles = staff.roles_of(of_court=court_code is not None, of_bank=bank_code is not None)
    if role not in roles:
        where = "A court" if court_code is not None else "A bank" if bank_code is not None else "The operator"
        raise Refused(f"role: {where.lower()} has no {role}; it has: {', '.join(sorted(roles))}.")


def _link(settings: Settings, login: str) -> str:
    return f"{settings.public_url}/setup/{credentials.invite(login, actor=ACTOR)}"


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
