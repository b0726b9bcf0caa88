"""Messages to banks."""

import click

from livefreeze.cli.answering import ACTOR, Answer, command, opened
from livefreeze.flows.operator import messages


@click.group()
def message() -> None:
    """Look after messages to banks that could not be delivered.

    \b
    Example:
      livefreeze message replay msg_01kkb5c8w0q3v7n2m4x6z8a9b1
    """


@command("replay", message)
@click.argument("message_id")
def replay(message_id: str) -> Answer:
    """Deliver a message again that was given up; what waits behind it for the same account goes on, too.

    \b
    Example:
      livefreeze message replay msg_01kkb5c8w0q3v7n2m4x6z8a9b1
    """
    opened()
    messages.replay(message_id, actor=ACTOR)
    return Answer(f"Message {message_id} will be delivered again.", {"message": message_id})
