"""After the story everything stays up, for whoever wants to try it: where things are, and what to type."""

import os
import sys
from datetime import datetime
from pathlib import Path

from livefreeze.base.clock import seconds_ahead
from livefreeze.demo.scenes import NEXT_SWEEP_AT, Frozen
from livefreeze.demo.screen import Screen
from livefreeze.demo.world import World


def stay(world: World, frozen: Frozen, screen: Screen) -> None:
    """Print the addresses and wait for Ctrl-C. Raises StoryFailed where a process ends by itself."""
    screen.addresses(_entries(world, frozen))
    try:
        world.processes.wait_for_end()
    except KeyboardInterrupt:
        pass


def _entries(world: World, frozen: Frozen) -> list[tuple[str, str, str]]:
    program = f"{_as_typed()} sandbox"
    at_bank = f"--url {world.bank_url} --account {frozen.number}"
    judge = world.tokens["judge"]
    position = f"{world.service_url}/court/v1/accounts/{frozen.account_id}/position"
    return [
        ("The court's API, described", "法院接口说明", f"{world.service_url}/docs"),
        ("The bank's API", "银行接口", f"{world.bank_url}/api/books"),
        ("Withdraw at any branch", "任一网点支取", f"{program} withdraw {at_bank} --amount 100.00"),
        ("Pay a salary", "发放工资", f"{program} pay-salary {at_bank} --amount 8000.00"),
        ("The bank's books", "银行账目", f"{program} books --url {world.bank_url}"),
        ("The account's position", "账户情况", f"curl -H 'Authorization: Bearer {judge}' {position}"),
        ("Let the next sweep be due", "调至下次划转日", _move_clock(world.clock.path, NEXT_SWEEP_AT)),
        *((f"Token of the {role}", f"令牌（{role}）", token) for role, token in world.tokens.items()),
        ("Processes", "进程", ", ".join(f"{name} {pid}" for name, pid in world.processes.pids().items())),
        ("Database", "数据库", world.database_url),
        ("Logs and data", "日志与数据", str(world.folder)),
    ]


def _as_typed() -> str:
    """The program as it was called, from where we are."""
    called = Path(sys.argv[0]).absolute()
    return os.path.relpath(called) if called.is_relative_to(Path.cwd()) else str(called)


def _move_clock(file: Path, instant: datetime) -> str:
    return f"echo {seconds_ahead(instant)} > {file}.new && mv {file}.new {file}"
