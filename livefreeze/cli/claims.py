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
@click.option("--terms", "path", required=True, metavar="FILE", help="A JSON file of terms, or of a list of items.")
@click.option("--on", metavar="DAY", help="The day of reckoning; in a list each item may name its own.")
@click.option("--json", "as_json", is_flag=True, help="These answers are JSON in any case.")
def interest(path: str, on: str | None, as_json: bool) -> None:
    """Reckon simple interest for terms, or a list of {"on", "terms"}; prints JSON only.

    \b
    Example:
      livefreeze claims interest --terms terms.json --on 2026-11-12

    \b
    Such a file (every key is described in tests/cases/README.md, 5):
      {"currency": "CNY", "count": "both",
       "parts": [{"principal": "10000.00", "start": "2026-01-01"}],
       "rates": [{"from": "2014-08-01", "rate": "0.000175", "per": "day"}],
       "payments": [{"on": "2026-06-30", "amount": "4000.00"}]}
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
@click.option("--facts", "path", required=True, metavar="FILE", help="A JSON file of facts, or of a list of items.")
@click.option("--json", "as_json", is_flag=True, help="These answers are JSON in any case.")
def evaluate(path: str, as_json: bool) -> None:
    """Share out for facts, or a list of {"facts"}; prints JSON only.

    \b
    Example:
      livefreeze distribution evaluate --facts facts.json

    \b
    Such a file; methods are equal, pro_rata and rank, and a class is served
    in full before the next (described in tests/cases/README.md, 5):
      {"currency": "CNY", "amount": "100.00", "method": "equal",
       "classes": ["current", "arrears"],
       "creditors": [{"creditor": "a", "rank": 1, "claims":
         [{"class": "current", "amount": "70.00"}]}]}
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
