"""What a claim bears and how a sum is shared out: reckoned from files, without a database."""

from typing import Any

import click

from livefreeze.base.errors import Problem
from livefreeze.cli.rules import print_list, refuse, written
from livefreeze.flows import evaluation


@click.group()
def claims() -> None:
    """Reckon the interest of claims.

    \b
    Example:
      livefreeze claims interest --terms terms.json --on 2026-11-12
    """


@claims.command("interest")
@click.option("--terms", "path", required=True, help="A file of terms, or of a list of items.")
@click.option("--on", help="The day of reckoning; in a list each item may name its own.")
@click.option("--json", "as_json", is_flag=True, help="These answers are JSON in any case.")
def interest(path: str, on: str | None, as_json: bool) -> None:
    """Reckon simple interest for terms, or a list of {"on", "terms"}; prints JSON only.

    \b
    Example:
      livefreeze claims interest --terms terms.json --on 2026-11-12
    """

    def of_item(item: Any) -> dict[str, Any]:
        return evaluation.interest(item.get("terms"), item.get("on", on))

    try:
        text = evaluation.text_of(path, "/terms")
        if evaluation.is_list(text):
            print_list(evaluation.batch(text, of_item, ("on", "terms")))
            return
        click.echo(written(evaluation.interest(evaluation.whole(text, "/terms"), on)))
    except Problem as problem:
        refuse(problem)


@click.group()
def distribution() -> None:
    """Share a sum out among creditors.

    \b
    Example:
      livefreeze distribution evaluate --facts facts.json
    """


@distribution.command("evaluate")
@click.option("--facts", "path", required=True, help="A file of facts, or of a list of items.")
@click.option("--json", "as_json", is_flag=True, help="These answers are JSON in any case.")
def evaluate(path: str, as_json: bool) -> None:
    """Share out for facts, or a list of {"facts"}; prints JSON only.

    \b
    Example:
      livefreeze distribution evaluate --facts facts.json
    """

    def of_item(item: Any) -> dict[str, Any]:
        return evaluation.distribution(item.get("facts"))

    try:
        text = evaluation.text_of(path, "/facts")
        if evaluation.is_list(text):
            print_list(evaluation.batch(text, of_item, ("facts",)))
            return
        click.echo(written(evaluation.distribution(evaluation.whole(text, "/facts"))))
    except Problem as problem:
        refuse(problem)
