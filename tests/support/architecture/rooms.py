"""Who may import what: the table of rooms, and a check of one file against it.

*Rules decide, the store remembers, flows do, the web listens and shows, adapters speak.* The arrow is
`base <- rules <- store <- flows <- web, cli, worker`; `bank_adapters` stands alone.
"""

import ast
from pathlib import PurePosixPath

SANDBOX = "bank_adapters.sandbox"
_ADAPTERS = ("bank_adapters",)
_WEB = (
    "livefreeze.web",
    "livefreeze.flows",
    "livefreeze.store.queries",
    "livefreeze.base",
    "livefreeze.settings",
)
_PROCESS = (*_WEB, *_ADAPTERS, "livefreeze.store.engine")

OURS: dict[str, tuple[str, ...]] = {
    "bank_adapters": _ADAPTERS,
    SANDBOX: _ADAPTERS,
    "base": ("livefreeze.base",),
    "rules": ("livefreeze.rules", "livefreeze.base.money", "livefreeze.base.errors"),
    "analysis": ("livefreeze.analysis", "livefreeze.rules", "livefreeze.base.money", "livefreeze.base.errors"),
    "store": ("livefreeze.store", "livefreeze.rules", "livefreeze.base"),
    "flows": (
        "livefreeze.flows",
        "livefreeze.store",
        "livefreeze.analysis",
        "livefreeze.rules",
        "livefreeze.base",
        *_ADAPTERS,
    ),
    "web": (*_WEB, *_ADAPTERS),
    "settings": ("livefreeze.base",),
    "process": _PROCESS,
    "app": (*_PROCESS, "livefreeze.process"),
    "worker": (*_PROCESS, "livefreeze.process"),
    "cli": (
        *_PROCESS,
        "livefreeze.cli",
        "livefreeze.process",
        "livefreeze.app",
        "livefreeze.worker",
        "livefreeze.demo",
    ),
    "demo": ("livefreeze.demo", "livefreeze.base"),
    "migrations": ("livefreeze.store",),
    "wsgi": ("livefreeze.app",),
}
"""Room -> what of ours its files may import, as prefixes of dotted names."""

MAY_IMPORT_SANDBOX = {SANDBOX, "cli"}

_NETWORK = {"bank_adapters", SANDBOX, "demo"}
LIBRARIES: dict[str, set[str]] = {
    "sqlalchemy": {"store", "migrations", SANDBOX},
    "alembic": {"store", "migrations"},
    "psycopg": {"store", "migrations"},
    "sqlite3": {"store", SANDBOX},
    "flask": {"web", "app", SANDBOX},
    "apiflask": {"web", "app", SANDBOX},
    "marshmallow": {"web", "bank_adapters", SANDBOX},
    "apscheduler": {"worker", SANDBOX},
    "urllib3": _NETWORK,
    "urllib.request": _NETWORK,
    "http.client": _NETWORK,
    "http.server": _NETWORK,
    "requests": _NETWORK,
    "httpx": _NETWORK,
    "aiohttp": _NETWORK,
    "socket": _NETWORK,
    "ssl": _NETWORK,
    "smtplib": _NETWORK,
}
"""Library -> the rooms that may use it; libraries not named here are free."""

HANDED_ON = {"sqlalchemy.Connection", "sqlalchemy.Engine"}
MAY_HAND_ON = {"flows", "web", "process", "app", "worker", "cli"}
"""What these hand on to the store they must be able to name in a signature; they do nothing else with it."""

PURE = {"rules", "analysis"}
IMPURE = (
    "asyncio",
    "click",
    "ctypes",
    "cryptography",
    "io",
    "logging",
    "multiprocessing",
    "os",
    "pathlib",
    "random",
    "secrets",
    "shutil",
    "signal",
    "subprocess",
    "sys",
    "tempfile",
    "threading",
    "time",
    "uuid",
    "rich",
    "structlog",
)
"""What a pure room may not use beside the libraries above: no clock, file, chance, process or log."""


def room_of(path: str) -> str:
    """The room a file of the project lies in: `livefreeze/rules/sweep.py` is in `rules`."""
    parts = PurePosixPath(path).with_suffix("").parts
    if parts[:2] == ("bank_adapters", "sandbox"):
        return SANDBOX
    return parts[1] if parts[0] == "livefreeze" else parts[0]


def wrong_imports(path: str, source: str) -> list[str]:
    """Each import that the file's room may not have, as a sentence with its line."""
    room = room_of(path)
    if path == "livefreeze/__init__.py":
        return [f"{path}: stays empty -> importing a part never starts the whole"] if source.strip() else []
    if room not in OURS:
        return [f"{path}: the room {room} has no row -> add it to tests/support/architecture/rooms.py"]
    return [
        f"{path}:{line}: {room} imports {target} -> {why}"
        for line, target in imports(path, source)
        if (why := _objection(room, target))
    ]


def imports(path: str, source: str) -> list[tuple[int, str]]:
    """Every import in a file, wherever it stands, as line and absolute dotted name."""
    package = PurePosixPath(path).parent.parts
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join((*above, *filter(None, [node.module])))
            found += [(node.lineno, f"{module}.{alias.name}") for alias in node.names]
    return found


def _objection(room: str, target: str) -> str | None:
    if _within(target, ("livefreeze", "bank_adapters")):
        if _within(target, (SANDBOX,)) and room not in MAY_IMPORT_SANDBOX:
            return "speak to the sandbox over HTTP, as to any bank"
        return None if _within(target, OURS[room]) else f"it may import {', '.join(OURS[room])}"
    if target in HANDED_ON and room in MAY_HAND_ON:
        return None
    if room in PURE and _within(target, IMPURE):
        return "take the value as an argument: facts in, decision out"
    for library, allowed in LIBRARIES.items():
        if _within(target, (library,)) and room not in allowed:
            return f"only {', '.join(sorted(allowed))} may use {library}: call what they offer"
    return None


def _within(target: str, prefixes: tuple[str, ...]) -> bool:
    return any(f"{target}.".startswith(f"{prefix}.") for prefix in prefixes)
