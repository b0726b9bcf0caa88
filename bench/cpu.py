"""CPU seconds of whole process trees, and of everybody else on the machine, read from /proc."""

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

_TICK_S = 1 / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Reading:
    """What each tree has used so far, and all processes of the machine together, in seconds, and when."""

    trees: dict[str, float]
    machine: float
    at_s: float

    @classmethod
    def take(cls, roots: Mapping[str, int]) -> Self:
        """Read the trees below these process ids. Children that have ended are counted by their parent."""
        children = _children()
        return cls({name: _tree_s(root, children) for name, root in roots.items()}, _machine_s(), time.monotonic())

    def since(self, before: "Reading") -> Self:
        """What was used from one reading to the next."""
        trees = {name: used - before.trees[name] for name, used in self.trees.items()}
        return type(self)(trees, self.machine - before.machine, self.at_s - before.at_s)


def _tree_s(root: int, children: Mapping[int, list[int]]) -> float:
    return _used_s(root) + sum(_tree_s(child, children) for child in children.get(root, ()))


def _used_s(process: int) -> float:
    """User and system time of the process and of its children that it has waited for."""
    fields = _stat(process)
    return sum(map(int, fields[11:15])) * _TICK_S if fields else 0.0


def _children() -> dict[int, list[int]]:
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and (fields := _stat(int(folder.name))):
            children.setdefault(int(fields[1]), []).append(int(folder.name))
    return children


def _stat(process: int) -> list[str]:
    """The fields behind the name, which may hold spaces: state, parent, …; nothing for one that has ended."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []


def _machine_s() -> float:
    user, nice, system = Path("/proc/stat").read_text().split()[1:4]
    return (int(user) + int(nice) + int(system)) * _TICK_S
