"""How the commands speak: results for people or machines, refusals with status 1."""

import json
import sys
from typing import NoReturn

import click

as_json = click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")


def refuse(reason: str, reason_zh: str) -> NoReturn:
    """Say why not, in both languages, and end with status 1."""
    click.echo(f"{reason}\n{reason_zh}", err=True)
    sys.exit(1)


def show(document: dict, text: str, *, as_json: bool) -> None:
    """Print for a person, or for a machine."""
    click.echo(json.dumps(document, ensure_ascii=False) if as_json else text)
