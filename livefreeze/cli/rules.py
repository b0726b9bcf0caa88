"""Freeze rules as law: evaluate, list, show, check, compare and explain them; needs no database."""

import json
import re
import sys
from typing import Any

import click

from livefreeze.base.errors import Problem
from livefreeze.cli.answering import REFUSED, Answer, command
from livefreeze.flows import evaluation, rule_words

_HALVES = re.compile("[\ud800-\udfff]")


@click.group()
def rules() -> None:
    """Evaluate, check and compare freeze rules.

    \b
    Example:
      livefreeze rules check rule.json
    """


@rules.command("evaluate")
@click.option("--rule", help="A preset or a rule's file; left out for a list of items that name their own.")
@click.option("--facts", "path", required=True, metavar="FILE", help="A JSON file of facts, or of a list of items.")
@click.option("--on", metavar="DAY", help="The day whose law applies; wins over the day in the facts.")
@click.option("--json", "as_json", is_flag=True, help="These answers are JSON in any case.")
def evaluate(rule: str | None, path: str, on: str | None, as_json: bool) -> None:
    """Evaluate a rule for one debtor's facts, or a list of {"rule", "on", "facts"}; prints JSON only.

    \b
    Example:
      livefreeze rules evaluate --rule cn-live-freeze --facts facts.json --on 2026-11-12

    \b
    Such a file (every key is described in tests/cases/README.md, 1, the
    result in 2; a wage rule wants "disposable_earnings" and "pay_frequency"):
      {"currency": "CNY", "allowance_used": "1000.00",
       "accounts": [{"account": "a1", "balance": "7000.00"}],
       "orders": [{"order": "o1", "rank": 1, "quota": "60000.00"}]}
    """
    known = evaluation.Rules()

    def of_item(item: Any) -> dict[str, Any]:
        return evaluation.evaluate(known, item.get("rule"), item.get("facts"), item.get("on", on))

    try:
        text = evaluation.text_of(path, "/facts")
        if rule is None and evaluation.is_list(text):
            print_list(evaluation.batch(text, of_item, ("rule", "on", "facts")))
            return
        document = evaluation.whole(text, "/facts")
        click.echo(written(evaluation.evaluate(known, rule, document, on)))
    except Problem as problem:
        refuse(problem)


def print_list(answers: Any) -> None:
    """Print answers as one JSON list, each as soon as it is there."""
    write, before = sys.stdout.write, "["
    for answer in answers:
        write(before + written(answer))
        before = ",\n"
    write("[]\n" if before == "[" else "]\n")


def written(document: Any) -> str:
    """A document as JSON text; halves of characters, which no encoding can write, come as escapes."""
    text = json.dumps(document, ensure_ascii=False)
    return json.dumps(document) if _HALVES.search(text) else text


def refuse(problem: Problem) -> None:
    """Print a refusal as JSON and end with exit status 1."""
    click.echo(written(evaluation.refusal(problem)))
    sys.exit(REFUSED)


@command("list", rules)
def list_() -> Answer:
    """List the presets.

    \b
    Example:
      livefreeze rules list
    """
    rows = rule_words.presets()
    lines = [f"{row['rule']:16}  {row['currency']}  {row['method']:17}  {row['source']}" for row in rows]
    return Answer("\n".join(lines), {"rules": rows})


@command("show", rules)
@click.argument("rule")
def show(rule: str) -> Answer:
    """Show the document of a preset or a file.

    \b
    Example:
      livefreeze rules show de-p-konto
    """
    document = evaluation.read(rule)
    return Answer(json.dumps(document, ensure_ascii=False, indent=1), document)


@command("check", rules)
@click.argument("rule")
def check(rule: str) -> Answer:
    """Check a rule's file: every field, dates without gap or overlap, and what may not be meant.

    \b
    Example:
      livefreeze rules check rule.json
    """
    cautions = rule_words.check(rule)
    lines = [f"{rule} is a rule.", *(f"Mind: {caution}" for caution in cautions)]
    return Answer("\n".join(lines), {"rule": rule, "warnings": cautions})


@command("diff", rules)
@click.argument("before")
@click.argument("after")
def diff(before: str, after: str) -> Answer:
    """Say in words in what two rules differ.

    \b
    Example:
      livefreeze rules diff cn-live-freeze rule.json
    """
    rows = rule_words.differences(before, after)
    return Answer("\n".join(row["words"] for row in rows) or "They do not differ.", {"differences": rows})


@command("explain", rules)
@click.option("--rule", required=True, help="A preset or a rule's file.")
@click.option("--facts", "path", required=True, metavar="FILE", help="A JSON file of facts.")
@click.option("--on", metavar="DAY", help="The day whose law applies; wins over the day in the facts.")
def explain(rule: str, path: str, on: str | None) -> Answer:
    """Explain step by step what a rule says for these facts.

    \b
    Example:
      livefreeze rules explain --rule cn-live-freeze --facts facts.json --on 2026-11-12

    What a file of facts holds: livefreeze rules evaluate --help.
    """
    facts = evaluation.whole(evaluation.text_of(path, "/facts"), "/facts")
    steps = evaluation.evaluate(evaluation.Rules(), rule, facts, on)["explanation"]
    text = "\n".join(f"{step['amount']:>16}  {step['step']}  ({step['source']})" for step in steps)
    return Answer(text, {"explanation": steps})
