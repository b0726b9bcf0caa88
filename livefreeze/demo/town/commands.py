"""`livefreeze demo`: the demo world, made at the first start and kept. What `make run` calls."""

import json
import signal
import sys
from contextlib import ExitStack
from pathlib import Path

import click
from rich.console import Console

from livefreeze.base import clock
from livefreeze.demo.errors import StoryFailed
from livefreeze.demo.figures import Check
from livefreeze.demo.screen import Screen, speak_any_language
from livefreeze.demo.town import agreement, ending, keeping, places, plan
from livefreeze.demo.town.acts import Acts
from livefreeze.demo.town.keeping import Kept
from livefreeze.demo.town.months import Months
from livefreeze.demo.town.places import Place
from livefreeze.demo.town.welcome import Welcome


@click.command()
@click.option("--data", "folder", type=click.Path(path_type=Path, file_okay=False), default=Path("var/demo"),
              show_default=True, help="Where the world is kept.")
@click.option("--fresh", is_flag=True, help="Make it anew; what was done in the old one is gone.")
@click.option("--seed", default=plan.SEED, show_default=True, help="The same seed makes the same world.")
@click.option("--accounts", type=click.IntRange(12, 340), default=plan.ACCOUNTS, show_default=True,
              help="How many salary accounts there are.")
@click.option("--months", type=click.IntRange(1, 9), default=plan.MONTHS, show_default=True,
              help="How many months have passed.")
@click.option("--any-ports", is_flag=True, help="Listen at any free ports instead of the usual ones.")
@click.option("--exit", "ends", is_flag=True, help="End once it is made and its books are compared.")
@click.option("--json", "as_json", is_flag=True, help="Print addresses, log-ins and checks as JSON.")
def demo(
    folder: Path, fresh: bool, seed: int, accounts: int, months: int, any_ports: bool, ends: bool, as_json: bool
) -> None:
    """Open the demo world: two courts and three banks with nine months behind them; Ctrl-C ends it.

    It is made at the first start, by what courts and banks do themselves, and kept.

    \b
    Example:
      livefreeze demo --data var/demo
    """
    speak_any_language()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # so that all processes are stopped
    console = Console(stderr=as_json, highlight=False)
    try:
        folder = folder.resolve()
        with ExitStack() as stack:
            if fresh or not keeping.is_made(folder):
                keeping.clear(folder)
                wanted = places.ANY_PORTS if any_ports else places.USUAL_PORTS
                made = plan.make(seed=seed, accounts=accounts, months=months)
                place, found = _make(folder, made, wanted, console, stack)
            else:
                place, found = _take_up(folder, stack), []
            Welcome(console).addresses(place)
            if as_json:
                click.echo(json.dumps(_document(place, keeping.read(folder), found), ensure_ascii=False))
            if not ends:
                place.processes.wait_for_end()
    except StoryFailed as failed:
        Screen(console).failed(str(failed))
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)
    sys.exit(0 if all(check.is_met for check in found) else 1)


def _make(
    folder: Path, made: plan.Plan, wanted: tuple[int, ...], console: Console, stack: ExitStack
) -> tuple[Place, list[Check]]:
    """Play the plan from its beginning to its end, show how far it is, and compare the books; it stays open."""
    began_s = clock.stopwatch_s()
    ports = places.free_ports(wanted)
    keeping.clock_of(folder).move_to(made.begins_at)
    welcome = Welcome(console)
    with welcome.progress() as told:
        place = stack.enter_context(places.running(folder, ports=ports, tokens=None))
        acts = Acts(place)
        months = Months(made, acts)
        total = months.count() + 2
        for number, (day, step) in enumerate(months.steps()):
            told(number, total, day)
            step()
        told(total - 2, total, made.ends_at)
        ending.play(made, acts)
        told(total - 1, total, made.ends_at)
        found = agreement.of(made, acts)
    made_s = round(clock.stopwatch_s() - began_s, 1)
    keeping.write(folder, Kept(seed=made.seed, ports=ports, tokens=place.tokens, made_s=made_s))
    stack.callback(keeping.note_time, folder)
    welcome.made(made_s, found)
    return place, found


def _take_up(folder: Path, stack: ExitStack) -> Place:
    """Start what is kept, at the time at which it stopped."""
    kept = keeping.read(folder)
    places.refuse_taken(kept.ports)
    keeping.take_time_up(folder)
    stack.callback(keeping.note_time, folder)
    return stack.enter_context(places.running(folder, ports=kept.ports, tokens=kept.tokens))


def _document(place: Place, kept: Kept, found: list[Check]) -> dict:
    return {
        "service": place.service_url, "banks": place.bank_urls, "made_s": kept.made_s, "tokens": kept.tokens,
        "checks": [check._asdict() for check in found],
    }
