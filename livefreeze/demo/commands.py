"""`livefreeze story`: what `make run ARGS=--exit` calls."""

import json
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console

from livefreeze.demo import checks, still_up
from livefreeze.demo.errors import StoryFailed
from livefreeze.demo.figures import Check
from livefreeze.demo.inquiry import BEGINS_AT
from livefreeze.demo.postgres import PostgresMissing
from livefreeze.demo.scenes import Outcome, Scenes
from livefreeze.demo.screen import Screen, speak_any_language
from livefreeze.demo.world import ANY_PORTS, USUAL_PORTS, World, running


@click.command()
@click.option("--exit", "ends", is_flag=True, help="End after the story: status 0 if all its checks are met, else 1.")
@click.option("--postgres", "with_postgres", is_flag=True, help="Keep the books in PostgreSQL instead of SQLite.")
@click.option("--data", "folder", type=click.Path(path_type=Path, file_okay=False),
              help="A new folder for database and logs, which stays; left out, a temporary one that does not.")
@click.option("--json", "as_json", is_flag=True, help="Tell the story on standard error, print its figures as JSON.")
def story(ends: bool, with_postgres: bool, folder: Path | None, as_json: bool) -> None:
    """Watch a salary account found and frozen: an inquiry, payday, two withdrawals, a sweep, the next payday.

    Service, worker and sandbox banks run as processes of their own, on a business clock that the story
    moves, and stay up until Ctrl-C.

    \b
    Example:
      livefreeze story --exit --postgres
    """
    speak_any_language()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # so that all processes are stopped
    screen = Screen(Console(stderr=as_json, highlight=False))
    try:
        with _folder_for(folder) as data:
            is_met = _play(data, screen, ends=ends, with_postgres=with_postgres, as_json=as_json)
    except (StoryFailed, PostgresMissing) as failed:
        screen.failed(str(failed))
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)
    sys.exit(0 if is_met else 1)


def _play(folder: Path, screen: Screen, *, ends: bool, with_postgres: bool, as_json: bool) -> bool:
    ports = ANY_PORTS if ends else USUAL_PORTS
    with running(folder, screen, begins_at=BEGINS_AT, with_postgres=with_postgres, ports=ports) as world:
        outcome = Scenes(world, screen).play()
        screen.history(outcome.rows)
        found = checks.of(world, outcome)
        screen.checks(found)
        if as_json:
            click.echo(json.dumps(_document(world, outcome, found), ensure_ascii=False))
        if not ends:
            still_up.stay(world, outcome.frozen, screen)
    return all(check.is_met for check in found)


@contextmanager
def _folder_for(given: Path | None) -> Iterator[Path]:
    """An empty folder: the one given, or a temporary one, which stays only where its logs say why the story failed."""
    if given is not None:
        given.mkdir(parents=True, exist_ok=True)
        if any(given.iterdir()):
            raise StoryFailed(f"{given} is not empty: name a new folder for --data.")
        yield given.resolve()
        return
    folder = Path(tempfile.mkdtemp(prefix="livefreeze-story-"))
    is_wanted = False
    try:
        yield folder
    except StoryFailed:
        is_wanted = True
        raise
    finally:
        if not is_wanted:
            shutil.rmtree(folder, ignore_errors=True)


def _document(world: World, outcome: Outcome, found: list[Check]) -> dict:
    return {
        "service": world.service_url, "bank": world.bank_url, "database": world.database_url,
        "rows": [row.as_document() for row in outcome.rows],
        "checks": [check._asdict() for check in found],
    }

