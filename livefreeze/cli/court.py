"""Courts."""

import click

from livefreeze.cli.answering import ACTOR, Answer, command, opened
from livefreeze.flows import courts


@click.group()
def court() -> None:
    """Add courts.

    \b
    Example:
      livefreeze court add yuyao --name 余姚市人民法院
    """


@command("add", court)
@click.argument("code")
@click.option("--name", required=True, help="As it stands in messages to banks.")
def add(code: str, name: str) -> Answer:
    """Add the court CODE, a short lower-case name.

    \b
    Example:
      livefreeze court add yuyao --name 余姚市人民法院
    """
    opened()
    court_id = courts.add(code, name, actor=ACTOR)
    return Answer(f"Court {code} added.", {"id": court_id, "code": code})
