"""How every command answers: text for people or JSON for machines, and why not in both."""

import functools
import json
import sys
from collections.abc import Callable
from typing import Any, NamedTuple

import click

from bank_adapters.keys import KeyInvalid
from livefreeze.base.errors import Problem, as_document
from livefreeze.base.master_keys import MasterKeysInvalid
from livefreeze.process import is_ready, open_process
from livefreeze.settings import Settings, SettingsInvalid
from livefreeze.settings import load as load_settings
from livefreeze.store import engine as store_engine

ACTOR = "operator"  # in the audit chains: whoever may run commands on the machine acts for the operator
REFUSED = 1
NO_DATABASE = "There is no database {url}: mend LIVEFREEZE_DATABASE_URL, or run livefreeze init to make it."


class Answer(NamedTuple):
    """What a command has done: lines for people, a document for machines, and whether all is well."""

    text: str
    document: dict[str, Any]
    is_good: bool = True


class Refused(Exception):
    """What was asked cannot be done; the sentence says how to mend it."""


def command(name: str, group: click.Group | None = None) -> Callable:
    """Make a command of a function that returns an Answer; refusals become a sentence and exit status 1."""

    def decorate(act: Callable[..., Answer]) -> click.Command:
        @functools.wraps(act)
        def run(as_json: bool, **arguments: Any) -> None:
            try:
                answer = act(**arguments)
            except (Problem, KeyInvalid, SettingsInvalid, MasterKeysInvalid, Refused) as refusal:
                _refuse(refusal, as_json)
            else:
                click.echo(json.dumps(answer.document, ensure_ascii=False) if as_json else answer.text)
                sys.exit(0 if answer.is_good else REFUSED)

        with_option = click.option("--json", "as_json", is_flag=True, help="Answer in JSON, for machines.")(run)
        return (group.command if group else click.command)(name)(with_option)

    return decorate


def opened() -> Settings:
    """Open vault and database for a command. Raises SettingsInvalid, MasterKeysInvalid, Refused."""
    settings = load_settings()
    if not store_engine.may_exist(settings.database_url):
        raise Refused(NO_DATABASE.format(url=settings.database_url))
    engine = open_process(settings)
    if not is_ready(engine):
        raise Refused("The database does not answer or has not the newest schema: run livefreeze doctor.")
    return settings


def _refuse(refusal: Exception, as_json: bool) -> None:
    sentences = _sentences(refusal)
    if as_json:
        document = as_document(refusal) if isinstance(refusal, Problem) else {"detail": "\n".join(sentences)}
        click.echo(json.dumps(document, ensure_ascii=False))
    else:
        click.echo("\n".join(sentences), err=True)
    sys.exit(REFUSED)


def _sentences(refusal: Exception) -> list[str]:
    if isinstance(refusal, Problem):
        where = [f"{error.pointer.removeprefix('/')}: " for error in refusal.errors][:1]
        return ["".join([*where, refusal.detail]), refusal.detail_zh]
    if isinstance(refusal, KeyInvalid):
        return [refusal.reason, refusal.reason_zh]
    return [str(refusal)]
