"""The folder in which a demo world is kept, and the business time at which it stands while nobody looks at it."""

import json
import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from livefreeze.base import clock
from livefreeze.demo.clock_file import ClockFile
from livefreeze.demo.errors import StoryFailed

MANIFEST = "world.json"  # written last: a world without it was never finished
BEGUN = "begun"  # written first: a folder with it is ours to remove
LAST_SEEN = "last-seen"


class Kept(NamedTuple):
    """What is known of a finished world."""

    seed: int
    ports: tuple[int, ...]  # of the service and the banks
    tokens: dict[str, str]  # by login
    made_s: float


def is_made(folder: Path) -> bool:
    """Whether a finished world is there."""
    return (folder / MANIFEST).exists()


def clear(folder: Path) -> None:
    """Make the folder an empty one. Raises StoryFailed where it holds anything but a demo world."""
    if folder.exists() and any(folder.iterdir()):
        if not (folder / BEGUN).exists():
            raise StoryFailed(f"{folder} holds something else: name another folder with --data.")
        shutil.rmtree(folder)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # tokens and keys lie there
    (folder / BEGUN).touch()


def write(folder: Path, kept: Kept) -> None:
    """The world is finished."""
    (folder / MANIFEST).write_text(json.dumps(kept._asdict(), indent=1), encoding="utf-8")


def read(folder: Path) -> Kept:
    """What is known of the world in this folder."""
    document = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    return Kept(**{**document, "ports": tuple(document["ports"])})


def clock_of(folder: Path) -> ClockFile:
    """The clock that service and banks go by."""
    return ClockFile(folder / "clock")


def note_time(folder: Path) -> None:
    """Keep the business time at which the world stops."""
    ahead = timedelta(seconds=float((folder / "clock").read_text(encoding="ascii")))
    (folder / LAST_SEEN).write_text(clock.format_instant(clock.wall() + ahead), encoding="ascii")


def take_time_up(folder: Path) -> None:
    """Let time go on from where it stopped: days in which nobody looked have not passed.

    After a crash nothing was noted, and the clock has gone on by itself: it may never go back.
    """
    noted = folder / LAST_SEEN
    if noted.exists():
        clock_of(folder).move_to(datetime.fromisoformat(noted.read_text(encoding="ascii")) + timedelta(seconds=1))
        noted.unlink()
