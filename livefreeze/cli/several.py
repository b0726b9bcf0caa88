"""Several commands in one process: each start of Python costs half a second, and set-ups need dozens of them."""

import contextlib
import io
import json
import sys

import click

from livefreeze.cli.answering import REFUSED


@click.command()
def several() -> None:
    """Run the commands on standard input one after another, each line the words of one as a JSON list.

    Each answers with one line of JSON, so give none `--json`. The first that is refused ends it.

    \b
    Example:
      livefreeze several < commands.jsonl     of lines such as ["court", "add", "yuyao", "--name", "Yuyao"]
    """
    for line in sys.stdin:
        if line.strip() and (status := _run(_words(line))) != 0:
            sys.exit(status)


def _words(line: str) -> list[str]:
    try:
        words = json.loads(line)
    except ValueError:
        words = None
    if not (isinstance(words, list) and words and all(isinstance(word, str) for word in words)):
        raise click.UsageError(f"This line is no JSON list of words: {line.strip()}")
    if words[0] in ("serve", "worker", "several", "story", "demo", "sandbox"):
        raise click.UsageError(f"{words[0]} runs alone.")
    return words


def _run(words: list[str]) -> int:
    """Run one command and print its answer on one line; returns its exit status."""
    from livefreeze.cli import main

    answered = io.StringIO()
    try:
        with contextlib.redirect_stdout(answered):
            status = main.main([*words, "--json"], prog_name="livefreeze", standalone_mode=False)
    except SystemExit as ended:
        status = ended.code
    except click.ClickException as wrong:
        wrong.show()
        status = wrong.exit_code
    click.echo(answered.getvalue().strip())
    return REFUSED if isinstance(status, str) else status or 0
